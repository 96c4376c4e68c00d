import type { Pool } from 'pg'
import type { TextFields } from '#schemas/localized.ts'
import type { NoticeKind, NoticeWay } from '#schemas/notice-kinds.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { uuidV7 } from '#server/runs/uuid.ts'

/** One notice in a message to the outside, as it was when the message was planned: a retry says the same. */
export interface DeliveredNotice {
  readonly id: string
  readonly kind: NoticeKind | 'test'
  readonly code: string
  readonly fields: TextFields
  readonly state: 'open' | 'resolved'
  readonly runId: string | null
  readonly workflowId: string | null
  readonly connectionId: string | null
  readonly at: string
}

/** What comes within this time after a message goes together in the next one. */
const QUIET_S = 60
/** A digest names so many; the rest is counted by the next one. */
const MOST = 50

// A way that is on; not while one of its messages is on its way, nor within a minute of the last one.
const ways = `
select s.workspace_id, w.way from notice_settings s
cross join lateral (values ('webhook', s.webhook), ('email', s.email)) w(way, settings)
where (w.settings->>'enabled')::boolean and not exists (
  select 1 from notice_delivery d where d.workspace_id = s.workspace_id and d.way = w.way
    and (d.state in ('ready', 'claimed') or d.created_at > now() - make_interval(secs => $1)))`

// The end of a trouble is said to who heard of its beginning. The upsert decides: a turn is taken once, whoever else plans now.
const take = `
with untold as (
  select n.*, t.turn as told from notice n
  left join notice_told t on t.notice_id = n.id and t.way = $2 and t.workspace_id = $1
  where n.workspace_id = $1 and n.turn > coalesce(t.turn, 0) and n.kind = any((select kinds from notice_settings where workspace_id = $1)::text[])
    and (n.state = 'open' or (n.state = 'resolved' and t.turn is not null))
  order by n.changed_at limit ${MOST} for update of n),
taken as (
  insert into notice_told as t (workspace_id, notice_id, way, turn) select $1, id, $2, turn from untold
  on conflict (notice_id, way) do update set turn = excluded.turn where t.turn < excluded.turn returning notice_id),
items as (
  select json_agg(json_build_object('id', u.id, 'kind', u.kind, 'code', u.code, 'fields', u.fields, 'state', u.state, 'runId', u.run_id,
    'workflowId', u.workflow_id, 'connectionId', u.connection_id, 'at', to_char(u.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by u.state, u.changed_at) as list
  from untold u join taken on taken.notice_id = u.id)
insert into notice_delivery (id, workspace_id, way, items) select $3, $1, $2, list from items where list is not null`

/** Makes one message a way out of what was not told there yet: at once for the first, then at most one a minute. @returns how many */
export async function planDeliveries(pool: Pool, { quietS = QUIET_S } = {}): Promise<number> {
  return withClient(pool, async (client) => {
    await client.query('begin')
    // Two who plan at once would both see that nothing is on its way.
    await client.query(`select pg_advisory_xact_lock(hashtext('alimflow notices'))`)
    const { rows } = await client.query<{ workspace_id: string; way: NoticeWay }>(ways, [quietS])
    let made = 0
    for (const { workspace_id, way } of rows) made += (await client.query(take, [workspace_id, way, uuidV7()])).rowCount ?? 0
    await client.query('commit')
    return made
  })
}
