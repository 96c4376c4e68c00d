import { ensureLimitRow, type LimitPlace } from './place.ts'

/** What is asked of the shared row. */
export interface Reservation {
  /** Piece of the line, ms at the full rate. */
  readonly lineMs: number
  /** The same on the kept line; null: it may not be used. */
  readonly reserveMs: number | null
  readonly reserveBurstMs: number
  /** Nothing is reserved that begins later than this. */
  readonly patienceMs: number
  /** Messages, counted for the day. */
  readonly messages: number
  /** Most messages of a day; null: no such limit. */
  readonly perDay: number | null
  /** How long a call that tries a failing provider may take. */
  readonly probeMs: number
  /** The limit in words, noted when somebody has to wait for it. */
  readonly limitedBy: object | null
}

/** What came of it. */
export type Reserved =
  /** `waitMs`: until the piece begins; `lineMs`: its length, longer than asked for where the rate was halved. `probe`: for one call only. */
  | {
      readonly kind: 'granted'
      readonly waitMs: number
      readonly lineMs: number
      readonly messages: number
      readonly probe: boolean
      readonly kept: boolean
      /** Where the line ends with this piece; null: it is no piece of it. */
      readonly lineEnd: string | null
    }
  | { readonly kind: 'wait'; readonly ms: number; readonly why: 'line' | 'held' | 'breaker' | 'day' }

interface Row {
  why: 'line' | 'held' | 'breaker' | 'day' | null
  wait_ms: number
  line_ms: number
  messages: number
  probe: boolean
  kept: boolean
  line_end: string
}

// One statement, by the database's clock. `s` is the row as it is, `d` what follows from it; the row is locked from the first look on.
const text = `
with s as (
  select l.*, (now() at time zone w.timezone)::date as today,
    ((now() at time zone w.timezone)::date + 1)::timestamp at time zone w.timezone as tomorrow,
    least(1, l.pace + extract(epoch from now() - l.paced_at)::float8 / 100) as speed
  from connection_limit l join workspace w on w.id = l.workspace_id
  where l.workspace_id = $1 and l.connection_id = $2 for update of l),
d as (
  select s.*,
    case when s.day = s.today then s.day_used else 0 end as used,
    $3::float8 / s.speed as line_ms,
    extract(epoch from greatest(s.line_at, now()) - now())::float8 * 1000 as line_wait,
    $4::float8 is not null and s.reserve_at <= now() as kept,
    case when s.opens > 0 then greatest(s.open_until, coalesce(s.probe_until, s.open_until)) end as closed_until
  from s),
y as (
  select d.*, case
    when d.held_until > now() then 'held'
    when d.closed_until > now() then 'breaker'
    when $8::int is not null and d.used >= $8::int then 'day'
    when not d.kept and d.line_wait > $6::float8 then 'line' end as why
  from d),
v as (select y.*, y.why = 'line' or (y.why is null and not y.kept and y.line_wait > 20) as waits from y),
u as (
  update connection_limit l set
    line_at = case when v.why is null and not v.kept and $3::float8 > 0 then greatest(l.line_at, now()) + v.line_ms * interval '1 ms' else l.line_at end,
    reserve_at = case when v.why is null and v.kept
      then greatest(l.reserve_at, now() - $5::float8 * interval '1 ms') + $4::float8 / v.speed * interval '1 ms' else l.reserve_at end,
    day = v.today,
    day_used = v.used + case when v.why is null and $8::int is not null then least($7::int, $8::int - v.used) else 0 end,
    probe_until = case when v.why is null and v.opens > 0 then now() + $9::float8 * interval '1 ms' else l.probe_until end,
    limited_by = case when v.why = 'day' then jsonb_build_object('unit', 'day', 'count', $8::int)
      when v.waits then $10::jsonb else l.limited_by end,
    limited_until = case when v.why = 'day' then v.tomorrow when v.waits then now() + (v.line_wait + 2000) * interval '1 ms'
      when v.why is null and l.limited_until > now() + interval '10 seconds' then now() else l.limited_until end
  from v where l.workspace_id = $1 and l.connection_id = $2 returning l.line_at)
select v.why, u.line_at::text as line_end, v.line_ms, v.kept, v.opens > 0 as probe,
  case when $8::int is null then $7::int else least($7::int, $8::int - v.used) end as messages,
  (case v.why when 'held' then extract(epoch from v.held_until - now())
    when 'breaker' then extract(epoch from v.closed_until - now())
    when 'day' then extract(epoch from v.tomorrow - now())
    else case when v.kept then 0 else v.line_wait / 1000 end end)::float8 * 1000 as wait_ms
from v, u`

/** Reserves leave for calls, or tells how long to wait; one statement. Nothing is reserved while there is a reason to wait. */
export async function reserve(place: LimitPlace, asked: Reservation): Promise<Reserved> {
  const values = [
    place.workspaceId,
    place.connectionId,
    asked.lineMs,
    asked.reserveMs,
    asked.reserveBurstMs,
    asked.patienceMs,
    asked.messages,
    asked.perDay,
    asked.probeMs,
    asked.limitedBy && JSON.stringify(asked.limitedBy),
  ]
  const ask = async (): Promise<Row | undefined> => (await place.pool.query<Row>({ name: 'limit-reserve', text, values })).rows[0]
  let row = await ask()
  if (!row) {
    await ensureLimitRow(place)
    row = await ask()
  }
  if (!row) throw new Error(`Connection ${place.connectionId} has no workspace`)
  if (row.why !== null) return { kind: 'wait', ms: Math.max(1, Math.ceil(row.wait_ms)), why: row.why }
  return {
    kind: 'granted',
    waitMs: row.wait_ms,
    lineMs: row.line_ms,
    messages: row.messages,
    probe: row.probe,
    kept: row.kept,
    lineEnd: row.kept || row.line_ms === 0 ? null : row.line_end,
  }
}

/**
 * What was reserved and not used: ms of the line or of the kept line, messages of the day. Of the line it is given back only while it ends
 * at `lineEnd`: behind others it would be theirs as well. Calls of the kept line begin at once, in no order.
 */
export async function unreserve(
  place: LimitPlace,
  unused: { lineMs?: number; lineEnd?: string | null; reserveMs?: number; messages?: number },
): Promise<void> {
  await place.pool.query({
    name: 'limit-unreserve',
    text: `update connection_limit l set line_at = case when l.line_at = $6::timestamptz then l.line_at - $3::float8 * interval '1 ms' else l.line_at end,
        reserve_at = l.reserve_at - $4::float8 * interval '1 ms',
        day_used = case when l.day = (now() at time zone w.timezone)::date then greatest(0, l.day_used - $5::int) else l.day_used end
      from workspace w where l.workspace_id = $1 and l.connection_id = $2 and w.id = l.workspace_id`,
    values: [
      place.workspaceId,
      place.connectionId,
      unused.lineMs ?? 0,
      unused.reserveMs ?? 0,
      unused.messages ?? 0,
      unused.lineEnd ?? null,
    ],
  })
}
