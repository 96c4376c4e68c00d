import type { Pool } from 'pg'
import { startRun } from '#server/runs/start.ts'
import type { Bench } from '#server/worker/test/harness.ts'
import { lookOnce } from '../look.ts'

export const workspaceId = '00000000-0000-7000-8000-000000000001'

export interface SeenNotice {
  id: string
  kind: string
  subject: string
  code: string
  state: string
  turn: number
  count: number
  fields: Record<string, unknown>
  run_id: string | null
}

export async function notices(pool: Pool): Promise<SeenNotice[]> {
  const { rows } = await pool.query<SeenNotice>('select * from notice order by kind, subject')
  return rows
}

/** Looks as the watch would, `inMs` from now; plans of these tests are made by hand, so counters alone are read. */
export async function look(pool: Pool, inMs = 0): Promise<SeenNotice[]> {
  await lookOnce({ pool, plan: async () => null }, { now: new Date(Date.now() + inMs) })
  return notices(pool)
}

/** Another run of the workflow of a run. */
export async function runAgain(bench: Bench, runId: string): Promise<string> {
  const { rows } = await bench.database.pool.query<{ workflowId: string; versionId: string }>(
    'select workflow_id as "workflowId", version_id as "versionId" from workflow_run where id = $1',
    [runId],
  )
  const place = rows[0]
  if (!place) throw new Error('There is no such run')
  const started = await startRun(bench.deps, { ...place, workspaceId, trigger: 'manual', actor: 'test' })
  return started?.runId ?? ''
}
