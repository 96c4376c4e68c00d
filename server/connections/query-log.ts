import type { Pool } from 'pg'
import type { Log } from '#runtime/sdk/index.ts'

/** Who asks: a step of a run or a preview, or somebody who looks at tables. */
export interface Asker {
  readonly purpose: 'run' | 'preview' | 'tables'
  readonly workflowId?: string | undefined
  readonly runId?: string | undefined
  readonly nodeId?: string | undefined
}

/** One statement that ended, without any of its values. */
export interface Asked extends Asker {
  readonly workspaceId: string
  readonly connectionId: string
  readonly statement: string
  /** `ok`, `stopped` (the reader wanted no more), or the code of an error; never its words, which may quote a value. */
  readonly status: string
  readonly ms: number
  readonly rows: number
  readonly slow: boolean
}

interface Line extends Asked {
  times: number
  totalMs: number
  longestMs: number
  allRows: number
  anySlow: boolean
  at: Date
}

const FLUSH_MS = 2_000
/** A run asks the same thousands of times: equal statements of one round are one line, and there are no more lines than this in a round. */
const MOST_LINES = 300
const MOST_CHARACTERS = 4_000
/** Lines that a connection keeps; they also go by age (retention). */
const KEPT = 2_000
/** Rounds between two looks for lines that are too many. */
const PRUNE_EVERY = 30

const INSERT = `
insert into connection_query (workspace_id, connection_id, at, purpose, workflow_id, run_id, node_id, statement, status, times, total_ms, longest_ms, rows, slow)
select l.* from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::int[], $11::float8[], $12::float8[], $13::bigint[], $14::boolean[])
  as l(workspace_id, connection_id, at, purpose, workflow_id, run_id, node_id, statement, status, times, total_ms, longest_ms, rows, slow)
where exists (select from connection c where c.workspace_id = l.workspace_id and c.id = l.connection_id)`

const PRUNE = `
delete from connection_query q using (
  select workspace_id, connection_id, (select id from connection_query o where o.workspace_id = c.workspace_id and o.connection_id = c.connection_id
    order by id desc offset ${KEPT} limit 1) as last
  from (select distinct workspace_id, connection_id from connection_query) c) k
where q.workspace_id = k.workspace_id and q.connection_id = k.connection_id and q.id <= k.last`

/** Collects what was asked and writes it every few seconds. It never keeps a query waiting, and its own failures are nobody's trouble. */
export class QueryLog {
  readonly #pool: Pick<Pool, 'query'>
  readonly #log: Log
  #lines = new Map<string, Line>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #rounds = 0

  constructor(pool: Pick<Pool, 'query'>, log: Log) {
    this.#pool = pool
    this.#log = log
  }

  add(asked: Asked): void {
    const statement = asked.statement.slice(0, MOST_CHARACTERS)
    const { workspaceId, connectionId, purpose, workflowId, runId, nodeId, status } = asked
    const key = JSON.stringify([workspaceId, connectionId, purpose, workflowId, runId, nodeId, status, statement])
    const line = this.#lines.get(key)
    if (!line && this.#lines.size >= MOST_LINES) return
    this.#lines.set(key, {
      ...asked,
      statement,
      at: new Date(),
      times: (line?.times ?? 0) + 1,
      totalMs: (line?.totalMs ?? 0) + asked.ms,
      longestMs: Math.max(line?.longestMs ?? 0, asked.ms),
      allRows: (line?.allRows ?? 0) + asked.rows,
      anySlow: (line?.anySlow ?? false) || asked.slow,
    })
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref()
  }

  /** Writes what was collected; settles when it is written. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const lines = [...this.#lines.values()]
    this.#lines = new Map()
    if (lines.length > 0) this.#writing = this.#writing.then(() => this.#write(lines))
    return this.#writing
  }

  async #write(lines: readonly Line[]): Promise<void> {
    const column = (pick: (line: Line) => unknown) => lines.map(pick)
    try {
      await this.#pool.query(INSERT, [
        column((line) => line.workspaceId),
        column((line) => line.connectionId),
        column((line) => line.at),
        column((line) => line.purpose),
        column((line) => line.workflowId ?? null),
        column((line) => line.runId ?? null),
        column((line) => line.nodeId ?? null),
        column((line) => line.statement),
        column((line) => line.status),
        column((line) => line.times),
        column((line) => line.totalMs),
        column((line) => line.longestMs),
        column((line) => line.allRows),
        column((line) => line.anySlow),
      ])
      if (++this.#rounds % PRUNE_EVERY === 0) await this.#pool.query(PRUNE)
    } catch (error) {
      this.#log.debug('queries could not be noted', { error: error instanceof Error ? error.message : String(error) })
    }
  }
}
