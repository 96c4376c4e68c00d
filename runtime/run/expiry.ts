import { WAITED_UNTIL } from '#runtime/flow/waits.ts'
import type { ChunkRows } from './chunk.ts'
import { isWished } from './pack-again.ts'
import type { Sender } from './sender.ts'

/** Column of an event's row: when it came in. */
export const RECEIVED_AT = 'received_at'

type Timed = Pick<Sender, 'plan' | 'stage' | 'timedFrom'>

/**
 * Is it too late for these rows? The channel's time counts from the start of the run, or from when a person said that it may go now
 * (an approval, a late resume); for those who waited at a step, from when that wait ended; in a run of events, which is open for a month, from the moment in which they came in: the newest one's, so
 * that nobody's time ends early (rows of a chunk came within moments). What a person wished to be sent again is wanted now, however long
 * ago the run began.
 */
export function isExpired(sender: Timed & Pick<Sender, 'now'>, { kind, rows }: { kind: number; rows: Rows }): boolean {
  if (isWished(kind)) return false
  return sender.now() > startOf(sender, rows) + sendableMs(sender)
}

/** ms until the time of everything in a run is over, less than 0 when it is; infinite where it is counted row by row (events, and after a wait). */
export function timeLeft(sender: Timed & Pick<Sender, 'now'>): number {
  return countsByRow(sender) ? Number.POSITIVE_INFINITY : sender.timedFrom + sendableMs(sender) - sender.now()
}

/**
 * So long something may wait, ms: not beyond the time of what waits, so that it ends when its time does. Where each has a time of its own,
 * what waits now has less than a whole one left.
 */
export function waitWithin(sender: Timed & Pick<Sender, 'now'>, ms: number): number {
  const left = countsByRow(sender) ? sendableMs(sender) : timeLeft(sender)
  // Whatever still waits in a run that is over its time is not judged by it: a person wished to have it sent.
  return left > 0 ? Math.min(ms, Math.ceil(left) + 1) : ms
}

/** ms for which a message of the stage may be sent; infinite: for ever. */
export function sendableMs({ plan, stage }: Pick<Timed, 'plan' | 'stage'>): number {
  const node = plan.nodes[stage.channel]
  return (node?.type.channel?.expiresAfter(node.config) ?? Number.POSITIVE_INFINITY) * 60_000
}

/**
 * From when the time of these rows counts, ms since 1970: the newest one's, who came in as an event or waited at a step. Null: nothing says
 * so (neither, or a step threw the column away). It is kept beside the chunk, so that what is over its time can be found without reading it.
 */
export function cameAt(rows: Rows): number | null {
  const at = newest(rows)
  // A column of that name may hold anything ("-100000" is the year 100001 BC), and PostgreSQL keeps no such time.
  return Number.isFinite(at) && at >= 0 ? at : null
}

/** What came in before this moment (ms since 1970) is over its time, where that is counted row by row; null: it is not, or nothing is. */
export function overdueBefore(sender: Timed & Pick<Sender, 'now'>): number | null {
  const before = sender.now() - sendableMs(sender)
  return countsByRow(sender) && sender.timedFrom < before ? before : null
}

/** Does the time of a stage's messages count row by row: from when each came in as an event, or from when its wait was over? */
export function countsByRow({ plan, stage }: Pick<Timed, 'plan' | 'stage'>): boolean {
  return stage.waited !== 'none' || takesEvents({ plan })
}

function takesEvents({ plan }: Pick<Timed, 'plan'>): boolean {
  const trigger = plan.nodes[plan.trigger]
  return trigger?.type.event !== undefined && plan.audience.sources.includes(trigger.id)
}

type Rows = Pick<ChunkRows, 'names' | 'columns'>

/** The newest times of rows, ms since 1970; null: none says so. */
interface Newest {
  readonly waited: number | null
  readonly received: number | null
}

/** Asked before each call: found once a chunk. */
const newestOf = new WeakMap<Rows, Newest>()

function startOf(sender: Timed, rows: Rows): number {
  if (!countsByRow(sender)) return sender.timedFrom
  // Behind a merge, who came straight counts from the start, as if nobody had waited.
  if (sender.stage.waited === 'some' && !takesEvents(sender) && timesOf(rows).waited === null) return sender.timedFrom
  return Math.max(sender.timedFrom, newest(rows))
}

function newest(rows: Rows): number {
  const { waited, received } = timesOf(rows)
  // A wait is over later than its row came in. A step threw the column away: without knowing, nobody's message is dropped.
  return waited ?? received ?? Number.POSITIVE_INFINITY
}

function timesOf(rows: Rows): Newest {
  const known = newestOf.get(rows)
  if (known) return known
  const found = { waited: latest(rows, WAITED_UNTIL), received: latest(rows, RECEIVED_AT) }
  newestOf.set(rows, found)
  return found
}

function latest(rows: Rows, column: string): number | null {
  let found = Number.NEGATIVE_INFINITY
  for (const value of rows.columns[rows.names.indexOf(column)] ?? [])
    if (typeof value === 'string') found = Math.max(found, Date.parse(value))
  return Number.isFinite(found) ? found : null
}
