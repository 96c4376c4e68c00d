import type { QueryResult } from '#runtime/sdk/index.ts'

/** All results of one process together, and one of them; what is larger is asked each time. */
const MOST_BYTES = 32 * 1024 * 1024
const MOST_BYTES_EACH = 4 * 1024 * 1024
/** What a number, a null or a boolean takes, roughly; a letter takes two. */
const SMALL = 8
/** What an entry takes besides its values. */
const FRAME = 300

/** Which question to which edition of a connection. Another edition is another question: what was kept of the old one is let go. */
export interface ResultKey {
  /** Workspace and id. */
  readonly connection: string
  readonly edition: string
  /** Statement, bound values, rows wanted, as one hash. */
  readonly question: string
}

interface Entry extends ResultKey {
  readonly result: QueryResult
  readonly bytes: number
  /** Both in ms since 1970. */
  readonly at: number
  readonly until: number
}

/** What is kept of one connection, in this process. */
export interface HeldResults {
  readonly entries: number
  readonly bytes: number
  /** When the oldest was asked, ms since 1970; null: there is none. */
  readonly oldest: number | null
}

/**
 * Results of queries, in memory only: they are people's data. Bounded in bytes, the ones not wanted for longest go first; what is too old
 * leaves the memory by itself.
 */
export class ResultCache {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number
  readonly #mostBytes: number
  #bytes = 0
  #timer: NodeJS.Timeout | undefined

  constructor({ now = Date.now, mostBytes = MOST_BYTES }: { now?: () => number; mostBytes?: number } = {}) {
    this.#now = now
    this.#mostBytes = mostBytes
  }

  /** How many there are, of all connections. */
  get size(): number {
    return this.#entries.size
  }

  get(key: ResultKey): { readonly result: QueryResult; readonly at: number } | null {
    const entry = this.#entries.get(nameOf(key))
    if (!entry) return null
    if (entry.edition !== key.edition || entry.until <= this.#now()) {
      this.#drop(nameOf(key), entry)
      return null
    }
    // Wanted again: the last to go.
    this.#entries.delete(nameOf(key))
    this.#entries.set(nameOf(key), entry)
    return entry
  }

  /** `keepMs`: how old it may become. */
  put(key: ResultKey, result: QueryResult, keepMs: number): void {
    const bytes = sizeOf(key, result)
    const old = this.#entries.get(nameOf(key))
    if (old) this.#drop(nameOf(key), old)
    if (bytes > Math.min(MOST_BYTES_EACH, this.#mostBytes)) return
    const at = this.#now()
    this.#entries.set(nameOf(key), { ...key, result, bytes, at, until: at + keepMs })
    this.#bytes += bytes
    for (const [name, entry] of this.#entries) {
      if (this.#bytes <= this.#mostBytes) break
      this.#drop(name, entry)
    }
    this.#watch()
  }

  /** What there is of a connection's edition; of others nothing is kept from now on. */
  held(connection: string, edition: string): HeldResults {
    this.#dropOld()
    let [entries, bytes] = [0, 0]
    let oldest: number | null = null
    for (const [name, entry] of this.#entries) {
      if (entry.connection !== connection) continue
      if (entry.edition !== edition) {
        this.#drop(name, entry)
        continue
      }
      entries++
      bytes += entry.bytes
      oldest = Math.min(oldest ?? entry.at, entry.at)
    }
    return { entries, bytes, oldest }
  }

  /** Lets go of all of a connection. */
  empty(connection: string): void {
    for (const [name, entry] of this.#entries) if (entry.connection === connection) this.#drop(name, entry)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#entries.clear()
    this.#bytes = 0
  }

  #drop(name: string, entry: Entry): void {
    if (this.#entries.delete(name)) this.#bytes -= entry.bytes
  }

  #dropOld(): void {
    const now = this.#now()
    for (const [name, entry] of this.#entries) if (entry.until <= now) this.#drop(name, entry)
  }

  /** Nobody may ask again: what is too old goes at its time all the same. */
  #watch(): void {
    if (this.#timer || this.#entries.size === 0) return
    const first = Math.min(...[...this.#entries.values()].map(({ until }) => until))
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#dropOld()
        this.#watch()
      },
      Math.max(1_000, first - this.#now()),
    ).unref()
  }
}

const nameOf = ({ connection, question }: ResultKey): string => JSON.stringify([connection, question])

function sizeOf(key: ResultKey, { columns, rows }: QueryResult): number {
  let bytes = FRAME + 2 * (key.question.length + JSON.stringify(columns).length)
  for (const row of rows) {
    for (const value of row) {
      if (typeof value === 'string') bytes += SMALL + 2 * value.length
      else bytes += typeof value === 'object' && value !== null ? 2 * JSON.stringify(value).length : SMALL
    }
  }
  return bytes
}
