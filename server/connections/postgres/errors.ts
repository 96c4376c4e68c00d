import { DatabaseError } from 'pg'
import { namesIn } from '#runtime/queries/names-in.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { positionOf } from '../sql/position.ts'

const CODES_OF_A_LOST_CONNECTION = /^(08|57P0)/

/** Is the connection gone, rather than the statement wrong? */
export function isLost(error: unknown): boolean {
  if (error instanceof DatabaseError) return CODES_OF_A_LOST_CONNECTION.test(error.code ?? '')
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : ''
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|ENET)/.test(code) ||
    /terminat|connection (closed|ended|error)|not queryable|timeout exceeded when trying to connect/i.test(message)
  )
}

/** A name that is not there, read from the statement: the server's own words may be in any language. */
function lostName(code: string | undefined, sql: string, characters: number): AppError | null {
  if (code !== '42703' && code !== '42P01') return null
  const at = Array.from(sql).slice(0, characters).join('').length
  const names = namesIn(sql, 'postgres')
  const index = names.findIndex((name) => name.at === at)
  const name = names[index]?.parts.join('.')
  if (name === undefined) return null
  const position = positionOf(sql, characters)
  if (code === '42703') return new AppError('sql-unknown-column', { column: name }, { position })
  // The same code tells of a table that is named before a column and stands in no FROM.
  const before = names[index - 1]?.parts.join('.')
  return before === 'from' || before === 'join' ? new AppError('sql-unknown-table', { table: name }, { position }) : null
}

/** What the driver threw, as one of our errors. `sql` is the text that the person wrote; placeholders kept its length. */
export function fromPostgres(error: unknown, at: { sql: string; host: string; user: string; timeoutMs?: number }): AppError {
  if (error instanceof AppError) return error
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof DatabaseError) {
    if (error.code?.startsWith('28')) return new AppError('connection-denied', { user: at.user }, { cause: error })
    if (error.code === '57014')
      return new AppError('sql-timeout', { seconds: Math.round((at.timeoutMs ?? 0) / 1000) }, { cause: error })
    if (error.code === '25006') return new AppError('sql-forbidden', { found: detail }, { cause: error })
    if (!isLost(error)) {
      const lost = error.position === undefined ? null : lostName(error.code, at.sql, Number(error.position) - 1)
      if (lost) return lost
      const position = error.position === undefined ? {} : { position: positionOf(at.sql, Number(error.position) - 1) }
      return new AppError('sql-error', { detail }, { cause: error, ...position })
    }
  }
  return new AppError('connection-failed', { host: at.host, detail }, { cause: error })
}
