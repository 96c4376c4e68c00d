import type { Pool } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { crashPoint } from '#runtime/crash-point.ts'
import { portNumber } from '#runtime/run/ports.ts'
import { ChunkBuilder } from '#runtime/run/chunk-builder.ts'
import type { Item } from '#runtime/run/chunk.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { isDatabaseDown } from '#server/database/is-down.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { append, type Append } from './append.ts'
import type { ChunkNumbers } from './chunk-numbers.ts'
import type { IntakeClock } from './intake-clock.ts'
import { monthName, TAKING_STATES } from './open-run.ts'
import { nameOf, readTakenKeys, type ParcelKey } from './taken-keys.ts'
import type { Waker } from './waker.ts'

/** Rows that belong together: they come in one commit and get consecutive numbers. At most 1,000, of one shape. */
export interface Parcel {
  readonly items: readonly Item[]
  readonly key: ParcelKey | null
}

/** Where a parcel lies. */
export interface Placed {
  readonly runId: string
  readonly runNo: number
  /** Number of its first row. */
  readonly seq: number
}

export interface InletDeps {
  readonly pool: Pool
  readonly numbers: ChunkNumbers
  readonly waker: Pick<Waker, 'wake'>
  readonly clock: Pick<IntakeClock, 'now' | 'told'>
  /** Finds or makes the run that takes the rows now. */
  open(): Promise<OpenRun>
}

/** Rows wait so long for others, ms. */
const GATHER_MS = 8
const MOST_ROWS = 1000
/** More rows than this waiting: the database does not keep up, and whoever sends should slow down. */
const MOST_WAITING = 20_000
/** So often a commit whose answer got lost is looked after before the sender is told that it is not certain. */
const ATTEMPTS = 6

interface Waiting {
  readonly parcel: Parcel
  readonly resolve: (placed: Placed) => void
  readonly reject: (error: unknown) => void
}

/** The run that takes the rows, and the numbers that it has given. */
interface Current {
  readonly run: OpenRun
  total: number
  readonly month: string
}

/** What one commit carries: fixed before it is tried, so that trying again can never do it twice. */
type Load = Append

/** The way into one open run: gathers what comes within a few milliseconds, and commits it together. */
export class Inlet {
  readonly #deps: InletDeps
  #waiting: Waiting[] = []
  #rows = 0
  #working: Promise<void> | null = null
  #current: Current | null = null

  constructor(deps: InletDeps) {
    this.#deps = deps
  }

  /** Resolves after the commit. @throws AppError `intake-full`, `intake-uncertain`; what the database says */
  put(parcel: Parcel): Promise<Placed> {
    if (this.#rows + parcel.items.length > MOST_WAITING)
      return Promise.reject(new AppError('intake-full', {}, { retryAfterMs: 1000 }))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ parcel, resolve, reject })
      this.#rows += parcel.items.length
      this.#working ??= this.#work()
    })
  }

  /** Waits for what came in. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#rows < MOST_ROWS) await sleep(GATHER_MS)
      const batch = this.#takeBatch()
      try {
        await this.#commit(batch)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#working = null
  }

  #takeBatch(): Waiting[] {
    let rows = 0
    let count = 0
    for (const { parcel } of this.#waiting) {
      if (count > 0 && rows + parcel.items.length > MOST_ROWS) break
      rows += parcel.items.length
      count++
    }
    this.#rows -= rows
    return this.#waiting.splice(0, count)
  }

  /** One statement, tried until it is certain what came of it. */
  async #commit(given: readonly Waiting[]): Promise<void> {
    let batch = given
    let load: Load | null = null
    for (let failures = 0; batch.length > 0;) {
      try {
        load ??= await this.#load(batch)
        crashPoint('before-taking')
        crashPoint('mid-taking', 1)
        const committed = await append(this.#deps.pool, load)
        if (committed !== null) this.#deps.clock.told(committed)
        if (committed !== null || (failures > 0 && (await this.#isThere(load)))) {
          crashPoint('after-taking')
          return this.#settle(batch, load)
        }
        // Other numbers were given meanwhile, so this load can never be committed any more; or the run takes no more rows.
        load = null
        await this.#refresh()
      } catch (error) {
        if (isKeyTaken(error) && load) {
          batch = await this.#withoutTaken(batch, load.workspaceId)
          load = null
        } else if (!isDatabaseDown(error) || load === null) throw error
        else if (++failures >= ATTEMPTS) throw new AppError('intake-uncertain', {}, { cause: error, retryAfterMs: 2000 })
        else await sleep(100 * 2 ** failures)
      }
    }
  }

  async #load(batch: readonly Waiting[]): Promise<Load> {
    const { run, total } = await this.#open()
    const trigger = run.plan.nodes[run.plan.trigger]
    const [port = 'start'] = Object.keys(trigger?.type.ports.out ?? {})
    if (!trigger) throw new Error(`The plan of run ${run.runId} has no trigger`)
    const stages = [...new Set(run.plan.audience.outlets.map(({ stage }) => stage))]
    const builder = new ChunkBuilder(MOST_ROWS + 1)
    let seq = total
    const keys = batch.flatMap(({ parcel }) => {
      const first = seq + 1
      const numbers = parcel.items.map(() => ++seq)
      if (builder.add(parcel.items, numbers).length > 0) throw new Error('Rows of one run must have the same columns')
      return parcel.key ? [{ ...parcel.key, seq: first, n: parcel.items.length }] : []
    })
    const rows = builder.rest()
    if (!rows) throw new Error('Nothing was to be taken in')
    return {
      runId: run.runId,
      runNo: run.runNo,
      workspaceId: run.workspaceId,
      key: run.key,
      from: { nodeNo: trigger.no, port: portNumber(trigger.type, port) },
      stages,
      total,
      rows,
      chunkNos: await this.#deps.numbers.next(stages.length),
      keys,
    }
  }

  #settle(batch: readonly Waiting[], load: Load): void {
    if (this.#current) this.#current.total = load.total + load.rows.seqs.length
    let seq = load.total + 1
    for (const { parcel, resolve } of batch) {
      resolve({ runId: load.runId, runNo: load.runNo, seq })
      seq += parcel.items.length
    }
    for (const stage of load.stages) this.#deps.waker.wake(load.runId, stage)
  }

  async #open(): Promise<Current> {
    const month = monthName(await this.#deps.clock.now())
    if (this.#current?.month === month) return this.#current
    const run = await this.#deps.open()
    this.#current = { run, total: 0, month }
    await this.#refresh()
    if (!this.#current) throw new AppError('intake-full', {}, { retryAfterMs: 1000 })
    return this.#current
  }

  /** The numbers that the run has given; a run that takes no more rows is let go. */
  async #refresh(): Promise<void> {
    if (!this.#current) return
    const { rows } = await this.#deps.pool.query<{ total: number }>(
      `select total from workflow_run where run_no = $1 and rows_closed_at is null and not cancel_requested and state = any($2)`,
      [this.#current.run.runNo, TAKING_STATES],
    )
    if (rows[0]) this.#current.total = rows[0].total
    else this.#current = null
  }

  /** Did a statement whose answer got lost do its work? */
  async #isThere({ runNo, stages, chunkNos }: Load): Promise<boolean> {
    const { rowCount } = await this.#deps.pool.query('select 1 from run_chunk where run_no = $1 and node_no = $2 and no = $3', [
      runNo,
      stages[0],
      chunkNos[0],
    ])
    return rowCount === 1
  }

  /** Another process took some of the keys in the same moment: what came with them lies there. */
  async #withoutTaken(batch: readonly Waiting[], workspaceId: string): Promise<readonly Waiting[]> {
    const keys = batch.flatMap(({ parcel }) => (parcel.key ? [parcel.key] : []))
    const taken = await readTakenKeys(this.#deps.pool, workspaceId, keys)
    return batch.filter(({ parcel, resolve, reject }) => {
      const found = parcel.key && taken.get(nameOf(parcel.key))
      if (!found) return true
      if (found.same) resolve(found)
      else reject(new AppError('idempotency-key-reused', {}))
      return false
    })
  }
}

function isKeyTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505' && 'table' in error && error.table === 'taken_key'
}
