import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { buildApp } from '#server/app.ts'
import { compose, type Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { ensureWorkspace, DEFAULT_WORKSPACE } from '#server/workspace/workspace.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { quietLog } from './quiet-log.ts'

export interface TestApp {
  readonly app: App
  readonly parts: Parts
  readonly boss: PgBoss
  readonly database: TestDatabase
  /** What was logged. */
  readonly log: ReturnType<typeof quietLog>
  /** A database that stands for the sample shop: fill it through its pool. */
  readonly shop: TestDatabase
  /** One request; JSON in, JSON out. */
  call<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    options?: CallOptions,
  ): Promise<{ status: number; body: T; headers: Record<string, unknown> }>
  /** The platform's database is taken away from under the application. */
  loseDatabase(): Promise<void>
  close(): Promise<void>
}

export interface TestAppOptions {
  readonly token?: string | null
  readonly requestsPerMinute?: number
}

export interface CallOptions {
  readonly body?: unknown
  /** Sent as it is. */
  readonly text?: string
  readonly headers?: Record<string, string>
}

/** The real application on a real database of its own, without a port. */
export async function testApp({ token = null, requestsPerMinute = 100_000 }: TestAppOptions = {}): Promise<TestApp> {
  const log = quietLog()
  const [database, shop] = await Promise.all([testDatabase(), testDatabase({ empty: true })])
  const parts = await compose({ db: database.db, pool: database.pool, secretKey: Buffer.alloc(32, 7), sampleUrl: shop.url, log })
  await ensureWorkspace(database.db, parts.boxes.workspace)
  await parts.store.ensureBuiltIn(DEFAULT_WORKSPACE, { sample: true })
  const boss = await createBoss({ databaseUrl: database.url, log, sendOnly: true })
  const editor = mkdtempSync(join(tmpdir(), 'alimflow-editor-'))
  const app = await buildApp({
    parts,
    boss,
    databaseUrl: database.url,
    door: { host: '127.0.0.1', token },
    health: { version: '0.0.0', startedAt: new Date(), workerState: () => 'ok' },
    editor,
    version: '0.0.0',
    requestsPerMinute,
  })
  return {
    app,
    log,
    parts,
    boss,
    database,
    shop,
    async call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, options: CallOptions = {}) {
      const json = options.body === undefined ? options.text : JSON.stringify(options.body)
      const response = await app.inject({
        method,
        url,
        headers: {
          host: '127.0.0.1:3000',
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(json !== undefined && { payload: json }),
      })
      // Tests say what they expect to come back.
      const body = (
        response.body === ''
          ? null
          : response.headers['content-type']?.includes('json')
            ? JSON.parse(response.body)
            : response.body
      ) as T
      return { status: response.statusCode, body, headers: response.headers }
    },
    async loseDatabase() {
      const { rows } = await database.pool.query<{ name: string }>('select current_database() as name')
      const admin = new pg.Client(database.adminUrl)
      await admin.connect()
      await admin.query(`alter database ${rows[0]?.name} with allow_connections false`)
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [rows[0]?.name])
      await admin.end()
    },
    async close() {
      await app.close()
      await boss.stop({ graceful: false })
      await parts.close()
      await Promise.all([database.close(), shop.close()])
      rmSync(editor, { recursive: true, force: true })
    },
  }
}
