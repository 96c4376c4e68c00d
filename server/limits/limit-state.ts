import type { Pool } from 'pg'
import type { Language } from '#schemas/localized.ts'

/** What keeps a connection from being called, or slows it down. */
export type LimitCode = 'breaker-open' | 'asked-to-wait' | 'daily-quota' | 'rate-limited' | 'slowed-down'

/** How a connection's limit stands now, for all workers. */
export interface LimitState {
  readonly connectionId: string
  readonly code: LimitCode
  readonly message: string
  /** Instant until which nothing goes out; null: it goes out, only slower. */
  readonly until: string | null
}

interface Row {
  connection_id: string
  name: string
  timezone: string
  code: LimitCode
  until: string | null
  unit: 'calls' | 'messages' | 'day' | null
  count: number | null
  per_ms: number | null
  pace: number
}

const text = `
select l.connection_id, coalesce(c.name, l.connection_id) as name, w.timezone, l.limited_by->>'unit' as unit,
  (l.limited_by->>'count')::int as count, (l.limited_by->>'perMs')::int as per_ms, l.pace,
  case when l.opens > 0 then 'breaker-open' when l.held_until > now() then 'asked-to-wait'
    when l.limited_until > now() then case when l.limited_by->>'unit' = 'day' then 'daily-quota' else 'rate-limited' end
    when l.pace + extract(epoch from now() - l.paced_at) / 100 < 1 then 'slowed-down' end as code,
  case when l.opens > 0 then greatest(l.open_until, l.held_until) when l.held_until > now() then l.held_until
    when l.limited_until > now() and l.limited_by->>'unit' = 'day' then l.limited_until end as until
from connection_limit l join workspace w on w.id = l.workspace_id
  left join connection c on c.workspace_id = l.workspace_id and c.id = l.connection_id
where l.workspace_id = $1 and l.connection_id = any($2)
  and (l.opens > 0 or l.held_until > now() or l.limited_until > now() or l.pace + extract(epoch from now() - l.paced_at) / 100 < 1)`

/** Connections of these that may not be called now, or only slowly, by id; none of them has a line when all is well. */
export async function readLimitStates(
  pool: Pick<Pool, 'query'>,
  which: { workspaceId: string; connectionIds: readonly string[]; language: Language },
): Promise<ReadonlyMap<string, LimitState>> {
  if (which.connectionIds.length === 0) return new Map()
  const { rows } = await pool.query<Row>({ name: 'limit-states', text, values: [which.workspaceId, which.connectionIds] })
  return new Map(
    rows.map((row) => [
      row.connection_id,
      {
        connectionId: row.connection_id,
        code: row.code,
        message: MESSAGES[row.code](row)[which.language],
        until: row.until === null ? null : new Date(row.until).toISOString(),
      },
    ]),
  )
}

const MESSAGES: Readonly<Record<LimitCode, (row: Row) => Readonly<Record<Language, string>>>> = {
  'breaker-open': (row) => ({
    en: `${row.name} does not answer. One call tries again at ${clockTime(row, 'en')}; nothing is lost meanwhile.`,
    ko: `${row.name}: 응답이 없어요. ${clockTime(row, 'ko')}에 한 번 다시 해 보고, 되면 이어서 보내요.`,
  }),
  'asked-to-wait': (row) => ({
    en: `${row.name} asked for a rest until ${clockTime(row, 'en')}.`,
    ko: `${row.name}: 업체가 잠시 쉬어 달라고 해서 ${clockTime(row, 'ko')}까지 기다려요.`,
  }),
  'daily-quota': (row) => ({
    en: `${row.name}: the ${row.count} messages of today are used up. It goes on at ${clockTime(row, 'en')}.`,
    ko: `${row.name}: 오늘 보낼 수 있는 ${row.count}건을 다 썼어요. ${clockTime(row, 'ko')}에 이어서 보내요.`,
  }),
  'rate-limited': (row) => ({
    en: `${row.name}: ${row.count} ${row.unit}/${seconds(row)} s`,
    ko: `${row.name}: ${seconds(row)}초에 ${row.count}${row.unit === 'messages' ? '건' : '번'} 제한`,
  }),
  'slowed-down': (row) => ({
    en: `${row.name} asked for fewer calls; the speed creeps up again.`,
    ko: `${row.name}: 업체가 천천히 보내 달라고 해서 속도를 줄였어요. 조금씩 다시 올려요.`,
  }),
}

const seconds = (row: Row): number => (row.per_ms ?? 1_000) / 1_000

/** In the workspace's zone: that is where its people look at the clock. */
function clockTime(row: Row, language: Language): string {
  if (row.until === null) return ''
  const far = new Date(row.until).getTime() - Date.now() > 12 * 3_600_000
  return new Intl.DateTimeFormat(language, {
    timeZone: row.timezone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(far && { month: 'short', day: 'numeric' }),
  }).format(new Date(row.until))
}
