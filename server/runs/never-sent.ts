import type { Pool } from 'pg'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import type { NeverSentAt, RunSums } from './sums.ts'

/** Chunks that one look reads: some 50,000 messages, so that a page never waits long. What is left comes with the next look. */
const CHUNKS = 50
/** Runs whose counts are remembered. */
const KEPT = 200

const closed = `select node_no as "nodeNo", no from run_chunk where run_no = $1::bigint and state = 2 and failed > 0 order by node_no, no`

// What a message was at first: where it went from there is in the reports' counts. Chunk by chunk (the lateral part cannot be made a join),
// so that each walks its own stretch of the primary key.
const text = `
select k.node_no as "nodeNo", sum(c.expired)::int as expired, sum(c.cancelled)::int as cancelled
from unnest($2::smallint[], $3::int[]) d(node_no, no)
join run_chunk k on k.run_no = $1::bigint and k.node_no = d.node_no and k.no = d.no
cross join lateral (
  select count(*) filter (where f.first = ${messageStateNumber('expired')}) as expired,
    count(*) filter (where f.first = ${messageStateNumber('cancelled')}) as cancelled
  from (
    select coalesce((m.history->0->>0)::smallint, m.state) as first from messages m
    where m.run_no = $1 and m.node_no = k.node_no and m.seq between k.seq_from and k.seq_to and m.chunk_no = k.no) f) c
group by 1`

interface Known {
  readonly read: Set<string>
  readonly at: Map<number, NeverSentAt>
}

/**
 * Who was not sent to because the time was over, or because the run was cancelled: a chunk counts both as failed. Each closed chunk is read
 * once, and only where somebody failed in it; of a chunk that still goes on nothing is told apart.
 */
export class NeverSent {
  readonly #pool: Pick<Pool, 'query'>
  readonly #known = new Map<number, Known>()

  constructor(pool: Pick<Pool, 'query'>) {
    this.#pool = pool
  }

  /** By node. Empty where nobody failed. */
  async read(runNo: number, sums: Pick<RunSums, 'chunks'> | undefined): Promise<ReadonlyMap<number, NeverSentAt>> {
    if (!sums?.chunks.some(({ failed }) => failed > 0)) return new Map()
    const known = this.#remember(runNo)
    const { rows: there } = await this.#pool.query<{ nodeNo: number; no: number }>({
      name: 'never-sent-chunks',
      text: closed,
      values: [runNo],
    })
    const unread = there.filter(({ nodeNo, no }) => !known.read.has(`${nodeNo} ${no}`)).slice(0, CHUNKS)
    if (unread.length === 0) return known.at
    // Before the answer: two looks at once must not add the same chunk twice.
    for (const { nodeNo, no } of unread) known.read.add(`${nodeNo} ${no}`)
    try {
      await this.#add(runNo, known, unread)
    } catch (error) {
      for (const { nodeNo, no } of unread) known.read.delete(`${nodeNo} ${no}`)
      throw error
    }
    return known.at
  }

  async #add(runNo: number, known: Known, chunks: readonly { nodeNo: number; no: number }[]): Promise<void> {
    const { rows } = await this.#pool.query<NeverSentAt & { nodeNo: number }>({
      name: 'never-sent',
      text,
      values: [runNo, chunks.map(({ nodeNo }) => nodeNo), chunks.map(({ no }) => no)],
    })
    for (const { nodeNo, expired, cancelled } of rows) {
      const before = known.at.get(nodeNo)
      known.at.set(nodeNo, {
        expired: expired + (before?.expired ?? 0),
        cancelled: cancelled + (before?.cancelled ?? 0),
      })
    }
  }

  /** What is asked for again stays longest. */
  #remember(runNo: number): Known {
    const known = this.#known.get(runNo) ?? { read: new Set<string>(), at: new Map<number, NeverSentAt>() }
    this.#known.delete(runNo)
    this.#known.set(runNo, known)
    const oldest = this.#known.keys().next().value
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
    return known
  }
}
