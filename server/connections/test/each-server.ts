import mysql from 'mysql2/promise'
import type { SqlConnection } from '#runtime/sdk/index.ts'
import { testDatabase } from '#server/test/database.ts'
import { hasMysql, mariadbMissing, testMariaDb, testMySql, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { MysqlConnection } from '../mysql/mysql.ts'
import { PostgresConnection } from '../postgres/postgres.ts'

/** A real database of one kind with tables in it, and a reading connection to it. */
export interface OpenServer {
  readonly connection: SqlConnection & { close(): Promise<void> }
  /** Closes the connection and drops the database. */
  close(): Promise<void>
}

export interface TestServer {
  readonly name: string
  readonly dialect: 'postgres' | 'mariadb' | 'mysql'
  /** Why it cannot be had here; null: it can. */
  readonly skip: string | null
  /** `fill`: statements that make the tables. `timezone`: of the connection. */
  readonly open: (fill: readonly string[], timezone?: string) => Promise<OpenServer>
}

async function openMysql(
  database: TestMySqlDatabase,
  { fill, timezone, dialect }: { fill: readonly string[]; timezone: string; dialect: 'mysql' | 'mariadb' },
): Promise<OpenServer> {
  const { host, port, user, password, database: name } = database
  const account = { host, port, user, password, database: name }
  const writer = await mysql.createConnection({ ...account, charset: 'utf8mb4', timezone: '+00:00' })
  await writer.query("set time_zone = '+00:00'")
  for (const statement of fill) await writer.query(statement)
  await writer.end()
  const connection = new MysqlConnection({ ...account, timezone }, quietLog(), dialect)
  const close = async () => {
    await connection.close()
    await database.close()
  }
  return { connection, close }
}

async function openPostgres(fill: readonly string[], timezone: string): Promise<OpenServer> {
  const database = await testDatabase({ empty: true })
  for (const statement of ["set time zone 'UTC'", ...fill]) await database.pool.query(statement)
  const connection = new PostgresConnection({ url: database.url, timezone }, quietLog())
  const close = async () => {
    await connection.close()
    await database.close()
  }
  return { connection, close }
}

/** Every kind of database that companies connect, as far as this machine has it. Instants in `fill` are written in UTC. */
export const testServers: readonly TestServer[] = [
  {
    name: 'PostgreSQL',
    dialect: 'postgres',
    skip: null,
    open: (fill, timezone = 'Asia/Seoul') => openPostgres(fill, timezone),
  },
  {
    name: 'MariaDB',
    dialect: 'mariadb',
    skip: mariadbMissing,
    open: async (fill, timezone = 'Asia/Seoul') => openMysql(await testMariaDb(), { fill, timezone, dialect: 'mariadb' }),
  },
  ...(hasMysql
    ? [
        {
          name: 'MySQL',
          dialect: 'mysql',
          skip: null,
          open: async (fill: readonly string[], timezone = 'Asia/Seoul') =>
            openMysql(await testMySql(), { fill, timezone, dialect: 'mysql' }),
        } as const,
      ]
    : []),
]
