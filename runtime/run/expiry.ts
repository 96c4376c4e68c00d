import type { ChunkRows } from './chunk.ts'
import { RESENT } from './pack-again.ts'
import type { Sender } from './sender.ts'

/** Column of an event's row: when it came in. */
export const RECEIVED_AT = 'received_at'

/**
 * Is it too late for these rows? The channel's time counts from the start of the run; in a run of events, which is open for a month, from
 * the moment in which they came in: the newest one's, so that nobody's time ends early (rows of a chunk came within moments). What a person
 * wished to be sent again is wanted now, however long ago the run began.
 */
export function isExpired(
  sender: Pick<Sender, 'plan' | 'stage' | 'now' | 'startedAt'>,
  { kind, rows }: { kind: number; rows: Rows },
): boolean {
  if (kind === RESENT) return false
  const node = sender.plan.nodes[sender.stage.channel]
  const minutes = node?.type.channel?.expiresAfter(node.config) ?? Number.POSITIVE_INFINITY
  return sender.now() > startOf(sender, rows) + minutes * 60_000
}

type Rows = Pick<ChunkRows, 'names' | 'columns'>

/** Asked before each call: found once a chunk. */
const starts = new WeakMap<Rows, number>()

function startOf({ plan, startedAt }: Pick<Sender, 'plan' | 'startedAt'>, rows: Rows): number {
  const trigger = plan.nodes[plan.trigger]
  if (!trigger?.type.event || plan.audience.source !== trigger.id) return startedAt
  const known = starts.get(rows)
  if (known !== undefined) return known
  let newest = Number.NEGATIVE_INFINITY
  for (const value of rows.columns[rows.names.indexOf(RECEIVED_AT)] ?? [])
    if (typeof value === 'string') newest = Math.max(newest, Date.parse(value))
  // A step threw the column away: without knowing, nobody's message is dropped.
  const start = Number.isFinite(newest) ? newest : Number.POSITIVE_INFINITY
  starts.set(rows, start)
  return start
}
