import type { TakenChunk } from '#runtime/run/ledger.ts'
import type { LedgerRun } from './ledger-run.ts'

const text = `
update run_chunk set state = 0, owner = null, claimed = $5::int, doubt = $7::smallint,
  ready_at = case when $6::int > 0 then now() + $6::int * interval '1 ms' else ready_at end
where run_no = $1::bigint and node_no = $2::smallint and no = $3::int and epoch = $4::int and state = 1`

const doubts = { none: 0, dead: 1, asleep: 2 } as const

/** Hands a chunk back under its epoch: the sweep takes only from others. Nothing happens when somebody else has it. */
export async function giveChunkBack(
  run: LedgerRun,
  chunk: TakenChunk,
  options: { claimed: number; readyInMs: number; doubt: TakenChunk['doubt'] },
): Promise<void> {
  const values = [run.runNo, chunk.nodeNo, chunk.no, chunk.epoch, options.claimed, options.readyInMs, doubts[options.doubt]]
  await run.pool.query({ name: 'give-back', text, values })
}
