import type { PoolClient } from 'pg'
import { placeOf, type ChunkRows } from '#runtime/run/chunk.ts'
import { pickAnswers } from '#runtime/run/frozen-reads.ts'
import type { Answers, NewChunk } from '#runtime/run/ledger.ts'
import { AgainPacker } from '#runtime/run/pack-again.ts'
import { pickRows } from '#runtime/run/pick-rows.ts'
import { decodeAnswers, decodeChunk } from './codec.ts'
import type { LedgerRun } from './ledger-run.ts'
import { moveMessages, type ChunkMessages } from './move-messages.ts'
import { encodeChunks, insertChunks } from './new-chunks.ts'

type Client = PoolClient

export interface SendAgain {
  /** States (numbers) in which the messages must still be. */
  readonly from: readonly number[]
  readonly actor: string
  /** The run is paused: the new chunks wait with it. */
  readonly held: boolean
  /** Of the new chunks; without it, they are what a person wished to be sent again. */
  readonly kind?: number
}

/** So many new chunks are written at once; each is some 20 kB. */
const AT_ONCE = 50

/**
 * Sends messages again, in the caller's transaction: each becomes `errored`, and its row, with the values and answers that are frozen beside
 * it, goes into a new chunk as the next attempt. Messages that somebody moved meanwhile, and people who were erased, are left as they are.
 * @returns how many go again
 */
export async function sendAgain(
  client: Client,
  run: LedgerRun,
  { groups, how }: { groups: readonly ChunkMessages[]; how: SendAgain },
): Promise<number> {
  const packer = new AgainPacker(how.kind)
  const writer = new Writer(client, run)
  let count = 0
  for (const group of groups) {
    const chunk = await readChunk(client, run, group)
    const there = group.seqs.filter((seq) => isThere(chunk.rows, placeOf(chunk.rows.seqs, seq)))
    const moved = await moveMessages(
      client,
      { ...group, seqs: there },
      { runNo: run.runNo, from: how.from, to: 'errored', actor: how.actor },
    )
    const places = moved.map((seq) => placeOf(chunk.rows.seqs, seq))
    count += places.length
    packer.add({
      nodeNo: group.nodeNo,
      attempt: group.attempt + 1,
      rows: pickRows(chunk.rows, places),
      answers: pickAnswers(chunk.answers, places),
      held: how.held,
    })
    await writer.add(packer.take({ rest: false }))
  }
  await writer.add(packer.take({ rest: true }))
  await writer.end()
  return count
}

/** Writes new chunks some at a time. */
export class Writer {
  readonly #client: Client
  readonly #run: LedgerRun
  readonly #waiting: NewChunk[] = []

  constructor(client: Client, run: LedgerRun) {
    this.#client = client
    this.#run = run
  }

  async add(chunks: readonly NewChunk[]): Promise<void> {
    this.#waiting.push(...chunks)
    if (this.#waiting.length >= AT_ONCE) await this.end()
  }

  async end(): Promise<void> {
    const chunks = this.#waiting.splice(0)
    if (chunks.length === 0) return
    const arrays = await encodeChunks(this.#run, chunks, this.#client)
    await this.#client.query(`with ch as (select 1), ${insertChunks(2, 'ch')} select 1 from ch where $1::bigint is not null`, [
      this.#run.runNo,
      ...arrays,
    ])
  }
}

/** A person who was erased has a place in the chunk, and nothing in it. */
function isThere({ names, columns }: ChunkRows, place: number): boolean {
  return place >= 0 && (names.length === 0 || columns.some((column) => (column[place] ?? null) !== null))
}

/**
 * One chunk of a run with what is frozen beside it. Until the transaction ends nobody takes a person out of it: who erases (erase-rows.ts)
 * comes before, and is seen here, or after.
 */
export async function readChunk(
  client: Pick<PoolClient, 'query'>,
  run: Pick<LedgerRun, 'runNo' | 'key'>,
  { nodeNo, chunkNo: no }: Pick<ChunkMessages, 'nodeNo' | 'chunkNo'>,
): Promise<{ kind: number; rows: ChunkRows; answers: Answers | null }> {
  const { rows } = await client.query<{ kind: number; rows: Buffer; answers: Buffer | null }>(
    `select k.kind, k.rows, a.answers from run_chunk k
     left join run_answers a on a.run_no = $1 and (a.node_no, a.chunk_no) = (k.node_no, k.no)
     where k.run_no = $1 and k.node_no = $2 and k.no = $3 for share of k`,
    [run.runNo, nodeNo, no],
  )
  const row = rows[0]
  if (!row) throw new Error(`Chunk ${no} of node ${nodeNo} is gone`)
  const place = { runNo: run.runNo, nodeNo, no }
  return {
    kind: row.kind,
    rows: decodeChunk(run.key, place, row.rows),
    answers: row.answers && decodeAnswers(run.key, place, row.answers),
  }
}
