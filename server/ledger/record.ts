import type { RecordAnswer, SliceRecord, TakenChunk } from '#runtime/run/ledger.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { int2Array, int4Array, int8Array, textArray } from './array-binary.ts'
import { keepCall, keepCalls } from './calls.ts'
import type { LedgerRun } from './ledger-run.ts'
import { encodeChunks, insertChunks } from './new-chunks.ts'
import { tally } from './tally.ts'

const n = messageStateNumber
const whileSent = [n('sent'), n('unconfirmed'), n('errored')].join(', ')
const atTheEnd = [n('failed'), n('skipped'), n('expired'), n('cancelled')].join(', ')

// One statement, one commit. What is in doubt stays so until its last row is
// recorded: its owner may only sleep. Everything is inserted *from* the update's returning: a fenced-out worker's rows never get in.
const core = `
with ch as (
  update run_chunk set claimed = greatest(claimed, $5::int), sent = sent + $6::int, failed = failed + $7::int,
    unconfirmed = unconfirmed + $8::int, skipped = skipped + $9::int, moved = moved + $10::int, state = $11::smallint,
    owner = case when $11::smallint = 1 then owner end,
    doubt = case when sent + failed + unconfirmed + skipped + moved + $6::int + $7::int + $8::int + $9::int + $10::int < claimed then doubt else 0 end,
    send_deadline = now() + $12::int * interval '1 ms'
  where run_no = $1::bigint and node_no = $2::smallint and no = $3::int and epoch = $4::int and state = 1 returning kind),
ins as (
  insert into messages (run_no, node_no, chunk_no, attempt, kind, state, seq, address_hash, provider_id, error_code, cost, sent_at, final_at)
  select $1, $2, $3, $13::smallint, ch.kind, t.state, t.seq, t.hash, t.provider_id, t.error_code, t.cost,
    case when t.state in (${whileSent}) then now() end, case when t.state in (${atTheEnd}) then now() end
  from ch, unnest($14::int[], $15::bigint[], $16::smallint[], $17::text[], $18::text[], $19::int[]) t(seq, hash, state, provider_id, error_code, cost))`

const counts = (first: number) => `
counted as (
  insert into run_node (run_no, node_no, port, worker, rows)
  select $1, t.node_no, t.port, $${first}::int, t.rows from ch, unnest($${first + 1}::smallint[], $${first + 2}::smallint[], $${first + 3}::bigint[]) t(node_no, port, rows)
  on conflict (run_no, node_no, port, worker) do update set rows = run_node.rows + excluded.rows)`

const reads = (first: number) => `
asked as (
  insert into run_read (run_no, node_no, worker, statements, database_ms, ambiguous)
  select $1, t.node_no, $${first}::int, t.statements, t.ms, t.ambiguous from ch, unnest($${first + 1}::smallint[], $${first + 2}::bigint[], $${first + 3}::float8[], $${first + 4}::bigint[]) t(node_no, statements, ms, ambiguous)
  on conflict (run_no, node_no, worker) do update set statements = run_read.statements + excluded.statements, database_ms = run_read.database_ms + excluded.database_ms,
    ambiguous = run_read.ambiguous + excluded.ambiguous)`

const answer = `
select coalesce((select r.cancel_requested or r.state <> ${runStateNumber('sending')} from workflow_run r where r.run_no = $1), true) as stop from ch`

/** Pieces are added only where a slice has such facts: the common statement stays small, and each form is prepared once. */
class Statement {
  readonly parts: string[] = [core]
  readonly values: unknown[]
  name = 'record'

  constructor(values: unknown[]) {
    this.values = values
  }

  add(name: string, part: (first: number) => string, values: readonly unknown[]): void {
    this.name += `-${name}`
    this.parts.push(part(this.values.length + 1))
    this.values.push(...values)
  }
}

function coreValues(
  run: LedgerRun,
  chunk: TakenChunk,
  { record, windowMs }: { record: SliceRecord; windowMs: number },
): unknown[] {
  const { results, from, to } = record
  const sums = tally(results)
  return [
    run.runNo,
    chunk.nodeNo,
    chunk.no,
    chunk.epoch,
    record.next,
    sums.sent,
    sums.failed,
    sums.unconfirmed,
    sums.skipped,
    sums.moved,
    to >= chunk.n ? 2 : 1,
    windowMs,
    chunk.attempt,
    int4Array(chunk.rows.seqs.slice(from, to)),
    int8Array(results.hashes),
    int2Array(results.states.map(n)),
    textArray(results.providerIds),
    textArray(results.errorCodes),
    int4Array(results.costs),
  ]
}

/** Writes what became of a slice, and what follows from it, if the chunk is still ours. `windowMs`: how long the next slice is. */
export async function recordSlice(
  run: LedgerRun,
  chunk: TakenChunk,
  options: { record: SliceRecord; windowMs: number },
): Promise<RecordAnswer> {
  const { record } = options
  const statement = new Statement(coreValues(run, chunk, options))
  if (record.call) {
    const { handle, accepted, bodyHash, pollInMs, closesInMs } = record.call
    statement.add('call', keepCall, [record.from, handle, accepted, bodyHash, pollInMs, closesInMs])
  }
  if (record.calls && record.calls.length > 0)
    statement.add('calls', keepCalls, [
      record.calls.map((one) => one.from),
      record.calls.map((one) => one.handle),
      record.calls.map((one) => one.accepted),
      record.calls.map((one) => Buffer.from(one.bodyHash).toString('hex')),
      record.calls.map((one) => one.pollInMs),
      record.calls.map((one) => one.closesInMs),
    ])
  if (record.counts.length > 0)
    statement.add('counts', counts, [
      run.worker,
      record.counts.map((count) => count.nodeNo),
      record.counts.map((count) => count.port),
      record.counts.map((count) => count.rows),
    ])
  if (record.reads.length > 0)
    statement.add('reads', reads, [
      run.worker,
      record.reads.map((read) => read.nodeNo),
      record.reads.map((read) => read.statements),
      record.reads.map((read) => read.databaseMs),
      record.reads.map((read) => read.ambiguous),
    ])
  if (record.chunks.length > 0)
    statement.add('chunks', (first) => insertChunks(first, 'ch'), await encodeChunks(run, record.chunks))
  const { rows } = await run.pool.query<{ stop: boolean }>({
    name: statement.name,
    text: statement.parts.join(',') + answer,
    values: statement.values,
  })
  const row = rows[0]
  if (!row) return 'fenced'
  return row.stop ? 'stop' : 'recorded'
}
