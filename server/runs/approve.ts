import type { PoolClient } from 'pg'
import type { ApproveInput } from '#schemas/api/runs.ts'
import { holdRest } from '#server/ledger/first-part.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { approveRun, FOR_APPROVAL, wakeRun, type ControlCall } from './control.ts'
import type { RunDeps } from './start.ts'

const lock = `
select run_no, key_enc from workflow_run
where id = $1 and workspace_id = $2::uuid and not cancel_requested and key_enc is not null and (${FOR_APPROVAL}) for update`

/**
 * Says yes to a run that waits for a person's word: to all who wait, or to the `first` of them, after which it waits once more. Two people who
 * say it at once: one of them is refused.
 * @throws AppError `not-found`, `run-over`, `run-not-waiting`, `run-being-cancelled`
 */
export async function approve(deps: RunDeps, call: ControlCall, { first }: ApproveInput = {}): Promise<void> {
  if (first === undefined) return approveRun(deps, call)
  const runNo = await withClient(deps.pool, async (client) => {
    await client.query('begin')
    const found = await cutFirst(deps, call, { client, first })
    await approveRun(deps, call, client)
    await client.query('commit')
    return found
  })
  if (runNo !== null) await wakeRun(deps, { runId: call.runId, runNo })
}

/**
 * Marks the first part of what waits, so that the approval frees it alone. Null: the run does not wait, which is for `approveRun` to say.
 */
async function cutFirst(
  deps: RunDeps,
  { runId, workspaceId }: ControlCall,
  { client, first }: { client: PoolClient; first: number },
): Promise<number | null> {
  const { rows } = await client.query<{ run_no: string; key_enc: Buffer }>(lock, [runId, workspaceId])
  const row = rows[0]
  if (!row) return null
  const run = { runNo: Number(row.run_no), key: openRunKey(deps.runKeys, runId, row.key_enc) }
  const move = (from: number, to: number) =>
    client.query('update run_chunk set state = $3 where run_no = $1 and state = $2', [run.runNo, from, to])
  // Nobody sees these chunks between: they become ready, and what is not of the first part waits again.
  await move(4, 0)
  await holdRest(run, { first, client })
  await move(0, 4)
  await client.query('update workflow_run set first_n = $2 where run_no = $1', [run.runNo, first])
  return run.runNo
}
