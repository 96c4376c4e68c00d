// The web server as the product builds it, for the benchmark of single sends: its address is the one line that it prints.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '#runtime/sdk/index.ts'
import { buildApp } from '#server/app.ts'
import { compose } from '#server/compose.ts'
import { createKysely, createPool } from '#server/database/connect.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { seedWorkspace } from '#server/workspace/seed.ts'

const databaseUrl = process.env['BENCH_PLATFORM'] ?? ''
const quiet = (): void => undefined
const loud = (message: string, fields?: unknown): void => console.error(message, fields)
const log: Log = { debug: quiet, info: quiet, warn: loud, error: loud }
const pool = createPool({ url: databaseUrl, log, max: 16 })
const db = createKysely(pool)
const parts = await compose({ db, pool, secretKey: Buffer.alloc(32, 1), sampleUrl: null, log })
await seedWorkspace(db, { box: parts.boxes.workspace, store: parts.store, sample: false })
const boss = await createBoss({ databaseUrl, log, sendOnly: true })
const app = await buildApp({
  parts,
  boss,
  databaseUrl,
  door: { host: '127.0.0.1', token: null },
  health: { version: '0', startedAt: new Date(), workerState: () => 'ok' },
  editor: mkdtempSync(join(tmpdir(), 'alimflow-bench-editor-')),
  version: '0',
})
console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
process.once('SIGTERM', () => {
  void app.close().then(() => process.exit(0))
})
