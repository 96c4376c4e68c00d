import type { Answers, TakenChunk } from '#runtime/run/ledger.ts'
import { encodeAnswers } from './codec.ts'
import type { LedgerRun } from './ledger-run.ts'

const claim = `
with ch as (
  update run_chunk set claimed = greatest(claimed, $5::int), send_deadline = now() + $6::int * interval '1 ms'
  where run_no = $1::bigint and node_no = $2::smallint and no = $3::int and epoch = $4::int and state = 1 returning 1)`
const claimOnly = `${claim} select 1 from ch`
const claimAndFreeze = `${claim} insert into run_answers (run_no, node_no, chunk_no, answers)
  select $1, $2, $3, $7::bytea from ch returning 1`

/** Answers and first claim in one commit; without answers (somebody froze them before) the claim alone. Null: fenced out. */
export async function freezeAnswers(
  run: LedgerRun,
  chunk: TakenChunk,
  options: { answers: Answers | null; claim: number; windowMs: number },
): Promise<TakenChunk | null> {
  const asked = performance.now()
  const values: unknown[] = [run.runNo, chunk.nodeNo, chunk.no, chunk.epoch, options.claim, options.windowMs]
  const place = { runNo: run.runNo, nodeNo: chunk.nodeNo, no: chunk.no }
  const { rowCount } = options.answers
    ? await run.pool.query({
        name: 'freeze',
        text: claimAndFreeze,
        values: [...values, encodeAnswers(run.key, place, options.answers)],
      })
    : await run.pool.query({ name: 'claim', text: claimOnly, values })
  if (!rowCount) return null
  return { ...chunk, claimed: options.claim, deadline: asked + options.windowMs, answers: options.answers ?? chunk.answers }
}
