import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { quietLog } from '#server/test/quiet-log.ts'
import { processInfo } from './process-table.ts'
import { startEmbedded } from './start.ts'

const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-test-'))
  folders.push(folder)
  chmodSync(folder, 0o711) // mkdtemp makes it private; what happens then has a test of its own
  return join(folder, 'data')
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const fast = { fsync: 'off' }

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

interface Other {
  process: ChildProcess
  pid: number
  url: string
}

/** Another node process that has the database of this folder and goes on running. */
async function startElsewhere(folder: string): Promise<Other> {
  const log = '{ debug() {}, info() {}, warn() {}, error() {} }'
  const code = `import { startEmbedded } from ${JSON.stringify(resolve('server/database/embedded/start.ts'))}
    const db = await startEmbedded(${JSON.stringify(folder)}, ${log}, { fsync: 'off' })
    console.log(JSON.stringify({ pid: db.pid, url: db.url })); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((done, failed) => {
    child.stdout.once('data', (data) => done(String(data)))
    child.once('exit', () => failed(new Error('it ended before it was ready')))
  })
  return { process: child, ...(JSON.parse(line) as { pid: number; url: string }) }
}

/** Is the process still doing something? A zombie that nobody asks for is not. */
const runs = (pid: number): boolean => processInfo(pid)?.zombie === false

async function until(happened: () => boolean, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(10)) if (happened()) return true
  return happened()
}

test('starts, stops, starts again with its data, and leaves no process and no socket', async () => {
  const folder = newFolder()
  const first = await startEmbedded(folder, quietLog(), fast)
  expect(first.firstStart).toBe(true)
  const socketFolder = new URL(first.url.replace('@/', '@x/')).searchParams.get('host') ?? ''
  await ask(first.url, 'create table kept (x int)')
  expect(
    await ask(first.url, `select current_setting('server_version_num')::int >= 180000, current_setting('listen_addresses')`),
  ).toEqual([[true, '']])
  await first.stop()
  expect(runs(first.pid)).toBe(false)
  expect(existsSync(socketFolder)).toBe(false)
  const second = await startEmbedded(folder, quietLog(), fast)
  expect(second.firstStart).toBe(false)
  expect(await ask(second.url, 'select count(*)::int from kept')).toEqual([[0]])
  await second.stop()
})

test('sorts Hangul in dictionary order without any locale of the system', async () => {
  const database = await startEmbedded(newFolder(), quietLog(), fast)
  expect(await ask(database.url, `select w from unnest(array['하늘','가게','나무']) w order by w`)).toEqual([
    ['가게'],
    ['나무'],
    ['하늘'],
  ])
  await database.stop()
})

test('kill -9 of its process takes the database along, and the next start works', async () => {
  const folder = newFolder()
  const other = await startElsewhere(folder)
  await ask(other.url, 'create table kept (x int)')
  other.process.kill('SIGKILL')
  expect(await until(() => !runs(other.pid), 5000)).toBe(true)
  const next = await startEmbedded(folder, quietLog(), fast)
  expect(await ask(next.url, 'select count(*)::int from kept')).toEqual([[0]])
  await next.stop()
})

test('node, shell and watcher killed at once: the orphan is stopped by the next start', async () => {
  const folder = newFolder()
  const other = await startElsewhere(folder)
  const shell = processInfo(other.pid)?.parent ?? 0
  const watchers = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ').map(Number)
  for (const pid of [...watchers.filter((pid) => pid !== other.pid), shell]) process.kill(pid, 'SIGKILL')
  other.process.kill('SIGKILL')
  await sleep(300)
  expect(runs(other.pid)).toBe(true)
  const log = quietLog()
  const next = await startEmbedded(folder, log, fast)
  expect(runs(other.pid)).toBe(false)
  expect(log.messages.join()).toContain(String(other.pid))
  expect(await ask(next.url, 'select 1')).toEqual([[1]])
  await next.stop()
})

test('everything killed at once, the database too: recovers', async () => {
  const folder = newFolder()
  const other = await startElsewhere(folder)
  const shell = processInfo(other.pid)?.parent ?? 0
  for (const pid of [other.process.pid ?? 0, shell, other.pid]) process.kill(pid, 'SIGKILL')
  const next = await startEmbedded(folder, quietLog(), fast)
  expect(await ask(next.url, 'select 1')).toEqual([[1]])
  await next.stop()
})

test('a second start is refused by name of the process, and harms nothing', async () => {
  const folder = newFolder()
  const other = await startElsewhere(folder)
  await expect(startEmbedded(folder, quietLog(), fast)).rejects.toMatchObject({
    code: 'already-running',
    fields: { pid: other.process.pid, folder },
  })
  expect(await ask(other.url, 'select 1')).toEqual([[1]])
  other.process.kill('SIGKILL')
  expect(await until(() => !runs(other.pid), 5000)).toBe(true)
}, 20_000)

test('a process that ends by itself is told', async () => {
  const database = await startEmbedded(newFolder(), quietLog(), fast)
  process.kill(database.pid, 'SIGTERM')
  await expect(database.exited).resolves.toBe(0)
  await database.stop()
})

test('a half-made cluster of a start that was killed is no data', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'db.new-1'), { recursive: true })
  writeFileSync(join(folder, 'db.new-1', 'PG_VERSION'), '18\n')
  const database = await startEmbedded(folder, quietLog(), fast)
  expect(database.firstStart).toBe(true)
  expect(existsSync(join(folder, 'db.new-1'))).toBe(false)
  await database.stop()
})

test('a lost password file is named, not replaced', async () => {
  const folder = newFolder()
  await (await startEmbedded(folder, quietLog(), fast)).stop()
  rmSync(join(folder, 'db-password'))
  await expect(startEmbedded(folder, quietLog(), fast)).rejects.toThrow(/db-password/)
})

test('a broken setting ends with what PostgreSQL said', async () => {
  const folder = newFolder()
  await expect(startEmbedded(folder, quietLog(), { max_connections: 'many' })).rejects.toThrow(/max_connections/)
  await (await startEmbedded(folder, quietLog(), fast)).stop()
})

test.runIf(process.getuid?.() === 0)('root, with the data in a folder that only root can read', async () => {
  const folder = newFolder()
  chmodSync(join(folder, '..'), 0o700)
  const log = quietLog()
  const first = await startEmbedded(folder, log, fast)
  const kept = readFileSync(join(folder, 'db-folder'), 'utf8').trim()
  folders.push(kept)
  expect(kept).toMatch(/^\/var\/lib\/alimflow\//)
  expect(log.messages.join()).toContain(kept)
  await first.stop()
  chmodSync(join(folder, '..'), 0o755)
  const again = await startEmbedded(folder, quietLog(), fast)
  expect(again.firstStart).toBe(false)
  await again.stop()
})
