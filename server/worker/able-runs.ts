import type { Pool } from 'pg'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { LIVING } from '#server/ledger/alive.ts'
import { missingTypes, type NodeTypesNeeded } from './abilities.ts'

/** As long as a worker may need to start after another one: nobody is alarmed before. */
const PATIENCE_MS = 15_000
const KEPT = 5_000

interface AbleDeps {
  readonly pool: Pool
  readonly log: Log
  readonly abilities: readonly string[]
  /** For tests: how long another worker is waited for, ms. */
  readonly patienceMs?: number
}

interface SeenRun {
  readonly id: string
  /** Is it written on the run that nobody can do it? */
  readonly blocked: boolean
}

/**
 * Which open runs this worker can do: those whose node types, and files of plugins, it has. A run that no living worker can do says so in
 * `workflow_run.blocked`, and goes on by itself as soon as one comes that can.
 */
export class AbleRuns {
  readonly #deps: AbleDeps
  /** What is missing here, by run. */
  readonly #missing = new Map<string, readonly string[]>()
  readonly #unableSince = new Map<string, number>()

  constructor(deps: AbleDeps) {
    this.#deps = deps
  }

  /** False also for a run that was not learnt yet. */
  can(runId: string): boolean {
    return this.#missing.get(runId)?.length === 0
  }

  /** Asks the tables where the run is new to us: for a job that comes before the next look. */
  async canNow(runId: string): Promise<boolean> {
    if (!this.#missing.has(runId)) await this.#read([runId])
    return this.can(runId)
  }

  /** Looks at the runs that are open now. */
  async learn(rows: readonly SeenRun[]): Promise<void> {
    if (this.#missing.size + rows.length > KEPT) this.#missing.clear()
    await this.#read(rows.filter(({ id }) => !this.#missing.has(id)).map(({ id }) => id))
    for (const row of rows) {
      if (!this.can(row.id)) await this.#tellIfNobodyCan(row)
      else if (row.blocked) await this.#write(row.id, null)
    }
    const open = new Set(rows.map(({ id }) => id))
    for (const id of this.#unableSince.keys()) if (!open.has(id)) this.#unableSince.delete(id)
  }

  async #read(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const { rows } = await this.#deps.pool.query<{ id: string; needed: NodeTypesNeeded | null }>(
      `select id, pinned -> 'nodeTypes' as needed from workflow_run where id = any($1)`,
      [ids],
    )
    for (const { id, needed } of rows) this.#missing.set(id, missingTypes(needed ?? {}, this.#deps.abilities))
  }

  async #tellIfNobodyCan({ id, blocked }: SeenRun): Promise<void> {
    const since = this.#unableSince.get(id) ?? performance.now()
    this.#unableSince.set(id, since)
    if (blocked || performance.now() - since < (this.#deps.patienceMs ?? PATIENCE_MS)) return
    const { pool, log } = this.#deps
    const { rows } = await pool.query<{ node_types: string[] }>(`select node_types from worker where no = any(${LIVING})`)
    const { rows: runs } = await pool.query<{ needed: NodeTypesNeeded | null }>(
      `select pinned -> 'nodeTypes' as needed from workflow_run where id = $1`,
      [id],
    )
    const needed = runs[0]?.needed ?? {}
    if (rows.some(({ node_types }) => missingTypes(needed, node_types).length === 0)) return
    const types = (this.#missing.get(id) ?? []).join(', ')
    log.warn('No worker has the node types that a run needs', { runId: id, types })
    await this.#write(id, new AppError('no-worker-for-run', { types }))
  }

  async #write(runId: string, why: AppError | null): Promise<void> {
    await this.#deps.pool.query(
      `with told as (update workflow_run set blocked = $2 where id = $1 and (blocked is null) <> ($2::json is null) returning id)
       select pg_notify('alimflow_run', id::text) from told`,
      [runId, why && JSON.stringify(why.toJSON())],
    )
  }
}
