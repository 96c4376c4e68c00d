import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '#server/config.ts'
import { startEmbedded } from '#server/database/embedded/start.ts'
import { createShutdown } from '#server/start/shutdown.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { openDatabase } from './open-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'alimflow-open-'))
const log = quietLog()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function pidAt(url: string): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ pid: string }>(`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`)
  await client.end()
  return Number(rows[0]?.pid)
}

test('DATABASE_URL as it is; the embedded database of a running product is shared, that of a stopped one started and stopped', async () => {
  const shutdown = createShutdown(log)
  const given = readConfig({ DATABASE_URL: 'postgresql://a:b@db/c', ALIMFLOW_DATA_DIR: folder })
  expect(await openDatabase(given, { log, shutdown })).toBe('postgresql://a:b@db/c')

  const config = readConfig({ ALIMFLOW_DATA_DIR: folder })
  const started = await startEmbedded(folder, log)
  const shared = await openDatabase(config, { log, shutdown })
  expect(await pidAt(shared)).toBe(started.pid)
  await shutdown.closeAll()
  expect(await pidAt(shared)).toBe(started.pid)
  await started.stop()

  const own = createShutdown(log)
  const url = await openDatabase(config, { log, shutdown: own })
  expect(await pidAt(url)).not.toBe(started.pid)
  await own.closeAll()
  await expect(pidAt(url)).rejects.toThrow()
}, 180_000)
