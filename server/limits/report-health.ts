import { ensureLimitRow, type LimitPlace } from './place.ts'

/** What some calls said of their provider's health, added up. */
export interface HealthNews {
  readonly answered: number
  readonly failed: number
  /** 429 without a time. */
  readonly busy: number
  /** The longest time that the provider asked for; null: it asked for none. */
  readonly retryAfterMs: number | null
  /** What the one call that tried came to; null: none of these was it. */
  readonly probe: 'answered' | 'failed' | null
}

export interface HealthRules {
  /** Calls that fail in a row until the breaker opens; a call that answers takes half of one away. */
  readonly failures: number
  /** How long it stays open at first; doubled each time that the trying call fails. */
  readonly openMs: number
  readonly mostOpenMs: number
  /** Has the connection a rate that can be halved? */
  readonly rated: boolean
}

export interface Health {
  /** 0: the breaker is closed; k: it opened k times in a row. */
  readonly opens: number
  readonly openForMs: number
  readonly heldForMs: number
  readonly score: number
}

/** A rest that a provider asked for without a time, where there is no rate to halve. */
const REST_MS = 2_000
const MOST_REST_MS = 60_000

// Calls that began before the breaker opened say nothing new while it is open; only the trying call counts then.
const text = `
with s as (
  select l.*, greatest(0, l.score + $4::float8 - $3::float8 / 2) as now_score,
    case when $7::text = 'answered' then 0 when $7::text = 'failed' then l.opens + 1
      when l.opens = 0 and greatest(0, l.score + $4::float8 - $3::float8 / 2) >= $8::float8 then 1 else l.opens end as now_opens,
    least(1, l.pace + extract(epoch from now() - l.paced_at)::float8 / 100) as speed,
    $5::int > 0 as told_busy
  from connection_limit l where l.workspace_id = $1 and l.connection_id = $2 for update)
update connection_limit l set
  score = case when $7::text = 'answered' then 0 when s.opens > 0 then l.score else s.now_score end,
  opens = s.now_opens,
  open_until = case when s.now_opens > s.opens then now() + least($10::float8, $9::float8 * power(2, least(s.now_opens - 1, 20))) * interval '1 ms'
    when s.now_opens = 0 then null else l.open_until end,
  probe_until = case when $7::text is not null then null else l.probe_until end,
  pace = case when s.told_busy and $11::boolean and (l.paced_at < now() - interval '1 second' or l.pace = 1) then greatest(1 / 64.0, s.speed / 2) else l.pace end,
  paced_at = case when s.told_busy and $11::boolean and (l.paced_at < now() - interval '1 second' or l.pace = 1) then now() else l.paced_at end,
  holds = case when s.told_busy and not $11::boolean and l.held_until <= now() then l.holds + 1 when $3::int > 0 and not s.told_busy then 0 else l.holds end,
  held_until = greatest(l.held_until, now() + $6::float8 * interval '1 ms',
    case when s.told_busy and not $11::boolean and l.held_until <= now()
      then now() + least(${MOST_REST_MS}, ${REST_MS} * power(2, least(l.holds, 10))) * interval '1 ms' end)
from s where l.workspace_id = $1 and l.connection_id = $2
returning l.opens, l.score, greatest(0, extract(epoch from coalesce(l.open_until, now()) - now()))::float8 * 1000 as "openForMs",
  greatest(0, extract(epoch from greatest(l.held_until, now()) - now()))::float8 * 1000 as "heldForMs"`

/** Tells all workers how calls went; says how the connection stands now. */
export async function reportHealth(
  place: LimitPlace,
  { news, rules }: { news: HealthNews; rules: HealthRules },
): Promise<Health> {
  const values = [
    place.workspaceId,
    place.connectionId,
    news.answered,
    news.failed,
    news.busy,
    news.retryAfterMs,
    news.probe,
    rules.failures,
    rules.openMs,
    rules.mostOpenMs,
    rules.rated,
  ]
  const tell = async (): Promise<Health | undefined> =>
    (await place.pool.query<Health>({ name: 'limit-health', text, values })).rows[0]
  const health = await tell()
  if (health) return health
  await ensureLimitRow(place)
  return (await tell()) ?? { opens: 0, openForMs: 0, heldForMs: 0, score: 0 }
}

/** Lets somebody else try: the call that was to find out was not made. */
export async function dropProbe({ pool, workspaceId, connectionId }: LimitPlace): Promise<void> {
  await pool.query('update connection_limit set probe_until = null where workspace_id = $1 and connection_id = $2', [
    workspaceId,
    connectionId,
  ])
}
