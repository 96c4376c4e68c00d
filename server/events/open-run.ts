import type { Pool, PoolClient } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { databaseNow } from '#server/database/now.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { makeRunKey } from '#server/ledger/run-key.ts'
import { makeRunNo } from '#server/ledger/run-no.ts'
import { withClient } from '#server/ledger/with-client.ts'
import type { Box } from '#server/secrets/box.ts'
import { EVENTS } from '#server/runs/run-kinds.ts'
import { uuidV7 } from '#server/runs/uuid.ts'

/** States in which an open run takes rows: paused, they wait in it. */
export const TAKING_STATES = (['waiting', 'sending', 'paused'] as const).map(runStateNumber)

/** What an open run takes rows for. */
export interface OpenRunWish {
  readonly workspaceId: string
  readonly appId: string | null
  readonly workflowId: string
  /** The version it pins, or how to make it when it is needed. */
  readonly versionId: string | (() => Promise<string>)
  /** Names it besides the month: `version:<id>`, `send:<connection>:<channel>`. */
  readonly name: string
  /** `event`, `api` … */
  readonly trigger: string
  /** Only while the workflow listens with this version: it may be published anew, or switched off, at this very moment. */
  readonly listening: boolean
}

export interface OpenRunDeps {
  readonly pool: Pool
  readonly runKeys: Box
}

/** `2026-11`, UTC: the months of run numbers, and so of partitions, begin there too. */
export const monthName = (date: Date): string => date.toISOString().slice(0, 7)

/**
 * The run of this wish that takes rows this month; made where there is none. Any number of processes may ask at once: one run comes of it.
 * @returns its id
 * @throws AppError `not-by-event`: the workflow does not listen with this version any more
 */
export async function findOpenRun(deps: OpenRunDeps, wish: OpenRunWish): Promise<string> {
  // All processes change the month at the same moment, however their own clocks are set.
  const now = await databaseNow(deps.pool)
  await ensurePartitions(deps.pool, now)
  const known = await takingRun(deps.pool, wish, now)
  if (known !== null) return known
  const versionId = typeof wish.versionId === 'string' ? wish.versionId : await wish.versionId()
  return withClient(deps.pool, async (client) => {
    await client.query('begin')
    const runId = await openNew(client, { deps, wish, versionId, now })
    await client.query('commit')
    return runId
  })
}

const keyOf = (wish: OpenRunWish, now: Date): string => `${wish.name}:${monthName(now)}`

async function takingRun(client: Pool | PoolClient, wish: OpenRunWish, now: Date): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from workflow_run where workspace_id = $1 and open_key = $2 and rows_closed_at is null and not cancel_requested
       and state = any($3)`,
    [wish.workspaceId, keyOf(wish, now), TAKING_STATES],
  )
  return rows[0]?.id ?? null
}

async function openNew(
  client: PoolClient,
  { deps, wish, versionId, now }: { deps: OpenRunDeps; wish: OpenRunWish; versionId: string; now: Date },
): Promise<string> {
  // The workflow's row makes those who ask at the same time wait for each other.
  const { rows: numbers } = await client.query<{ number: number; seq: string }>(
    `update workflow set last_run_number = last_run_number + 1 where id = $1 and workspace_id = $2
     returning last_run_number as number, nextval('run_seq') as seq`,
    [wish.workflowId, wish.workspaceId],
  )
  const numbered = numbers[0]
  if (!numbered) throw new Error(`The workflow ${wish.workflowId} of an open run does not exist`)
  // Whoever publishes or switches holds the same row: this is asked after that.
  if (wish.listening) await checkListening(client, { ...wish, versionId })
  const other = await takingRun(client, wish, now)
  if (other) return other
  // One of this name that does not take rows (cancelled), and those of months that are over.
  await client.query(
    `update workflow_run set rows_closed_at = now()
     where workspace_id = $1 and left(open_key, $2) = $3 and rows_closed_at is null`,
    [wish.workspaceId, wish.name.length + 1, `${wish.name}:`],
  )
  const runId = uuidV7(now.getTime())
  const { sealed } = makeRunKey(deps.runKeys, runId)
  const { rowCount } = await client.query(
    `insert into workflow_run (id, run_no, workspace_id, app_id, workflow_id, version_id, number, kind, trigger, state, pinned, key_enc, total,
       open_key, started_at)
     select $1, $2, $3, $4, $5, v.id, $6, ${EVENTS}, $7, $8, v.pinned, $9, 0, $10, $11
     from workflow_version v where v.id = $12 and v.workflow_id = $5 and v.workspace_id = $3`,
    [
      runId,
      makeRunNo(now, Number(numbered.seq)),
      wish.workspaceId,
      wish.appId,
      wish.workflowId,
      numbered.number,
      wish.trigger,
      runStateNumber('sending'),
      sealed,
      keyOf(wish, now),
      now,
      versionId,
    ],
  )
  if (!rowCount) throw new Error(`The version ${versionId} of an open run does not exist`)
  await client.query(`select pg_notify('alimflow_run', $1)`, [runId])
  return runId
}

async function checkListening(
  client: PoolClient,
  { workspaceId, workflowId, versionId }: { workspaceId: string; workflowId: string; versionId: string },
): Promise<void> {
  const { rowCount } = await client.query(
    'select 1 from event_trigger where workspace_id = $1 and workflow_id = $2 and version_id = $3',
    [workspaceId, workflowId, versionId],
  )
  if (!rowCount) throw new AppError('not-by-event', {})
}
