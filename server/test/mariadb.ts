import { randomUUID } from 'node:crypto'
import mysql from 'mysql2/promise'
import { askService } from './ask-service.ts'
import { mariaDbProgram } from './mariadb-server.ts'
import { missing } from './missing.ts'

/** Why tests with MariaDB are skipped; null: they run. `test.skipIf(mariadbMissing)` */
export const mariadbMissing: string | null = mariaDbProgram('mariadbd')
  ? null
  : missing('MariaDB', 'Debian: apt install mariadb-server')

/**
 * A real MySQL 8 is an extra that only some machines have (ALIMFLOW_TEST_MYSQL_URL=mysql://user:password@host:port). Tests with it are
 * not registered elsewhere, since a skipped test counts as a failure in CI.
 */
export const hasMysql = Boolean(process.env.ALIMFLOW_TEST_MYSQL_URL)

export interface TestMySqlDatabase {
  host: string
  port: number
  /** An account that may do everything. */
  user: string
  password: string
  database: string
  /** Drops the database. */
  close(): Promise<void>
}

/** A fresh utf8mb4 database on the run's MariaDB. One per file, in `beforeAll`. */
export async function testMariaDb(): Promise<TestMySqlDatabase> {
  // The answer of our own service: see startMaria.
  const { port } = (await askService('mariadb')) as { port: number }
  return createOn({ host: '127.0.0.1', port, user: 'root', password: '' })
}

/** The same on the MySQL 8 of ALIMFLOW_TEST_MYSQL_URL. */
export async function testMySql(): Promise<TestMySqlDatabase> {
  const url = new URL(process.env.ALIMFLOW_TEST_MYSQL_URL ?? '')
  const [user, password] = [url.username, url.password].map(decodeURIComponent)
  return createOn({ host: url.hostname, port: Number(url.port || 3306), user: user ?? '', password: password ?? '' })
}

async function createOn(server: { host: string; port: number; user: string; password: string }): Promise<TestMySqlDatabase> {
  const database = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const run = async (sql: string) => {
    const connection = await mysql.createConnection(server)
    await connection.query(sql)
    await connection.end()
  }
  await run(`create database ${database} character set utf8mb4`)
  return { ...server, database, close: () => run(`drop database if exists ${database}`) }
}
