import type { PoolClient } from 'pg'
import { NOTICE_KINDS } from '#schemas/notice-kinds.ts'

/** From when on something is a trouble; a workspace's settings, or these. */
export interface NoticeLimits {
  readonly failurePercent: number
  readonly waitMinutes: number
  readonly lateMinutes: number
}

/** What holds for a workspace that never set anything. Twelve hours of waiting: a night's quiet hours are no trouble. */
export const DEFAULT_RULES = {
  kinds: [...NOTICE_KINDS],
  failurePercent: 5,
  waitMinutes: 12 * 60,
  lateMinutes: 6 * 60,
} as const

/** A share of fewer messages than this says nothing. */
export const LEAST_TRIED = 20

/** The limits of all workspaces that set some. */
export async function readLimits(client: Pick<PoolClient, 'query'>): Promise<(workspaceId: string) => NoticeLimits> {
  const { rows } = await client.query<NoticeLimits & { workspaceId: string }>(
    `select workspace_id as "workspaceId", failure_percent as "failurePercent", wait_minutes as "waitMinutes", late_minutes as "lateMinutes"
     from notice_settings`,
  )
  const known = new Map(rows.map((row) => [row.workspaceId, row]))
  return (workspaceId) => known.get(workspaceId) ?? DEFAULT_RULES
}
