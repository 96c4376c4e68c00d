import { crashPoint } from '#runtime/crash-point.ts'
import type { Row } from '#runtime/sdk/index.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { databaseNow } from '#server/database/now.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { startRun, type RunDeps } from '#server/runs/start.ts'
import type { Placed } from './inlet.ts'
import type { Listener } from './listeners.ts'
import { nameOf, readTakenKeys, type ParcelKey } from './taken-keys.ts'

/** An event that starts a run of its own: a source behind the trigger reads the people, and may bind the event's values. */
export interface EventStart {
  readonly listener: Listener
  readonly row: Row
  readonly actor: string
  readonly key: ParcelKey | null
}

export interface StartsRuns {
  start(event: EventStart): Promise<Placed>
}

/** Starts runs for events, each once per key. @throws AppError `idempotency-key-reused`, `not-by-event` */
export function runPerEvent(deps: RunDeps): StartsRuns {
  const known = async ({ listener, key }: EventStart): Promise<Placed | null> => {
    const found = key && (await readTakenKeys(deps.pool, listener.workspaceId, [key])).get(nameOf(key))
    if (!found) return null
    if (!found.same) throw new AppError('idempotency-key-reused', {})
    return found
  }
  return {
    async start(event) {
      const before = await known(event)
      if (before) return before
      try {
        return await startNow(deps, event)
      } catch (error) {
        // Another request with the key was quicker.
        const other = isKeyTaken(error) ? await known(event) : null
        if (other) return other
        throw error
      }
    },
  }
}

/** The run and its key in one transaction. */
async function startNow(deps: RunDeps, { listener, row, actor, key }: EventStart): Promise<Placed> {
  const { workspaceId, workflowId, versionId } = listener
  const now = deps.now?.() ?? (await databaseNow(deps.pool))
  await ensurePartitions(deps.pool, now)
  return withClient(deps.pool, async (client) => {
    await client.query('begin')
    const started = await startRun(
      { ...deps, now: () => now },
      { workspaceId, workflowId, versionId, trigger: 'event', actor, payload: row, client },
    )
    if (!started) throw new Error('a run of an event was taken for a schedule that had fired')
    // The workflow's row is locked by now: whoever publishes or switches is done, or waits.
    const { rowCount } = await client.query(
      'select 1 from event_trigger where workflow_id = $1 and workspace_id = $2 and version_id = $3',
      [workflowId, workspaceId, versionId],
    )
    if (!rowCount) throw new AppError('not-by-event', {})
    const { rows } = await client.query<{ run_no: string }>(
      'select run_no from workflow_run where id = $1 and workspace_id = $2',
      [started.runId, workspaceId],
    )
    const placed = { runId: started.runId, runNo: Number(rows[0]?.run_no), seq: 0 }
    if (key)
      await client.query(
        `insert into taken_key (workspace_id, scope, key, body_hash, run_id, run_no, seq, n) values ($1, $2, $3, $4, $5, $6, 0, 1)`,
        [workspaceId, key.scope, key.key, key.bodyHash, placed.runId, placed.runNo],
      )
    crashPoint('before-taking')
    crashPoint('mid-taking', 1)
    await client.query('commit')
    crashPoint('after-taking')
    return placed
  })
}

function isKeyTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505' && 'table' in error && error.table === 'taken_key'
}
