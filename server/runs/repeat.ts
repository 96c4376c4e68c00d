import type { PoolClient } from 'pg'
import type { Registry } from '#runtime/registry.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import type { Plans } from '#server/worker/engine-deps.ts'
import type { ControlCall } from './control.ts'
import { openPayload } from './payload.ts'
import { EVENTS, TEST } from './run-kinds.ts'
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
 * @throws AppError `run-of-events`, `run-not-over`, `step-type-gone`, `step-type-changed`, `connection-gone`, `has-problems`, `nothing-to-run`, `run-erased`
 */
export async function repeatRun(
  deps: RepeatDeps,
  { row, call, client }: { row: PinnedRunRow; call: ControlCall; client: PoolClient | null },
): Promise<{ runId: string }> {
  if (row.kind === EVENTS) throw new AppError('run-of-events', {})
  if (!isOver(row) && runStateOf(row.state) !== 'settling') throw new AppError('run-not-over', {})
  await checkPinned(deps, row)
  const { versionId, ...how } = await howItRan(deps.runs, row.id)
  const started = await startRun(deps.runs, {
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    versionId,
    trigger: 'manual',
    actor: call.actor,
    repeats: row.id,
    ...how,
    ...(client && { client }),
  })
  if (!started) throw new Error('a run by hand was taken for a schedule that had fired')
  return started
}

/**
 * The version; what its trigger carried (an event's values, which the statements bind); and, of a test, where its messages went: repeated,
 * they go there again. @throws AppError `run-erased`
 */
async function howItRan(
  { pool, runKeys }: RunDeps,
  runId: string,
): Promise<{ versionId: string } & Pick<StartRun, 'kind' | 'testAddresses' | 'payload'>> {
  const { rows } = await pool.query<{
    version_id: string
    kind: number
    key_enc: Buffer | null
    trigger_payload_enc: Buffer | null
    test_addresses_enc: Buffer | null
    payload_gone: boolean
  }>(
    `with recursive origin as (
       select id, repeats, trigger from workflow_run where id = $1
       union all select r.id, r.repeats, r.trigger from origin o join workflow_run r on r.id = o.repeats)
     select version_id, kind, key_enc, trigger_payload_enc, test_addresses_enc,
       trigger_payload_enc is null and exists (select 1 from origin where trigger = 'event') as payload_gone
     from workflow_run where id = $1`,
    [runId],
  )
  const row = rows[0]
  if (!row) throw new AppError('not-found', { what: 'run' })
  const isTest = row.kind === TEST
  // Without its numbers a test must not begin: it would go to the people themselves. Without its event, nobody knows who they are.
  const needsKey = isTest || row.trigger_payload_enc !== null
  if (row.payload_gone || (needsKey && !row.key_enc) || (isTest && !row.test_addresses_enc)) throw new AppError('run-erased', {})
  const key = needsKey && row.key_enc ? openRunKey(runKeys, runId, row.key_enc) : null
  return {
    versionId: row.version_id,
    ...(key && row.trigger_payload_enc && { payload: openPayload(row.trigger_payload_enc, { key, runId }) }),
    ...(key &&
      isTest && { kind: 'test' as const, testAddresses: openTestAddresses(row.test_addresses_enc, { key, runId }) ?? [] }),
  }
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
