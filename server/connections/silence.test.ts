import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppError, SqlConnection } from '#runtime/sdk/index.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { mariadbMissing, testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { Proxy } from '#server/test/proxy.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import { PostgresConnection } from './postgres/postgres.ts'

// A connection that stands and says nothing: something between us and the database swallows what it sends.

let database: TestDatabase
let maria: TestMySqlDatabase | null = null
const proxies: Proxy[] = []
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  if (!mariadbMissing) maria = await testMariaDb()
})
afterAll(async () => {
  for (const proxy of proxies) await proxy.stop()
  await maria?.close()
  await database.close()
})

/** Reads wide rows through a proxy that goes silent in the middle; the reader itself takes longer over a batch than a silence may last. */
async function readInto(connection: SqlConnection, proxy: Proxy, sql: string): Promise<{ rows: number; error: AppError | null }> {
  let rows = 0
  // More than the batch after which the reader rests, less than all: counted in bytes, so that no buffer on the way matters.
  proxy.after(3_000_000, 'silent')
  try {
    const stream = await connection.stream({ sql, parameters: {} }, { batchSize: 100, silenceMs: 500 })
    for await (const batch of stream) {
      rows += batch.length
      if (rows === 100) await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    return { rows, error: null }
  } catch (error) {
    // Only AppErrors leave a connection.
    return { rows, error: error as AppError }
  }
}

function behold({ rows, error }: Awaited<ReturnType<typeof readInto>>): void {
  expect(error).toMatchObject({ code: 'source-silent' })
  expect(rows).toBeGreaterThan(300)
  expect(rows).toBeLessThan(20_000)
}

test('PostgreSQL that goes silent in mid-stream: source-silent, and a slow reader is no silence', async () => {
  const url = new URL(database.url.replace('@/', '@socket/'))
  const proxy = await Proxy.start(`${url.searchParams.get('host') ?? ''}/.s.PGSQL.5432`)
  proxies.push(proxy)
  const { username, password, pathname } = url
  const settings = { host: '127.0.0.1', port: proxy.port, database: pathname.slice(1), user: username }
  const connection = new PostgresConnection(
    { ...settings, password: decodeURIComponent(password), timezone: 'Asia/Seoul' },
    quietLog(),
  )
  behold(await readInto(connection, proxy, `select n, repeat('x', 2000) as pad from generate_series(1, 20000) n`))
  await connection.close()
})

test.skipIf(mariadbMissing)('MariaDB that goes silent in mid-stream', async () => {
  if (!maria) return
  const { host, port, user, password, database: name } = maria
  expect(host).toBe('127.0.0.1')
  const proxy = await Proxy.start(port)
  proxies.push(proxy)
  const settings = { host, port: proxy.port, database: name, user, password, timezone: 'Asia/Seoul' }
  const connection = new MysqlConnection(settings, quietLog())
  behold(await readInto(connection, proxy, `select n.seq, repeat('x', 2000) as pad from seq_1_to_20000 n`))
  await connection.close()
})
