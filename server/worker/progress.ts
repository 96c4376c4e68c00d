import type { Pool } from 'pg'
import type { Log } from '#runtime/sdk/index.ts'

/** At most four times a second. */
const EVERY_MS = 250

interface Counts {
  runId: string
  sent: number
  failed: number
}

/**
 * What this worker did, in its own row a node, and a notification that something changed. One timer a worker: lanes only add.
 * The truth is the chunks' counters; this is what makes pages move.
 */
export class Progress {
  readonly #pool: Pool
  readonly #worker: number
  readonly #log: Log
  readonly #dirty = new Map<string, Counts>()
  readonly #timer: NodeJS.Timeout
  #writing: Promise<void> = Promise.resolve()

  constructor(deps: { pool: Pool; worker: number; log: Log }) {
    this.#pool = deps.pool
    this.#worker = deps.worker
    this.#log = deps.log
    this.#timer = setInterval(() => void this.flush(), EVERY_MS)
  }

  add(run: { runId: string; runNo: number }, nodeNo: number, counts: { sent: number; failed: number }): void {
    const key = `${run.runNo} ${nodeNo}`
    const before = this.#dirty.get(key) ?? { runId: run.runId, sent: 0, failed: 0 }
    this.#dirty.set(key, { runId: run.runId, sent: before.sent + counts.sent, failed: before.failed + counts.failed })
  }

  flush(): Promise<void> {
    this.#writing = this.#writing
      .then(() => this.#write())
      .catch((error: unknown) => this.#log.warn('Progress could not be written', { detail: String(error) }))
    return this.#writing
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  async #write(): Promise<void> {
    if (this.#dirty.size === 0) return
    const entries = [...this.#dirty].map(([key, counts]) => ({
      runNo: key.split(' ')[0] ?? '',
      nodeNo: Number(key.split(' ')[1]),
      ...counts,
    }))
    this.#dirty.clear()
    await this.#pool.query(
      `with counted as (
         insert into run_progress (run_no, worker, node_no, sent, failed)
         select t.run_no, $1, t.node_no, t.sent, t.failed from unnest($2::bigint[], $3::smallint[], $4::int[], $5::int[]) t(run_no, node_no, sent, failed)
         on conflict (run_no, worker, node_no) do update set sent = run_progress.sent + excluded.sent, failed = run_progress.failed + excluded.failed)
       select pg_notify('alimflow_run', id) from unnest($6::text[]) id`,
      [
        this.#worker,
        entries.map((e) => e.runNo),
        entries.map((e) => e.nodeNo),
        entries.map((e) => e.sent),
        entries.map((e) => e.failed),
        [...new Set(entries.map((e) => e.runId))],
      ],
    )
  }
}
