import type { Language } from '#schemas/localized.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
import { isMessage, rowOf } from '#runtime/flow/message.ts'
import { waitedUntil } from '#runtime/flow/waits.ts'
import { readAddress } from '#runtime/run/address.ts'
import { AppError, type ChannelSpec, type Composed, type Message, type NodeContext, type Row } from '#runtime/sdk/index.ts'
import { maskAddress } from '#runtime/values/mask.ts'
import { placeOf } from './recorder.ts'
import { showName } from './show.ts'

export interface ComposedItem {
  readonly shown: PreviewMessage
  /** The address in the form that is compared, for whoever counts repeats; null: unusable. Never shown. */
  readonly to: string | null
  /** The message as the channel's ports emit it; null: no text came of it. */
  readonly message: Message | null
}

/** A channel of a preview: it makes texts, and has nothing to send them with. */
export type PreviewChannel = (item: Row | Message) => ComposedItem

interface ChannelOptions {
  readonly node: PlanNode
  readonly context: NodeContext
  readonly isFallback: boolean
  readonly language: Language
}

/** Opens a channel for its texts alone. Throws what the channel's `open` throws. */
export function openPreviewChannel({ node, context, isFallback, language }: ChannelOptions): PreviewChannel {
  const channel = node.type.channel
  if (!channel) throw new Error(`The node "${node.id}" is no channel`)
  const composer = channel.open(node.config, context)
  const columns = Object.values(node.inputs).flat()
  return (item) => {
    const row = rowOf(item)
    const composed = compose(composer, item)
    const waited = waitedUntil(row)
    const value = row[channel.address(node.config)]
    const address = readAddress(channel.addressKind, value)
    const error = composed instanceof AppError ? composed : address instanceof AppError ? address : null
    const shown: PreviewMessage = {
      nodeId: node.id,
      channel: channel.name,
      row: placeOf(item),
      name: showName(row, columns),
      address: typeof value === 'number' || (typeof value === 'string' && value !== '') ? maskAddress(String(value)) : null,
      ...textOf(composed, { item, channel }),
      error: error && { code: error.code, message: error.text[language] },
      fallback: isFallback,
      ...(waited !== null && { waitsUntil: new Date(waited).toISOString() }),
    }
    const to = address instanceof AppError ? null : address.normal
    return { shown, to, message: composed instanceof AppError ? null : { ...messageOf(item, row), ...partsOf(composed) } }
  }
}

function compose(composer: ReturnType<ChannelSpec<never>['open']>, item: Row | Message): Composed | AppError {
  try {
    return composer.compose(item)
  } catch (error) {
    if (error instanceof AppError) return error
    return new AppError('node-failed', { detail: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}

function textOf(
  composed: Composed | AppError,
  { item, channel }: { item: Row | Message; channel: ChannelSpec<never> },
): Pick<PreviewMessage, 'parts' | 'variables' | 'length' | 'missing'> {
  if (!(composed instanceof AppError)) {
    const { parts, length, variables } = composed
    return { parts, length, variables: { ...variables }, missing: holesIn(parts, variables) }
  }
  // What there was of a text is shown with the reason why it cannot go out.
  const parts = isMessage(item) ? item.parts : { body: '' }
  const variables = isMessage(item) ? item.variables : {}
  const length = lengthOf(composed) ?? { unit: 'characters' as const, used: parts.body.length, limit: 0 }
  return { parts, variables: { ...variables }, length: { ...length, kind: channel.name }, missing: holesIn(parts, variables) }
}

/** How long a text was that is too long, in the unit that counts; undefined: that was not the reason. A limit of 0 says nothing. */
function lengthOf({ code, fields }: AppError): Omit<PreviewMessage['length'], 'kind'> | undefined {
  const { used, limit, unit } = fields
  if (code !== 'text-too-long' || typeof used !== 'number' || typeof limit !== 'number') return undefined
  return { unit: unit === 'bytes' ? 'bytes' : 'characters', used, limit }
}

const HOLE = /#\{\s*([^{}]+?)\s*\}|\{\{\s*([^{}]+?)\s*\}\}/g

/** Names of the holes that were left open in a text. */
function holesIn(parts: PreviewMessage['parts'], variables: Readonly<Record<string, string>>): string[] {
  const texts = [parts.title ?? '', parts.body, ...(parts.buttons ?? []).flatMap((button) => Object.values(button))]
  const names = texts.flatMap((text) =>
    [...text.matchAll(HOLE)].map(([, kakao, other]) => (kakao ?? other ?? '').normalize('NFC')),
  )
  return [...new Set(names)].filter((name) => !Object.hasOwn(variables, name))
}

function messageOf(item: Row | Message, row: Row): Message {
  return isMessage(item) ? item : { row, template: null, variables: {}, parts: { body: '' } }
}

function partsOf({ parts, variables, kakao }: Composed): Pick<Message, 'parts' | 'variables' | 'kakao'> {
  return { parts, variables, ...(kakao && { kakao }) }
}
