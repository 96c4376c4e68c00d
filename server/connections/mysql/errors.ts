import { namesIn } from '#runtime/queries/names-in.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { TextPosition } from '#schemas/problem.ts'
import { positionOf } from '../sql/position.ts'

interface DriverError extends Error {
  readonly code?: string
  readonly errno?: number
}

const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
])
// ER_SERVER_SHUTDOWN, ER_NEW_ABORTING_CONNECTION, ER_CONNECTION_KILLED (MariaDB), ER_CLIENT_INTERACTION_TIMEOUT, CR_SERVER_GONE/LOST
const LOST_NUMBERS = new Set([1053, 1080, 1184, 1159, 1160, 1161, 1927, 2006, 2013, 4031])
const DENIED = new Set([1044, 1045, 1698, 1862, 3118, 4151])
// ER_STATEMENT_TIMEOUT (MariaDB), ER_QUERY_TIMEOUT (MySQL), ER_QUERY_INTERRUPTED
const STOPPED = new Set([1969, 3024, 1317])
const READ_ONLY = new Set([1792, 1290, 1836])

/** Is the connection gone, rather than the statement wrong? */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errno, message } = error as DriverError
  return (
    LOST.has(code ?? '') || LOST_NUMBERS.has(errno ?? 0) || /closed state|connection (is )?(closed|lost)|socket/i.test(message)
  )
}

/** Where the message points: "near '…' at line N", or the name that it quotes. */
function positionIn(sql: string, message: string): TextPosition | undefined {
  const near = /near '([\s\S]*)' at line (\d+)/.exec(message)
  if (near) {
    const [, rest = '', line = '1'] = near
    if (rest === '') return positionOf(sql, [...sql].length)
    const start = sql
      .split('\n')
      .slice(0, Number(line) - 1)
      .join('\n').length
    const at = sql.indexOf(rest.slice(0, 60), start)
    return at < 0 ? { line: Number(line), column: 1 } : positionOf(sql, Array.from(sql.slice(0, at)).length)
  }
  const name = /'([^']+)'/.exec(message)?.[1]
  const last = name?.split('.').at(-1)
  const at = name === undefined ? -1 : sql.includes(name) ? sql.indexOf(name) : sql.indexOf(last ?? name)
  return at < 0 ? undefined : positionOf(sql, Array.from(sql.slice(0, at)).length)
}

// ER_BAD_FIELD_ERROR, ER_NO_SUCH_TABLE: the name stands between quotes in every language of the server.
const LOST_COLUMN = 1054
const LOST_TABLE = 1146

function lostName(errno: number, sql: string, message: string): AppError | null {
  if (errno !== LOST_COLUMN && errno !== LOST_TABLE) return null
  const told = /'([^']+)'/.exec(message)?.[1]
  if (told === undefined) return null
  const same = (parts: readonly string[]) => parts.join('.').toLowerCase() === wanted.toLowerCase()
  // A table is told with its database, whether it stands there or not.
  const wanted = errno === LOST_TABLE ? (told.split('.').at(-1) ?? told) : told
  const name = namesIn(sql, 'mysql').find(({ parts }) => same(parts) || (errno === LOST_TABLE && same(parts.slice(-1))))
  const position = name && { position: positionOf(sql, Array.from(sql.slice(0, name.at)).length) }
  return errno === LOST_COLUMN
    ? new AppError('sql-unknown-column', { column: wanted }, position)
    : new AppError('sql-unknown-table', { table: wanted }, position)
}

/** What the driver threw, as one of our errors. `sql` is the text as it was sent: placeholders kept the length of the names. */
export function fromMysql(error: unknown, at: { sql: string; host: string; user: string; timeoutMs: number }): AppError {
  if (error instanceof AppError) return error
  const { errno = 0, message: detail } =
    error instanceof Error ? (error as DriverError) : (new Error(String(error)) as DriverError)
  if (DENIED.has(errno)) return new AppError('connection-denied', { user: at.user }, { cause: error })
  if (STOPPED.has(errno)) return new AppError('sql-timeout', { seconds: Math.round(at.timeoutMs / 1000) }, { cause: error })
  if (READ_ONLY.has(errno)) return new AppError('sql-forbidden', { found: detail }, { cause: error })
  if (isLost(error) || errno === 0 || errno === 1049)
    return new AppError('connection-failed', { host: at.host, detail }, { cause: error })
  const lost = lostName(errno, at.sql, detail)
  if (lost) return lost
  const position = positionIn(at.sql, detail)
  return new AppError('sql-error', { detail }, { cause: error, ...(position && { position }) })
}
