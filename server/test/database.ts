import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { createKysely, createPool } from '#server/database/connect.ts'
import type { Database } from '#server/database/schema.ts'
import { askService, templateDatabase } from './ask-service.ts'
import { quietLog } from './quiet-log.ts'

export interface TestDatabase {
  /** postgresql:// address, owner and superuser. */
  url: string
  /** The cluster's own address for making roles and further databases. */
  adminUrl: string
  pool: pg.Pool
  db: Kysely<Database>
  /** Ends the pool and drops the database, also where something is still connected. */
  close(): Promise<void>
}

/**
 * A fresh database on the run's PostgreSQL (about 0.1 s): with all of Alimflow's tables, or `empty`. Use one per file, in
 * `beforeAll`, and `close` it in `afterAll`.
 */
export async function testDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  // The answer of our own service: see startPostgres.
  const { url: adminUrl } = (await askService('postgres')) as { url: string }
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  await once(adminUrl, `create database ${name} template ${options.empty ? 'template0' : templateDatabase}`)
  const url = adminUrl.replace('/alimflow?', `/${name}?`)
  const pool = createPool({ url, log: quietLog(), name: 'test' })
  return {
    url,
    adminUrl,
    pool,
    db: createKysely(pool),
    async close() {
      if (!pool.ended) await pool.end()
      await dropDatabase(adminUrl, name)
    },
  }
}

/** A connection that was just ended may still be there for some milliseconds; only one that was forgotten is cut off. */
async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const gone = await once(adminUrl, `drop database ${name}`).then(
      () => true,
      () => false,
    )
    if (gone) return
    await sleep(25)
  }
  await once(adminUrl, `drop database ${name} with (force)`)
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
