import type { Language } from '#schemas/localized.ts'
import { errorText, isErrorCode } from '#schemas/errors.ts'
import type { Reason } from '#schemas/message.ts'
import type { Plan } from '#runtime/compile/plan.ts'
import type { Registry } from '#runtime/registry.ts'
import { pinnedGraph } from '#runtime/inner/pinned.ts'
import { parseErrorCode } from '#runtime/run/error-code.ts'
import type { ProviderType } from '#runtime/sdk/index.ts'
import type { Pinned } from '#schemas/pinned.ts'

export interface ReasonDeps {
  readonly plan: Plan | null
  readonly pinned: Pinned
  readonly registry: Pick<Registry, 'provider'>
  readonly language: Language
}

const CANCELLED = { en: 'The run was cancelled before it was this person’s turn.', ko: '차례가 오기 전에 실행을 취소했어요.' }
const NO_WORD = { en: 'it gave no reason', ko: '이유를 알려 주지 않았어요' }
const UNITS: Readonly<Record<string, { unit: { en: string; ko: string }; limit: number }>> = {
  alimtalk: { unit: { en: 'characters', ko: '자' }, limit: 1000 },
  sms: { unit: { en: 'bytes', ko: '바이트' }, limit: 2000 },
}

/** The provider behind a channel node; null: none, or its kind is gone. */
export function providerOf({ plan, pinned, registry }: Omit<ReasonDeps, 'language'>, nodeNo: number): ProviderType | null {
  const connection = connectionOf({ plan, pinned }, nodeNo)
  return connection ? registry.provider(connection.kind) : null
}

/** The connection of a channel node as the run knew it; null: the node has none. */
function connectionOf({ plan, pinned }: Pick<ReasonDeps, 'plan' | 'pinned'>, nodeNo: number) {
  const node = Object.values(plan?.nodes ?? {}).find(({ no }) => no === nodeNo)
  const channel = node?.type.channel
  return (node && channel && pinned.connections[channel.connection(node.config)]) || null
}

/** Which column fills a variable, as the mapping of the pinned graph says. */
function columnOf(pinned: Pinned, variable: string): string {
  for (const { config } of pinnedGraph(pinned).nodes) {
    // A mapping's config, as its type declares it; anything else has no such shape.
    const entry = (config.variables as Record<string, { column?: unknown }> | undefined)?.[variable]
    if (typeof entry?.column === 'string') return entry.column
  }
  return variable
}

/** Why a message is what it is, in words: our code, the vendor's own in the reader's language, and what tells most. Null: nothing went wrong. */
export function reasonOf(
  deps: ReasonDeps,
  message: { nodeNo: number; errorCode: string | null; attempt: number },
): Reason | null {
  if (message.errorCode === null) return null
  const { language, pinned } = deps
  const { code, detail: told } = parseErrorCode(message.errorCode)
  // A vendor that had no code of its own stands with ours: said once is enough.
  const detail = told === code ? null : told
  if (code === 'cancelled') return { code, message: CANCELLED[language] }
  const provider = providerOf(deps, message.nodeNo)
  const vendor = (detail !== null && provider?.errors[detail]?.text[language]) || null
  const channel = Object.values(deps.plan?.nodes ?? {}).find(({ no }) => no === message.nodeNo)?.type.channel?.name ?? ''
  const known: Record<string, string | number> = {
    // By its own name, as people know it: a workspace may have several of a kind.
    provider: connectionOf(deps, message.nodeNo)?.name ?? provider?.title[language] ?? pinnedProvider(pinned),
    code: detail ?? '?',
    detail: vendor ?? detail ?? NO_WORD[language],
    attempts: message.attempt,
    variable: detail ?? '?',
    column: columnOf(pinned, detail ?? ''),
    format: detail ?? '?',
    used: detail ?? '?',
    unit: UNITS[channel]?.unit[language] ?? '',
    limit: UNITS[channel]?.limit ?? '?',
    characters: detail ?? '…',
  }
  const text = isErrorCode(code) ? errorText(code, known)[language] : message.errorCode
  return { code: vendor === null || detail === null ? code : `${code}:${detail}`, message: text }
}

function pinnedProvider(pinned: Pinned): string {
  return Object.values(pinned.connections)[0]?.name ?? '?'
}
