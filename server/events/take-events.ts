import { createHash } from 'node:crypto'
import type { EventsResult } from '#schemas/api/events.ts'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { arrivalsOf, type Arrival, type EventCall } from './arrivals.ts'
import { directMessages } from './direct-messages.ts'
import type { Placed } from './inlet.ts'
import type { Now } from './intake-clock.ts'
import type { Intake } from './intake.ts'
import type { Listener, Listeners } from './listeners.ts'
import type { StartsRuns } from './run-per-event.ts'
import type { ParcelKey } from './taken-keys.ts'

export interface TakeEventsDeps {
  readonly intake: Intake
  readonly listeners: Listeners
  readonly known: KnownRuns
  readonly starts: StartsRuns
  readonly now: Now
}

/**
 * Takes events in: each becomes a row of every workflow that listens. All are looked at before the first is stored.
 * @throws AppError `unknown-event`, `not-by-event`, `invalid-fields`, `idempotency-key-reused`, `intake-full`, `intake-uncertain`
 */
export async function takeEvents(deps: TakeEventsDeps, call: EventCall): Promise<EventsResult> {
  const arrivals = await arrivalsOf(deps, call)
  const items: EventsResult['items'] = call.events.map(() => ({ messages: [], runs: [] }))
  const groups = [...Map.groupBy(arrivals, ({ listener }) => listener.workflowId).values()]
  // Each workflow is a commit of its own, and each event that starts a run: a key that one of them refuses must not find the others taken.
  // One alone looks for itself.
  const commits = groups.reduce((sum, group) => sum + (group[0]?.listener.hasSource ? group.length : 1), 0)
  if (commits > 1)
    await deps.intake.look(
      call.workspaceId,
      groups.flatMap((group) => keysOf(call, group)),
    )
  await Promise.all(
    groups.map(async (group) => {
      const places = await placedNow(deps, call, { group, isOnly: groups.length === 1 })
      for (const [at, { runId, runNo, seq }] of places.entries()) {
        const item = items[(group[at] as Arrival).index]
        item?.runs.push(runId)
        if (seq > 0) item?.messages.push(...(await directMessages(deps.known, { runId, runNo, seq })))
      }
    }),
  )
  return { accepted: call.events.length, items }
}

/** Where a workflow is published anew at this very moment, its events go to the new version; where it is switched off, to nobody. */
async function placedNow(
  deps: TakeEventsDeps,
  call: EventCall,
  { group, isOnly }: { group: readonly Arrival[]; isOnly: boolean },
): Promise<Placed[]> {
  const listener = group[0]?.listener
  if (!listener) return []
  try {
    return await placed(deps, call, { listener, group })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-by-event') throw error
    const ids = new Set(group.map(({ index }) => index))
    const events = call.events.map(({ payload, occurredAt, key }) => ({
      payload,
      workflowId: listener.workflowId,
      ...(occurredAt !== undefined && { occurredAt }),
      ...(key !== undefined && { key }),
    }))
    const still = (await deps.listeners.all(call.workspaceId)).find(
      ({ workflowId, event }) => workflowId === listener.workflowId && event === listener.event,
    )
    if (!still && !isOnly) return []
    const anew = await arrivalsOf(deps, { ...call, events: events.filter((_one, index) => ids.has(index)) })
    const [first] = anew
    // In the same order; keys are made of the places in the call.
    const moved = anew.map((one, at) => ({ ...one, index: group[at]?.index ?? one.index }))
    return first ? placed(deps, call, { listener: first.listener, group: moved }) : []
  }
}

/** Stores the events of one workflow. @returns their places, in the order of the group */
async function placed(
  deps: TakeEventsDeps,
  call: EventCall,
  { listener, group }: { listener: Listener; group: readonly Arrival[] },
): Promise<Placed[]> {
  if (listener.hasSource)
    return Promise.all(
      group.map((one) => deps.starts.start({ listener, row: one.row, actor: call.actor, key: startKey(call, one) })),
    )
  const wish = {
    workspaceId: listener.workspaceId,
    appId: null,
    workflowId: listener.workflowId,
    versionId: listener.versionId,
    name: `version:${listener.versionId}`,
    trigger: 'event',
    listening: true,
  }
  // What has no key of its own stands and falls with the call's.
  const together = group.filter(({ key }) => key === null)
  const alone = group.filter(({ key }) => key !== null)
  const rows = together.map(({ row }) => row)
  const parcels = [
    ...(rows.length > 0 ? [{ items: rows, key: togetherKey(call, listener, rows) }] : []),
    ...alone.map((one) => ({ items: [one.row], key: aloneKey(one) })),
  ]
  const places = await deps.intake.put(wish, parcels)
  const [first, ...others] = rows.length > 0 ? places : [null, ...places]
  return group.map((one) => {
    const own = others[alone.indexOf(one)]
    if (own) return own
    if (!first) throw new Error('a parcel was not placed')
    return { ...first, seq: first.seq + together.indexOf(one) }
  })
}

const scopeOf = (listener: Listener): string => `event:${listener.workflowId}`

/** The key of an event that starts a run of its own. */
function startKey(call: EventCall, { listener, row, key, index }: Arrival): ParcelKey | null {
  const own = key === null ? call.key && `call:${index}:${call.key}` : `item:${key}`
  return own ? keyed(scopeOf(listener), own, [row]) : null
}

/** The key of the events of one workflow that have none of their own; null: the call has none either. */
const togetherKey = (call: EventCall, listener: Listener, rows: readonly Row[]): ParcelKey | null =>
  call.key === null ? null : keyed(scopeOf(listener), `call:${call.key}`, rows)

const aloneKey = ({ listener, row, key }: Arrival): ParcelKey => keyed(scopeOf(listener), `item:${key}`, [row])

/** All keys under which the events of one workflow are stored. */
function keysOf(call: EventCall, group: readonly Arrival[]): ParcelKey[] {
  const listener = group[0]?.listener
  if (!listener) return []
  if (listener.hasSource) return group.flatMap((one) => startKey(call, one) ?? [])
  const rows = group.filter(({ key }) => key === null).map(({ row }) => row)
  const together = rows.length > 0 ? togetherKey(call, listener, rows) : null
  return [...(together ? [together] : []), ...group.filter(({ key }) => key !== null).map((one) => aloneKey(one))]
}

/** A key with the hash of what the caller sent: not of our own clock's time. */
function keyed(scope: string, key: string, rows: readonly Row[]): ParcelKey {
  const sent = rows.map(({ received_at, occurred_at, ...row }) => [
    row,
    occurred_at === received_at ? null : (occurred_at ?? null),
  ])
  return { scope, key, bodyHash: createHash('sha256').update(JSON.stringify(sent)).digest() }
}
