import { AppError } from '#runtime/sdk/index.ts'

/** Rows that a query may give where the caller did not say how many it wants. An audience of any size is streamed. */
const MOST_ROWS = 100_000
/** Text that the result of one query may hold, in characters as they lie in memory. */
const MOST_MEGABYTES = 64
/** Rows of the first batch, before the width of a row is known. */
const FIRST_BATCH = 100
const BATCH = 1000
/** A batch should not be larger than this, in bytes. */
const BATCH_BYTES = 4 * 1024 * 1024
/** What a number, a null or a boolean takes, roughly. */
const SMALL = 8

export interface ResultLimits {
  readonly rows: number
  readonly megabytes: number
}

/**
 * Watches a result while it is read, so that a statement which gives too much ends with a sentence and not with the process. `maxRows` of
 * the caller is what it wants: the rest is left, silently; without it more than the limit is an error.
 */
export class ResultMeter {
  /** So many rows are to be asked of the database: one more than may be, where more would be an error. */
  readonly wanted: number
  readonly #limits: ResultLimits
  #rows = 0
  #bytes = 0

  constructor(maxRows: number | undefined, { rows = MOST_ROWS, megabytes = MOST_MEGABYTES }: Partial<ResultLimits> = {}) {
    const limits = { rows, megabytes }
    this.#limits = maxRows === undefined ? limits : { ...limits, rows: Math.max(0, Math.trunc(maxRows)) }
    this.wanted = maxRows === undefined ? limits.rows + 1 : this.#limits.rows
  }

  /** Rows to fetch next; 0: enough. The first batch is small, the next are as wide rows allow. */
  next(): number {
    const width = Math.max(1, this.#bytes / Math.max(1, this.#rows))
    const size = this.#rows === 0 ? FIRST_BATCH : Math.max(1, Math.min(BATCH, Math.floor(BATCH_BYTES / width)))
    return Math.min(size, this.wanted - this.#rows)
  }

  /** @throws AppError `result-too-long`, `result-too-large` */
  add(row: readonly unknown[]): void {
    this.#rows++
    for (const value of row) this.#bytes += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : SMALL
    const { rows, megabytes } = this.#limits
    if (this.#rows > rows) throw new AppError('result-too-long', { rows })
    if (this.#bytes > megabytes * 1024 * 1024) throw new AppError('result-too-large', { megabytes, rows: this.#rows })
  }
}
