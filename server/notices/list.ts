import type { Pool } from 'pg'
import type { NoticeItem, NoticePage } from '#schemas/api/notices.ts'
import type { Language, TextFields } from '#schemas/localized.ts'
import type { NoticeKind, NoticeState } from '#schemas/notice-kinds.ts'
import { noticeText } from '#schemas/notice-texts.ts'
import { AppError, type StoredError } from '#runtime/sdk/index.ts'
import { runReason } from '#server/runs/run-row.ts'
import { isUuid } from '#server/runs/uuid.ts'
import { linkOf } from './content.ts'

interface Row {
  id: string
  kind: NoticeKind
  code: string
  fields: TextFields
  state: NoticeState
  run_id: string | null
  workflow_id: string | null
  connection_id: string | null
  count: number
  first_seen_at: string
  last_seen_at: string
  changed_at: string
  reason: StoredError | null
}

const columns = `n.id, n.kind, n.code, n.fields, n.state, n.run_id, n.workflow_id, n.connection_id, n.count, n.first_seen_at, n.last_seen_at, n.changed_at`
/** What stopped for a reason that its run has. */
const WITH_REASON = ['run-paused', 'run-failed', 'run-waits-approval', 'run-blocked']
const RANK = `case n.state when 'open' then 0 when 'dismissed' then 1 else 2 end`

/** Open ones first, the newest first among each; whoever looks may see the whole reason that a run stopped for. */
export async function listNotices(
  pool: Pool,
  filter: { workspaceId: string; limit: number; language: Language; state?: NoticeState | undefined },
): Promise<NoticePage> {
  const { rows } = await pool.query<Row>(
    `select ${columns}, case when n.code = 'run-blocked' then r.blocked else r.reason end as reason from notice n left join workflow_run r on r.id = n.run_id and r.workspace_id = n.workspace_id
     where n.workspace_id = $1 and ($2::text is null or n.state = $2) order by ${RANK}, n.changed_at desc, n.id limit $3`,
    [filter.workspaceId, filter.state ?? null, filter.limit],
  )
  const open = await pool.query<{ n: number }>(
    `select count(*)::int as n from notice where workspace_id = $1 and state = 'open'`,
    [filter.workspaceId],
  )
  return { items: rows.map((row) => toItem(row, filter.language)), nextCursor: null, open: open.rows[0]?.n ?? 0 }
}

function toItem(row: Row, language: Language): NoticeItem {
  const runId = row.run_id
  return {
    id: row.id,
    kind: row.kind,
    code: row.code,
    state: row.state,
    ...noticeText(row, language),
    reason: WITH_REASON.includes(row.code) ? runReason(row, language) : null,
    runId,
    workflowId: row.workflow_id,
    connectionId: row.connection_id,
    link: linkOf({ code: row.code, runId, workflowId: row.workflow_id, connectionId: row.connection_id }),
    count: row.count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    changedAt: row.changed_at,
  }
}

/** Puts an open notice away until it happens again; one that is not open stays as it is. @throws AppError `not-found` */
export async function dismissNotice(pool: Pool, at: { workspaceId: string; id: string; actor: string }): Promise<void> {
  const { rows } = isUuid(at.id)
    ? await pool.query(
        `with found as (select id from notice where workspace_id = $1 and id = $2),
           put as (update notice set state = 'dismissed', dismissed_by = $3, changed_at = now()
             where workspace_id = $1 and id = $2 and state = 'open' returning id),
           noted as (insert into audit_event (workspace_id, actor, action, target_kind, target_id)
             select $1, $3, 'notice-dismissed', 'notice', id::text from put)
         select 1 from found`,
        [at.workspaceId, at.id, at.actor],
      )
    : { rows: [] }
  if (rows.length === 0) throw new AppError('not-found', { what: 'notice' })
}
