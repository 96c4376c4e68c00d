import type { PoolClient } from 'pg'
import type { Registry } from '#runtime/registry.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import type { Plans } from '#server/worker/engine-deps.ts'
import type { ControlCall } from './control.ts'
import { isOver, type PinnedRunRow } from './run-row.ts'
import { startRun, type RunDeps, type StartRun } from './start.ts'
import { openTestAddresses } from './test-addresses.ts'

export interface RepeatDeps {
  readonly runs: RunDeps
  readonly registry: Pick<Registry, 'node'>
  readonly plans: Pick<Plans, 'plan'>
  /** Ids of the workspace's connections. */
  connections(workspaceId: string): Promise<ReadonlySet<string>>
}

/**
 * Starts a new run of the very version that a run had: same graph, same texts; the audience is read anew, and the guards judge it.
 * `client`: the caller's transaction (`Idempotency-Key`).
 * @throws AppError `run-not-over`, `step-type-gone`, `step-type-changed`, `connection-gone`, `has-problems`, `nothing-to-run`, `run-erased`
 */
export async function repeatRun(
  deps: RepeatDeps,
  { row, call, client }: { row: PinnedRunRow; call: ControlCall; client: PoolClient | null },
): Promise<{ runId: string }> {
  if (!isOver(row) && runStateOf(row.state) !== 'settling') throw new AppError('run-not-over', {})
  await checkPinned(deps, row)
  const { versionId, test } = await howItRan(deps.runs, row.id)
  const started = await startRun(deps.runs, {
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    versionId,
    trigger: 'manual',
    actor: call.actor,
    repeats: row.id,
    ...test,
    ...(client && { client }),
  })
  if (!started) throw new Error('a run by hand was taken for a schedule that had fired')
  return started
}

/** The version, and, of a test, where its messages went: repeated, they go there again. @throws AppError `run-erased` */
async function howItRan(
  { pool, runKeys }: RunDeps,
  runId: string,
): Promise<{ versionId: string; test: Pick<StartRun, 'kind' | 'testAddresses'> }> {
  const { rows } = await pool.query<{
    version_id: string
    kind: number
    key_enc: Buffer | null
    test_addresses_enc: Buffer | null
  }>('select version_id, kind, key_enc, test_addresses_enc from workflow_run where id = $1', [runId])
  const row = rows[0]
  const versionId = row?.version_id ?? ''
  if (row?.kind !== 1) return { versionId, test: {} }
  // Without its numbers it must not begin: it would go to the people themselves.
  if (!row.key_enc || !row.test_addresses_enc) throw new AppError('run-erased', {})
  const key = openRunKey(runKeys, runId, row.key_enc)
  const testAddresses = openTestAddresses(row.test_addresses_enc, { key, runId }) ?? []
  return { versionId, test: { kind: 'test', testAddresses } }
}

/** Everything that the version pinned is still there, and still the same. */
async function checkPinned(deps: RepeatDeps, { pinned, workspace_id: workspaceId }: PinnedRunRow): Promise<void> {
  for (const [type, was] of Object.entries(pinned.nodeTypes)) {
    const found = deps.registry.node(type)
    if (!found) throw new AppError('step-type-gone', { type })
    // A newer version of a type upgrades the config itself; a plugin's file has no such promise.
    if ((found.plugin?.hash ?? null) !== was.hash) throw new AppError('step-type-changed', { type })
  }
  const there = await deps.connections(workspaceId)
  for (const [id, { name }] of Object.entries(pinned.connections))
    if (!there.has(id)) throw new AppError('connection-gone', { connection: name })
  await deps.plans.plan(pinned, workspaceId)
}
