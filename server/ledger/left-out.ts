import type { Pool, PoolClient } from 'pg'
import type { LeftOut } from '#runtime/run/ledger.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { numberArray, textArray } from './array-literal.ts'
import { encodeChunk } from './codec.ts'
import type { LedgerRun } from './ledger-run.ts'

const text = `
with ch as (
  insert into run_chunk (run_no, node_no, no, n, seq_from, seq_to, state, claimed, skipped, failed, rows, attempt)
  values ($1::bigint, $2::smallint, $3::int, $4::int, $5::int, $6::int, 2, $4, $7::int, $8::int, $9::bytea, $14::smallint) returning 1)
insert into messages (run_no, node_no, chunk_no, attempt, seq, address_hash, state, error_code, final_at)
select $1, $2, $3, $14, t.seq, t.hash, t.state, t.error_code, now()
from ch, unnest($10::int[], $11::bigint[], $12::smallint[], $13::text[]) t(seq, hash, state, error_code)`

/** People taken out by exclusion: a chunk that is closed from the start, with a message row each, so that they count and can be found. */
export async function insertLeftOut(
  run: LedgerRun,
  people: LeftOut,
  { client, no }: { client: Pool | PoolClient; no: number },
): Promise<void> {
  const { seqs } = people.rows
  const skipped = people.states.filter((state) => state === 'skipped').length
  const values = [
    run.runNo,
    people.nodeNo,
    no,
    seqs.length,
    seqs[0] ?? 0,
    seqs.at(-1) ?? 0,
    skipped,
    seqs.length - skipped,
    encodeChunk(run.key, { runNo: run.runNo, nodeNo: people.nodeNo, no }, people.rows),
    numberArray(seqs),
    numberArray(people.hashes),
    numberArray(people.states.map(messageStateNumber)),
    textArray(people.errorCodes),
    people.attempt,
  ]
  await client.query({ name: 'left-out', text, values })
}
