import { DatabaseError } from 'pg'
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
      const position = error.position === undefined ? {} : { position: positionOf(at.sql, Number(error.position) - 1) }
      return new AppError('sql-error', { detail }, { cause: error, ...position })
    }
  }
  return new AppError('connection-failed', { host: at.host, detail }, { cause: error })
}
