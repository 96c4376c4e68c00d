import type { PoolClient } from 'pg'
import Cursor from 'pg-cursor'
import type { Column } from '#schemas/column.ts'
import { AppError, type QueryOptions, type RowStream, type Value } from '#runtime/sdk/index.ts'
import { Loss } from '../loss.ts'
import { watchSilence } from '../silence.ts'
import { isLost } from './errors.ts'
import { readersOf } from './values.ts'

interface Source {
  open(): Promise<PoolClient>
  readonly text: string
  readonly values: readonly (string | null)[]
  readonly columns: readonly Column[]
  failed(error: unknown): AppError
  cancel(pid: number): Promise<void>
  readonly options: QueryOptions & { batchSize?: number }
}

type Texts = (string | null)[]
type Cells = readonly (readonly Value[])[]

/** The parser of the guard reads backslashes as the standard says: so must the server, whatever was set for it or for the account. */
export const QUOTING = 'set local standard_conforming_strings = on'

const asText = { getTypeParser: () => (value: string | null) => value }

class Reader {
  readonly #cursor: Cursor<Texts>
  readonly #size: number
  #readers: ReturnType<typeof readersOf> | null = null

  constructor(cursor: Cursor<Texts>, size: number) {
    this.#cursor = cursor
    this.#size = size
  }

  /** The next batch; empty at the end of the result. */
  async next(): Promise<Cells> {
    const { rows, fields } = await new Promise<{ rows: Texts[]; fields: { dataTypeID: number }[] }>((resolve, reject) => {
      this.#cursor.read(this.#size, (error, got, result) =>
        error ? reject(error) : resolve({ rows: got, fields: result?.fields ?? [] }),
      )
    })
    if (rows.length === 0) return []
    const readers = (this.#readers ??= readersOf(fields))
    return rows.map((row) => row.map((text, i) => readers[i]?.(text) ?? null))
  }
}

/**
 * One statement, one snapshot (repeatable read), in batches, read one ahead. A connection that breaks is never the end of the result: the
 * end counts only after the server answered what follows it.
 */
export function streamRows(source: Source): RowStream {
  return {
    columns: source.columns,
    async *[Symbol.asyncIterator]() {
      const { signal, batchSize = 1000, silenceMs, timeoutMs = 0 } = source.options
      signal?.throwIfAborted()
      let rows = 0
      const client = await source.open().catch((error: unknown) => {
        throw source.failed(error)
      })
      const pid = (client as PoolClient & { processID?: number }).processID
      const stop = () => void (pid !== undefined && source.cancel(pid))
      const ignore = () => undefined
      // A cursor that is read on a connection that went while nobody waited would never answer.
      const loss = new Loss()
      let waiting = true
      const endWatch = watchSilence(
        () => (waiting ? rows : null),
        (error) => loss.report(error),
        silenceMs,
      )
      const ended = () => loss.report(new AppError('source-broken', { rows }))
      client.on('error', ended)
      client.on('end', ended)
      signal?.addEventListener('abort', stop, { once: true })
      let healthy = false
      try {
        await client.query(
          `begin isolation level repeatable read read only; ${QUOTING}; set local statement_timeout = ${Math.round(timeoutMs)}`,
        )
        const cursor = client.query(new Cursor<Texts>(source.text, [...source.values], { rowMode: 'array', types: asText }))
        const reader = new Reader(cursor, batchSize)
        let ahead = reader.next()
        for (let batch = await loss.during(ahead); batch.length > 0; batch = await loss.during(ahead)) {
          ahead = reader.next()
          // It is awaited in the next round; a failure in between must not count as unhandled.
          ahead.catch(ignore)
          rows += batch.length
          waiting = false
          yield batch
          waiting = true
        }
        // Not commit: what a function might have put off until then is not done.
        await loss.during(client.query('rollback'))
        healthy = true
      } catch (error) {
        if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error })
        if (error instanceof AppError && error.code === 'source-silent') throw error
        if (isLost(error)) throw new AppError('source-broken', { rows }, { cause: error })
        throw source.failed(error)
      } finally {
        endWatch()
        signal?.removeEventListener('abort', stop)
        client.removeListener('error', ended)
        client.removeListener('end', ended)
        if (!healthy) client.on('error', ignore)
        // A reader that stopped early leaves a cursor open: the session is closed with it.
        client.release(!healthy)
      }
    },
  }
}
