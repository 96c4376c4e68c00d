import type { Pool } from 'pg'
import { AppError, type Clock } from '#runtime/sdk/index.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import { expiresAtOf } from './expires-at.ts'
import type { KnownRuns } from './known-runs.ts'
import type { RunRow } from './run-row.ts'

/**
 * A paused run whose messages are over their time does not go on without a word about them: to drop everybody who waits, and to send old
 * news, are both what nobody expects of "go on". @throws AppError `run-overdue`
 */
export async function refuseOverdue(
  deps: { readonly pool: Pool; readonly known: Pick<KnownRuns, 'get'>; readonly clock: Clock },
  row: Parameters<typeof expiresAtOf>[1] & Pick<RunRow, 'id' | 'cancel_requested'>,
): Promise<void> {
  if (runStateOf(row.state) !== 'paused' || row.cancel_requested) return
  const at = await expiresAtOf(deps.pool, row, (await deps.known.get(row.id))?.plan ?? null)
  if (at !== null && new Date(at) <= deps.clock.now()) throw new AppError('run-overdue', { at })
}
