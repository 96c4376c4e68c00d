import { createHash } from 'node:crypto'
import type { SendInput, SendsResult } from '#schemas/api/sends.ts'
import type { Language, Localized } from '#schemas/localized.ts'
import { messageId } from '#runtime/run/message-id.ts'
import { normalizeEmail, normalizePhone, variableName, type Message } from '#runtime/sdk/index.ts'
import { InvalidFields, type FieldFault } from '#server/invalid-fields.ts'
import type { Now } from './intake-clock.ts'
import type { Intake } from './intake.ts'
import type { Parcel } from './inlet.ts'
import type { ReadyText, SendTexts } from './send-texts.ts'
import type { SendWay, SendWays } from './send-ways.ts'
import type { ParcelKey } from './taken-keys.ts'

export interface TakeSendsDeps {
  readonly intake: Intake
  readonly ways: SendWays
  readonly texts: SendTexts
  readonly now: Now
}

/** Messages of one call. */
export interface SendCall {
  readonly workspaceId: string
  readonly sends: readonly SendInput[]
  /** Is the body a list? Then faults are told with their place in it. */
  readonly isList: boolean
  /** `Idempotency-Key` of the whole call. */
  readonly key: string | null
  readonly language: Language
}

/** A message, made ready for the open run of its way. */
interface Ready {
  readonly index: number
  readonly way: SendWay
  readonly app: string | null
  readonly key: string | null
  readonly message: Message
}

const WORDS = {
  text: { en: 'Give either text or template.', ko: 'text와 template 중 하나만 넣어 주세요.' },
  phone: { en: 'This is no phone number.', ko: '휴대폰 번호가 아니에요.' },
  email: { en: 'This is no e-mail address.', ko: '이메일 주소가 아니에요.' },
  token: { en: 'This is empty.', ko: '비어 있어요.' },
  variable: { en: 'The text needs this variable.', ko: '글에 이 변수가 필요해요.' },
} as const satisfies Record<string, Localized>

/**
 * Takes messages in. All are looked at before the first is stored; those of one connection and channel come in one commit.
 * @throws AppError `invalid-fields`, `connection-missing`, `channel-needed`, `template-broken`, `idempotency-key-reused`, `intake-full`, `intake-uncertain`
 */
export async function takeSends(deps: TakeSendsDeps, call: SendCall): Promise<SendsResult> {
  const ready = await allReady(deps, call)
  const bodyHash = call.key === null ? null : hashOf(call.sends)
  const items: SendsResult['items'] = Array.from({ length: ready.length })
  // One call is one key; where it goes to several runs, each remembers its part.
  const keyOf = (at: number): ParcelKey | null => bodyHash && { scope: 'messages', key: `call:${at}:${call.key}`, bodyHash }
  const place = async (group: readonly Ready[], at: number): Promise<void> => {
    const key = keyOf(at)
    for (const { index, runId, runNo, seq } of await placed(deps, call, { group, key }))
      items[index] = { id: messageId({ runNo, nodeNo: SEND_NO, seq, attempt: 1 }), run: runId }
  }
  const groups = groupsOf(ready)
  // Each group is a commit of its own: a key that one of them refuses must not find the others sent. One alone looks for itself.
  if (groups.length > 1) {
    const own = ready.flatMap((one) => ownKey(call, one) ?? [])
    await deps.intake.look(call.workspaceId, [...groups.flatMap((_group, at) => keyOf(at) ?? []), ...own])
  }
  await (groups.length === 1 ? place(ready, 0) : Promise.all(groups.map(place)))
  return { accepted: items.length, items }
}

/** Those of one run each; most calls are one message. */
function groupsOf(ready: readonly Ready[]): readonly (readonly Ready[])[] {
  return ready.length === 1 ? [ready] : [...Map.groupBy(ready, ({ way, app }) => `${way.name} ${app ?? ''}`).values()]
}

/** `node_no` of the channel in the graphs that SendWays makes: the second of two steps. */
const SEND_NO = 2

/** The key that one message of a call has for itself. */
function ownKey({ sends }: SendCall, { key, index }: Pick<Ready, 'key' | 'index'>): ParcelKey | null {
  return key === null ? null : { scope: 'messages', key: `item:${key}`, bodyHash: hashOf({ ...sends[index], key: null }) }
}

async function placed(
  { intake }: TakeSendsDeps,
  call: SendCall,
  { group, key }: { group: readonly Ready[]; key: ParcelKey | null },
): Promise<{ index: number; runId: string; runNo: number; seq: number }[]> {
  const [first] = group
  if (!first) return []
  const { way, app } = first
  const wish = {
    workspaceId: call.workspaceId,
    appId: app,
    workflowId: way.workflowId,
    versionId: () => way.version(),
    name: app === null ? way.name : `${way.name}:${app}`,
    trigger: 'api',
    listening: false,
  }
  const together = group.filter((one) => one.key === null)
  const alone = group.filter((one) => one.key !== null)
  const parcels: Parcel[] = alone.map((one) => ({ items: [one.message], key: ownKey(call, one) }))
  if (together.length > 0) parcels.push({ items: together.map(({ message }) => message), key })
  const places = await intake.put(wish, parcels)
  const own = alone.map(({ index }, at) => ({ index, ...(places[at] as NonNullable<(typeof places)[0]>) }))
  const last = places.at(-1)
  if (!last || together.length === 0) return own
  return [...own, ...together.map(({ index }, at) => ({ index, ...last, seq: last.seq + at }))]
}

const hashOf = (value: unknown): Buffer => createHash('sha256').update(JSON.stringify(value)).digest()

async function allReady(deps: TakeSendsDeps, call: SendCall): Promise<Ready[]> {
  const received = (await deps.now()).toISOString()
  const faults: FieldFault[] = []
  const ready: Ready[] = []
  for (const [index, send] of call.sends.entries()) {
    const at = call.isList ? `${index}/` : ''
    const fault = (path: string, code: string, words: Localized): void => {
      faults.push({ path: `${at}${path}`, code, message: words[call.language] })
    }
    if ((send.text === undefined) === (send.template === undefined)) {
      fault('text', 'required', WORDS.text)
      continue
    }
    const found = deps.texts.of(call.workspaceId, send)
    // What is known is there at once; a wait for each of thousands a second would cost more than the look-up.
    const text = found instanceof Promise ? await found : found
    const isKakao = text.content.kakao !== undefined
    const going = deps.ways.of({ workspaceId: call.workspaceId, connection: send.connection, channel: send.channel, isKakao })
    const way = going instanceof Promise ? await going : going
    if (!isAddress(send.to, way.channel.addressKind)) fault('to', 'format', WORDS[way.channel.addressKind])
    const variables = variablesOf(send, text)
    for (const name of text.compiled.variables)
      if (variables[name] === undefined) fault(`variables/${name}`, 'required', WORDS.variable)
    if (faults.length === 0)
      ready.push({
        index,
        way,
        app: send.app ?? null,
        key: send.key ?? null,
        message: messageOf(send, { text, variables, received }),
      })
  }
  if (faults.length > 0) throw new InvalidFields(faults)
  return ready
}

function isAddress(to: string, kind: SendWay['channel']['addressKind']): boolean {
  if (kind === 'phone') return normalizePhone(to) !== null
  return kind === 'email' ? normalizeEmail(to) !== null : to.trim() !== ''
}

/** What was given for the holes, by the names that are compared; what no hole needs stays behind. */
function variablesOf({ variables = {} }: SendInput, { compiled }: ReadyText): Record<string, string> {
  if (compiled.variables.length === 0) return {}
  const given = new Map<string, string>()
  for (const [name, value] of Object.entries(variables)) given.set(variableName(name), String(value))
  const needed: [string, string][] = []
  for (const name of compiled.variables) {
    const value = given.get(name)
    if (value !== undefined) needed.push([name, value])
  }
  return Object.fromEntries(needed)
}

function messageOf(
  { to }: SendInput,
  { text, variables, received }: { text: ReadyText; variables: Record<string, string>; received: string },
): Message {
  const { kakao } = text.content
  const message = { row: { to, received_at: received }, template: text.ref, variables, parts: text.compiled.parts(variables) }
  return kakao ? { ...message, kakao } : message
}
