import type { Pool, PoolClient } from 'pg'
import type { PgBoss } from 'pg-boss'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import { databaseNow } from '#server/database/now.ts'
import { enqueue } from '#server/jobs/boss.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { makeRunKey } from '#server/ledger/run-key.ts'
import { makeRunNo } from '#server/ledger/run-no.ts'
import { withClient } from '#server/ledger/with-client.ts'
import type { Box } from '#server/secrets/box.ts'
import { sealPayload } from './payload.ts'
import { TEST } from './run-kinds.ts'
import { sealTestAddresses } from './test-addresses.ts'
import { uuidV7 } from './uuid.ts'

/** What starting and cancelling runs needs. */
export interface RunDeps {
  readonly pool: Pool
  readonly boss: PgBoss
  /** Seals the runs' data keys (purpose `run-key`). */
  readonly runKeys: Box
  /** For tests, and for who knows it already; default the database's clock. */
  readonly now?: () => Date
}

export interface StartRun {
  readonly workspaceId: string
  readonly workflowId: string
  /** The immutable version (or frozen draft) that runs. */
  readonly versionId: string
  /** `manual`, `schedule`, `api` … */
  readonly trigger: string
  readonly actor: string
  /** `test`: somebody waits for it; counted in no statistics. */
  readonly kind?: 'live' | 'test'
  /** A test (`kind`): only so many people, the first of the audience, and their messages go to these addresses. Kept encrypted. */
  readonly testAddresses?: readonly string[]
  readonly scheduleId?: string
  /** With `scheduleId`: the time it is for. The same schedule and time start one run only. */
  readonly fireAt?: Date
  /** What the trigger carries; statements may bind it. Kept encrypted. */
  readonly payload?: Row
  /** Send to so many first, then wait for an approval. */
  readonly first?: number
  /** Prepare everything, then wait for a person's word whatever guards say. Not for tests. */
  readonly asks?: boolean
  /** The run that this one repeats. */
  readonly repeats?: string
  /**
   * To be part of a transaction of the caller's (a schedule that stores its next time). Partitions must be there before it begins
   * (`ensurePartitions`): they cannot be made while it has looked at their tables.
   */
  readonly client?: PoolClient
}

const kinds = { live: 0, test: TEST } as const

/**
 * Starts a run: number, data key, the pinned version, and the job that reads the audience, in one transaction.
 * Throws `nothing-to-run` when the version does not exist; null: this schedule fired for this time already.
 */
export async function startRun(deps: RunDeps, start: StartRun): Promise<{ runId: string } | null> {
  const now = deps.now?.() ?? (await databaseNow(start.client ?? deps.pool))
  if (start.client) return insertRun(deps, { start, now, client: start.client })
  await ensurePartitions(deps.pool, now)
  return withClient(deps.pool, async (client) => {
    await client.query('begin')
    const started = await insertRun(deps, { start, now, client })
    await client.query(started ? 'commit' : 'rollback')
    return started
  })
}

async function insertRun(
  deps: RunDeps,
  { start, now, client }: { start: StartRun; now: Date; client: PoolClient },
): Promise<{ runId: string } | null> {
  const { rows: numbers } = await client.query<{ seq: string; number: number; previous: string | null }>(
    `update workflow set last_run_number = last_run_number + 1 where id = $1 and workspace_id = $2 and deleted_at is null
     returning nextval('run_seq') as seq, last_run_number as number,
       (select max(started_at) from workflow_run where workflow_id = $1 and kind = 0 and state = any($3)) as previous`,
    [start.workflowId, start.workspaceId, [3, 4, 5, 6]],
  )
  const numbered = numbers[0]
  if (!numbered) throw new AppError('nothing-to-run', { version: start.versionId })
  const runId = uuidV7(now.getTime())
  const { key, sealed } = makeRunKey(deps.runKeys, runId)
  const payload = start.payload ? sealPayload(start.payload, { key, runId }) : null
  const { rowCount } = await client.query(
    `insert into workflow_run (id, run_no, workspace_id, workflow_id, version_id, number, kind, trigger, trigger_payload_enc, schedule_id,
       fire_at, actor, pinned, key_enc, previous_run_at, started_at, first_n, repeats, test_addresses_enc, asks, lists)
     select $1, $2, $3, $4, v.id, $5, $6, $7, $8, $9, $10, $11, v.pinned, $12, $13, $14, $16, $17, $18, $19,
       (select json_object_agg(l.id, l.version) from stored_list l where l.workspace_id = $3 and l.deleted_at is null and l.id::text in (
         select n -> 'config' ->> 'list' from json_array_elements(v.pinned -> 'document' -> 'nodes') n))
     from workflow_version v where v.id = $15 and v.workflow_id = $4 and v.workspace_id = $3
     on conflict (schedule_id, fire_at) do nothing`,
    [
      runId,
      makeRunNo(now, Number(numbered.seq)),
      start.workspaceId,
      start.workflowId,
      numbered.number,
      kinds[start.kind ?? 'live'],
      start.trigger,
      payload,
      start.scheduleId ?? null,
      start.fireAt ?? null,
      start.actor,
      sealed,
      numbered.previous,
      now,
      start.versionId,
      start.first ?? null,
      start.repeats ?? null,
      start.testAddresses ? sealTestAddresses(start.testAddresses, { key, runId }) : null,
      start.asks === true,
    ],
  )
  if (!rowCount) {
    const { rows } = await client.query('select 1 from workflow_version where id = $1 and workflow_id = $2', [
      start.versionId,
      start.workflowId,
    ])
    if (rows.length === 0) throw new AppError('nothing-to-run', { version: start.versionId })
    return null
  }
  await client.query(`select pg_notify('alimflow_run', $1)`, [runId])
  await enqueue(deps.boss, { name: 'run-spool', data: { runId }, key: runId, client })
  return { runId }
}
