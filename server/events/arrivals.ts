import type { EventInput } from '#schemas/api/events.ts'
import type { Language } from '#schemas/localized.ts'
import { instantOf } from '#runtime/events/payload.ts'
import { AppError, type Json, type Row } from '#runtime/sdk/index.ts'
import { InvalidFields, type FieldFault } from '#server/invalid-fields.ts'
import type { Now } from './intake-clock.ts'
import type { Listener, Listeners } from './listeners.ts'

/** Events of one call. */
export interface EventCall {
  readonly workspaceId: string
  readonly events: readonly EventInput[]
  /** Is the body a list? Then faults are told with their place in it. */
  readonly isList: boolean
  /** `Idempotency-Key` of the whole call. */
  readonly key: string | null
  readonly language: Language
  readonly actor: string
}

/** An event for one workflow. */
export interface Arrival {
  readonly index: number
  readonly listener: Listener
  readonly row: Row
  readonly key: string | null
}

/**
 * The events of a call as rows of the workflows that listen; all are looked at.
 * @throws AppError `unknown-event`, `not-by-event`, `invalid-fields`
 */
export async function arrivalsOf({ listeners, now }: { listeners: Listeners; now: Now }, call: EventCall): Promise<Arrival[]> {
  const arrivals: Arrival[] = []
  const faults: FieldFault[] = []
  const received = (await now()).toISOString()
  const all = await listeners.all(call.workspaceId)
  for (const [index, event] of call.events.entries()) {
    const at = call.isList ? `${index}/` : ''
    const occurred = event.occurredAt === undefined ? received : instantOf(event.occurredAt)
    if (occurred === null) faults.push({ path: `${at}occurredAt`, code: 'format', message: NO_INSTANT[call.language] })
    for (const listener of listenersOf(all, { event, at, language: call.language })) {
      // JSON came in, so JSON it is.
      const read = listener.read(event.payload as Record<string, Json>)
      if ('row' in read)
        arrivals.push({
          index,
          listener,
          row: { ...read.row, occurred_at: occurred, received_at: received },
          key: event.key ?? null,
        })
      else
        faults.push(
          ...read.faults.map(({ path, code, message }) => ({
            path: `${at}payload/${path}`,
            code,
            message: message[call.language],
          })),
        )
    }
  }
  if (faults.length > 0) throw new InvalidFields(faults)
  return arrivals
}

const NO_INSTANT = { en: 'This moment does not exist.', ko: '없는 시각이에요.' }
const ONE_OF_BOTH = { en: 'Give either event or workflowId.', ko: 'event와 workflowId 중 하나만 넣어 주세요.' }

function listenersOf(
  all: readonly Listener[],
  { event: { event, workflowId }, at, language }: { event: EventInput; at: string; language: Language },
): readonly Listener[] {
  if ((event === undefined) === (workflowId === undefined))
    throw new InvalidFields([{ path: `${at}event`, code: 'required', message: ONE_OF_BOTH[language] }])
  const found = all.filter((one) => (workflowId === undefined ? one.event === event : one.workflowId === workflowId))
  if (found.length > 0) return found
  throw workflowId === undefined ? new AppError('unknown-event', { event: event ?? '' }) : new AppError('not-by-event', {})
}
