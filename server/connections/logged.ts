import { withoutValues } from './sql/without-values.ts'
import { AppError, type RowStream, type SqlConnection } from '#runtime/sdk/index.ts'
import { connectionBut } from './connection-but.ts'
import type { Asked } from './query-log.ts'

/** A query whose result is taken as a whole, or the first row of an audience, should be there within this. */
export const SLOW_MS = 1_000

type Ended = Pick<Asked, 'statement' | 'status' | 'ms' | 'rows' | 'slow'>

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'error')

/** The same connection; what ended is told, with its time and rows and without its values. What is only described is not told. */
export function logged(database: SqlConnection, ended: (asked: Ended) => void): SqlConnection {
  return connectionBut(database, {
    async query(statement, options) {
      const started = performance.now()
      const end = (status: string, rows: number) => {
        const ms = performance.now() - started
        ended({ statement: withoutValues(statement.sql, database.dialect), status, ms, rows, slow: ms >= SLOW_MS })
      }
      try {
        const result = await database.query(statement, options)
        end('ok', result.rows.length)
        return result
      } catch (error) {
        end(codeOf(error), 0)
        throw error
      }
    },
    async stream(statement, options) {
      const started = performance.now()
      const end = (status: string, rows: number, firstMs: number) => {
        ended({
          statement: withoutValues(statement.sql, database.dialect),
          status,
          ms: performance.now() - started,
          rows,
          slow: firstMs >= SLOW_MS,
        })
      }
      try {
        return watched(await database.stream(statement, options), { started, end })
      } catch (error) {
        end(codeOf(error), 0, performance.now() - started)
        throw error
      }
    },
  })
}

interface Watch {
  readonly started: number
  readonly end: (status: string, rows: number, firstMs: number) => void
}

function watched(stream: RowStream, { started, end }: Watch): RowStream {
  return {
    columns: stream.columns,
    async *[Symbol.asyncIterator]() {
      let rows = 0
      let firstMs: number | null = null
      // What ends without an end or an error was left by its reader.
      let status = 'stopped'
      try {
        for await (const batch of { [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() }) {
          firstMs ??= performance.now() - started
          rows += batch.length
          yield batch
        }
        status = 'ok'
      } catch (error) {
        status = codeOf(error)
        throw error
      } finally {
        end(status, rows, firstMs ?? performance.now() - started)
      }
    },
  }
}
