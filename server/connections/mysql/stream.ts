import type { Readable } from 'node:stream'
import type { PoolConnection } from 'mysql2/promise'
import type { Column } from '#schemas/column.ts'
import { AppError, type QueryOptions, type RowStream, type Value } from '#runtime/sdk/index.ts'
import { watchSilence } from '../silence.ts'
import type { ResultMeter } from '../sql/result-meter.ts'
import { isLost } from './errors.ts'
import type { Session } from './session.ts'
import { limitStatement } from './session.ts'
import { readersOf, type Field } from './values.ts'

/** The callback connection beneath the promise one: only it can stream. */
interface RawConnection {
  readonly threadId: number
  readonly stream: {
    once(event: 'close', listener: () => void): unknown
    removeListener(event: 'close', listener: () => void): unknown
  }
  execute(options: object): {
    on(event: 'fields', listener: (fields: Field[]) => void): unknown
    stream(options: { highWaterMark: number }): Readable
  }
}

export const rawOf = (connection: PoolConnection): RawConnection =>
  (connection as unknown as { connection: RawConnection }).connection

/**
 * All rows of one statement, measured one by one while they arrive. The row limit of the session does not reach into every statement
 * (a `limit` of its own goes first): what is over `wanted` is left.
 */
export async function readRows(
  connection: PoolConnection,
  { text, values, meter }: { text: string; values: Source['values']; meter: ResultMeter },
): Promise<{ rows: unknown[][]; fields: Field[] }> {
  const command = rawOf(connection).execute({ sql: text, values: [...values], rowsAsArray: true })
  let fields: Field[] = []
  command.on('fields', (found) => (fields = found))
  const rows: unknown[][] = []
  // `rowsAsArray`: each row is an array of what the driver read.
  for await (const row of command.stream({ highWaterMark: 100 }) as AsyncIterable<unknown[]>) {
    if (rows.length >= meter.wanted) continue
    meter.add(row)
    rows.push(row)
  }
  return { rows, fields }
}

interface Source {
  open(): Promise<{ connection: PoolConnection; session: Session }>
  readonly text: string
  readonly values: readonly (string | number | boolean | null)[]
  readonly columns: readonly Column[]
  failed(error: unknown): AppError
  kill(threadId: number): Promise<void>
  readonly options: QueryOptions & { batchSize?: number }
}

/**
 * One statement, one snapshot, in batches; the driver reads one batch ahead and then stops reading. A connection that closes ends the
 * stream with an error, never as an end of the result: that counts only once the server answered what follows it.
 */
export function streamRows(source: Source): RowStream {
  return {
    columns: source.columns,
    async *[Symbol.asyncIterator]() {
      const { signal, batchSize = 1000, timeoutMs = 0, silenceMs } = source.options
      signal?.throwIfAborted()
      const { connection, session } = await source.open()
      const raw = rawOf(connection)
      let rows = 0
      let waiting = true
      let came = 0
      let healthy = false
      let stream: Readable | undefined
      const lost = () => void stream?.destroy(new AppError('source-broken', { rows }))
      const endWatch = watchSilence(
        () => (waiting ? came : null),
        (error) => void stream?.destroy(error),
        silenceMs,
      )
      const stop = () => {
        void source.kill(raw.threadId)
        stream?.destroy(new AppError('cancelled', {}))
      }
      raw.stream.once('close', lost)
      signal?.addEventListener('abort', stop, { once: true })
      try {
        await connection.query(limitStatement(session.dialect, { timeoutMs }))
        await connection.query('start transaction with consistent snapshot, read only')
        const command = raw.execute({ sql: source.text, values: [...source.values], rowsAsArray: true })
        let readers: ((value: unknown) => Value)[] = []
        command.on('fields', (fields) => (readers = readersOf(fields, session.timezone)))
        stream = command.stream({ highWaterMark: batchSize })
        let batch: Value[][] = []
        // `rowsAsArray`: each row is an array of what the driver read.
        for await (const row of stream as AsyncIterable<unknown[]>) {
          came++
          batch.push(row.map((value, i) => readers[i]?.(value) ?? null))
          if (batch.length < batchSize) continue
          rows += batch.length
          waiting = false
          yield batch
          waiting = true
          batch = []
        }
        await connection.query('rollback')
        healthy = true
        if (batch.length > 0) yield batch
      } catch (error) {
        if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error })
        if (error instanceof AppError && error.code === 'source-silent') throw error
        if (isLost(error)) throw new AppError('source-broken', { rows }, { cause: error })
        throw source.failed(error)
      } finally {
        endWatch()
        raw.stream.removeListener('close', lost)
        signal?.removeEventListener('abort', stop)
        if (healthy) connection.release()
        else {
          // A reader that stopped early leaves the rest of a result on the wire: the server need not make it.
          if (!signal?.aborted) void source.kill(raw.threadId)
          connection.destroy()
        }
      }
    },
  }
}
