// The web server as the product builds it, in a process of its own that may be killed: its address is the one line that it prints.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '#server/app.ts'
import { compose } from '#server/compose.ts'
import { createKysely, createPool } from '#server/database/connect.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { seedWorkspace } from '#server/workspace/seed.ts'

const [databaseUrl = '', shopUrl = ''] = process.argv.slice(2)
const log = quietLog()
const pool = createPool({ url: databaseUrl, log })
const db = createKysely(pool)
const parts = await compose({ db, pool, secretKey: Buffer.alloc(32, 7), sampleUrl: shopUrl, log })
await seedWorkspace(db, { box: parts.boxes.workspace, store: parts.store, sample: true })
const app = await buildApp({
  parts,
  boss: await createBoss({ databaseUrl, log, sendOnly: true }),
  databaseUrl,
  door: { host: '127.0.0.1', token: null },
  health: { version: '0', startedAt: new Date(), workerState: () => 'ok' },
  editor: mkdtempSync(join(tmpdir(), 'alimflow-editor-')),
  version: '0',
})
console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
