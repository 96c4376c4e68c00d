import type { Dialect } from '#runtime/sdk/index.ts'
import type { PoolConnection } from 'mysql2/promise'
import { offsetText } from '../zone.ts'

/** What a session was found to be, once per connection of the pool. */
export interface Session {
  readonly dialect: Exclude<Dialect, 'postgres'>
  readonly version: string
  /** Zone of the session: the wanted one, or its offset where the server has no zone tables. */
  readonly timezone: string
}

// These change how quotes and names are read: the guard and the placeholders must see a statement as the server does.
const MODES_OF_QUOTING = new Set([
  'ANSI',
  'ANSI_QUOTES',
  'NO_BACKSLASH_ESCAPES',
  'ORACLE',
  'MSSQL',
  'DB2',
  'POSTGRESQL',
  'MAXDB',
  'IGNORE_SPACE',
])

async function first(connection: PoolConnection, sql: string): Promise<unknown[]> {
  const [rows] = await connection.query({ sql, rowsAsArray: true })
  // `rowsAsArray`: rows are arrays; the driver's types do not follow the option.
  return (rows as unknown as unknown[][])[0] ?? []
}

/** Sets up a new session: zone, time-outs of the network, quoting. A slow reader must not lose its stream after 60 s. */
export async function setUpSession(connection: PoolConnection, timezone: string): Promise<Session> {
  const [version = '', mode = ''] = (await first(connection, 'select version(), @@sql_mode')).map(String)
  const modes = mode.split(',').filter((one) => !MODES_OF_QUOTING.has(one))
  await connection.query('set session sql_mode = ?, net_write_timeout = 3600, net_read_timeout = 600', [modes.join(',')])
  const zone = await connection.query('set session time_zone = ?', [timezone]).then(
    () => timezone,
    async () => {
      const offset = offsetText(timezone)
      await connection.query('set session time_zone = ?', [offset])
      return offset
    },
  )
  return { dialect: /mariadb/i.test(version) ? 'mariadb' : 'mysql', version, timezone: zone }
}

/**
 * The statement that limits what the session's next statements may take: ms (0: no limit) and rows (undefined: all). Sessions are shared,
 * so both are said every time: a limit that stayed from another statement would cut an audience short.
 */
export function limitStatement(
  dialect: Session['dialect'],
  { timeoutMs, maxRows }: { timeoutMs: number; maxRows?: number | undefined },
): string {
  const time =
    dialect === 'mariadb'
      ? `max_statement_time = ${(timeoutMs / 1000).toFixed(3)}`
      : `max_execution_time = ${Math.ceil(timeoutMs)}`
  return `set session ${time}, sql_select_limit = ${maxRows === undefined ? 'default' : Math.max(0, Math.trunc(maxRows))}`
}
