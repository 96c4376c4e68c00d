import type { TakenChunk } from '#runtime/run/ledger.ts'
import type { SendRun } from './ledger-run.ts'
import { sayNotCalled } from './not-called.ts'
import { untilJudged } from './until-judged.ts'

// Also a chunk that the sweep freed from us and that nobody took since: what we say of it is truer than what the sweep had to suppose.
const text = `
update run_chunk set state = case when state = 1 then 0 else state end, owner = null, claimed = $5::int, doubt = $7::smallint,
  ready_at = case when $6::int > 0 then now() + $6::int * interval '1 ms' when epoch = $4::int then ready_at else now() end
where run_no = $1::bigint and node_no = $2::smallint and no = $3::int
  and ((epoch = $4::int and state = 1) or (freed_epoch = $4::int and epoch = $4::int + 1 and state in (0, 3)))`

const doubts = { none: 0, dead: 1, asleep: 2 } as const

/**
 * Hands a chunk back under its epoch: the sweep takes only from others. Where somebody else has it, what he could only call unconfirmed of
 * the rows that were certainly not called is sent after all (not-called.ts); nothing else happens.
 */
export async function giveChunkBack(
  run: SendRun,
  chunk: TakenChunk,
  options: { claimed: number; readyInMs: number; doubt: TakenChunk['doubt'] },
): Promise<void> {
  const values = [run.runNo, chunk.nodeNo, chunk.no, chunk.epoch, options.claimed, options.readyInMs, doubts[options.doubt]]
  await untilJudged(async () => {
    const { rowCount } = await run.pool.query({ name: 'give-back', text, values })
    return rowCount === 1 || sayNotCalled(run, chunk, options.claimed)
  }, run.judgement)
}
