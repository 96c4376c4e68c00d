import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { projectFolder } from '#server/config.ts'
import { processInfo } from '#server/database/embedded/process-table.ts'
import { accountOf, type OsUser } from '#server/database/embedded/user.ts'
import { testDatabase } from '#server/test/database.ts'

// The real processes, as a person starts them.
const folders: string[] = []
const started: ChildProcess[] = []
afterEach(() => started.splice(0).forEach((child) => child.exitCode === null && child.kill('SIGKILL')))
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-start-'))
  chmodSync(folder, 0o711)
  folders.push(folder)
  return join(folder, 'data')
}

interface Running {
  child: ChildProcess
  url: string
  output(): string
  ended: Promise<number | null>
}

interface Ended {
  code: number | null
  output: string
}

type Settings = Record<string, string>

function run(
  settings: Settings,
  args: string[] = ['server/main.ts'],
  user: OsUser | null = null,
): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, args, {
    ...user,
    cwd: projectFolder,
    env: { PATH, HOME, LANG: 'C.UTF-8', PORT: '0', ALIMFLOW_SAMPLE: 'off', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as a terminal gives it
  })
  started.push(child)
  let text = ''
  child.stdout.on('data', (data) => (text += data))
  child.stderr.on('data', (data) => (text += data))
  return { child, output: () => text, ended: new Promise((resolve) => child.once('close', resolve)) }
}

async function begin(settings: Settings, args?: string[]): Promise<Running> {
  const { child, output, ended } = run(settings, args)
  const url = () => /http:\/\/\S+/.exec(output().match(/Alimflow is ready: .*\n/)?.[0] ?? '')?.[0]
  await expect.poll(() => url() ?? (child.exitCode === null ? undefined : output()), { timeout: 90_000 }).toMatch(/^http/)
  return { child, url: url() ?? '', output, ended }
}

async function runToEnd(settings: Settings, args?: string[], user?: OsUser | null): Promise<Ended> {
  const { output, ended } = run(settings, args, user)
  return { code: await ended, output: output() }
}

const health = async ({ url }: Running) =>
  (await fetch(new URL('/api/health', url))).json() as Promise<{ parts: { worker: string } }>
const workerReady = (running: Running) =>
  expect.poll(async () => (await health(running)).parts.worker, { timeout: 20_000 }).toBe('ok')

/** Every living process below one, whoever its parent is by now. */
function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...family(child)])
}
const living = (pids: number[]) => pids.filter((pid) => processInfo(pid)?.zombie === false)
const allGone = (pids: number[]) => expect.poll(() => living(pids), { timeout: 10_000 }).toEqual([])

test('first start, Ctrl-C, a later start, SIGTERM; nothing is left running', async () => {
  const settings = { ALIMFLOW_DATA_DIR: newFolder(), ALIMFLOW_SAMPLE: 'on' }
  const first = await begin(settings)
  await workerReady(first)
  expect(first.output().match(/http:\/\//g)?.length).toBe(1)
  const processes = family(first.child.pid ?? 0)
  expect(processes.length).toBeGreaterThan(3)
  process.kill(-(first.child.pid ?? 0), 'SIGINT') // a terminal sends it to the whole group
  expect(await first.ended, first.output()).toBe(0)
  await allGone(processes)

  const second = await begin(settings)
  // What makes a later start quick: nothing is made anew.
  expect(second.output()).not.toMatch(/was made in|brought up to date/)
  await workerReady(second)
  for (let times = 0; times < 3; times++) second.child.kill('SIGTERM') // one wish, heard several times
  expect(await second.ended).toBe(0)
  expect(second.output()).not.toMatch(/did not end|error/i)
  expect(readdirSync(settings.ALIMFLOW_DATA_DIR)).not.toContain('running')
}, 120_000)

test('kill -9 of the supervisor leaves no worker and no database, and the next start works', async () => {
  const settings = { ALIMFLOW_DATA_DIR: newFolder() }
  const first = await begin(settings)
  await workerReady(first)
  const processes = family(first.child.pid ?? 0)
  first.child.kill('SIGKILL')
  await allGone(processes)
  const second = await begin(settings)
  await workerReady(second)
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
}, 120_000)

test('a second start on the same data says so and harms nothing', async () => {
  const folder = newFolder()
  const first = await begin({ ALIMFLOW_DATA_DIR: folder })
  const second = await runToEnd({ ALIMFLOW_DATA_DIR: folder })
  expect(second.code).toBe(1)
  expect(second.output).toContain(`Another Alimflow (process ${first.child.pid}) uses ${folder}`)
  expect(second.output).not.toContain('    at ')
  await workerReady(first)
}, 120_000)

test('a worker that dies is replaced while the server goes on', async () => {
  const running = await begin({ ALIMFLOW_DATA_DIR: newFolder() })
  await workerReady(running)
  const worker = family(running.child.pid ?? 0).find((pid) => processInfo(pid)?.command.includes('worker/main.ts')) ?? 0
  process.kill(worker, 'SIGKILL')
  await expect.poll(async () => (await health(running)).parts.worker, { timeout: 5000 }).not.toBe('ok')
  await workerReady(running)
}, 120_000)

test('a database that dies ends everything with a reason', async () => {
  const running = await begin({ ALIMFLOW_DATA_DIR: newFolder() })
  const postmaster = family(running.child.pid ?? 0).find((pid) => processInfo(pid)?.command.includes('postgres -D')) ?? 0
  const shell = processInfo(postmaster)
  expect(shell).not.toBe(null)
  for (const pid of family(running.child.pid ?? 0))
    if (/bin\/postgres -D/.test(processInfo(pid)?.command ?? '')) process.kill(pid, 'SIGQUIT') // at once: SIGTERM waits until all clients have left
  expect(await running.ended).toBe(1)
  expect(running.output()).toMatch(/embedded database ended by itself.*postgres\.log/)
}, 120_000)

test('a port that is taken: named, with the way out, and nothing left running', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = String(typeof address === 'object' ? address?.port : '')
  const { code, output } = await runToEnd({ ALIMFLOW_DATA_DIR: newFolder(), PORT: port })
  expect(code).toBe(1)
  expect(output).toContain(`Port ${port} is taken`)
  expect(output).toContain('PORT=<another port>')
  const korean = await runToEnd({ ALIMFLOW_DATA_DIR: newFolder(), PORT: port, LANG: 'ko_KR.UTF-8' })
  expect(korean.output).toContain(`${port}번 포트를 다른 프로그램이 쓰고 있어요`)
  other.close()
}, 60_000)

const broken: [string, Settings, RegExp][] = [
  ['a setting', { PORT: 'x' }, /PORT=x is not usable.*\[setting-invalid\]/],
  ['a host this machine does not have', { HOST: '192.0.2.1' }, /no address 192\.0\.2\.1.*\[host-unusable\]/],
  [
    'a database that is not there',
    { DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/x' },
    /127\.0\.0\.1:1\/x.*nothing listens there/,
  ],
]
test.each(broken)(
  '%s that cannot be used ends the start with what to do',
  async (_, settings, message) => {
    const { code, output } = await runToEnd({ ALIMFLOW_DATA_DIR: newFolder(), ...settings })
    expect(output).toMatch(message)
    expect(output).not.toMatch(/secret@|^ {4}at /m)
    expect(code).toBe(1)
  },
  60_000,
)

test('a data folder that cannot be made', async () => {
  const file = newFolder()
  writeFileSync(file, '')
  const { code, output } = await runToEnd({ ALIMFLOW_DATA_DIR: join(file, 'data') })
  expect(output).toMatch(/cannot be written.*ALIMFLOW_DATA_DIR/)
  expect(code).toBe(1)
}, 60_000)

test('with DATABASE_URL: migrate, then server and worker as processes of their own', async () => {
  const database = await testDatabase({ empty: true })
  const settings = { ALIMFLOW_DATA_DIR: newFolder(), DATABASE_URL: database.url, ALIMFLOW_SECRET_KEY: 'ab'.repeat(32) }
  const cli = 'server/cli/alimflow.ts'
  expect(await runToEnd(settings, [cli, 'migrate'])).toMatchObject({ code: 0, output: expect.stringContaining('0001-base') })
  const server = await begin(settings, [cli, 'server'])
  expect((await health(server)).parts.worker).toBe('down')
  const worker = run(settings, [cli, 'worker'])
  await expect.poll(() => worker.output(), { timeout: 20_000 }).toContain('The worker works')
  expect(family(server.child.pid ?? 0).length + family(worker.child.pid ?? 0).length).toBe(1)
  for (const { child } of [server, worker]) child.kill('SIGTERM')
  expect([await server.ended, await worker.ended]).toEqual([0, 0])
  await database.close()
}, 120_000)

test.runIf(process.getuid?.() === 0)(
  'a data folder of another user',
  async () => {
    const folder = newFolder()
    mkdirSync(folder)
    writeFileSync(join(folder, 'secret-key'), 'ab'.repeat(32), { mode: 0o600 })
    const nobody = accountOf('nobody')
    chownSync(folder, nobody?.uid ?? 0, nobody?.gid ?? 0)
    const { code, output } = await runToEnd({ ALIMFLOW_DATA_DIR: folder, HOME: folder }, ['server/main.ts'], nobody)
    expect(output).toMatch(/cannot be written.*secret-key.*ALIMFLOW_DATA_DIR/)
    expect(code).toBe(1)
  },
  60_000,
)

test('with DATABASE_URL the sample shop is there all the same', async () => {
  const database = await testDatabase({ empty: true })
  const running = await begin({ ALIMFLOW_DATA_DIR: newFolder(), DATABASE_URL: database.url, ALIMFLOW_SAMPLE: 'on' })
  await workerReady(running)
  expect(running.output()).toContain('The sample shop was made')
  expect((await database.pool.query(`select count(*)::int as n from schema_migration`)).rows[0].n).toBeGreaterThan(0)
  running.child.kill('SIGTERM')
  expect(await running.ended).toBe(0)
  await database.close()
}, 120_000)

test('a worker alone needs a shared database; help and a wrong word say what there is', async () => {
  const cli = 'server/cli/alimflow.ts'
  expect((await runToEnd({ ALIMFLOW_DATA_DIR: newFolder() }, [cli, 'worker'])).output).toMatch(/DATABASE_URL.*alimflow start/)
  expect(await runToEnd({}, [cli, 'help'])).toMatchObject({ code: 0, output: expect.stringContaining('migrate') })
  expect(await runToEnd({ LANG: 'ko_KR.UTF-8' }, [cli, 'strat'])).toMatchObject({
    code: 2,
    output: expect.stringContaining('사용법'),
  })
}, 60_000)

test('open to other machines: the first start shows a token, later ones where it is', async () => {
  const settings = { ALIMFLOW_DATA_DIR: newFolder(), HOST: '0.0.0.0' }
  const first = await begin(settings)
  expect(first.url).toMatch(/^http:\/\/localhost:\d+\/\?token=[\w-]{32}$/)
  first.child.kill('SIGTERM')
  await first.ended
  const second = await begin(settings)
  expect(second.url).toMatch(/\/$/)
  expect(second.output()).toContain('access-token')
}, 120_000)

test('started by npm below a shell that passes no signal on: the end of the shell is noticed', async () => {
  const settings = { ALIMFLOW_DATA_DIR: newFolder(), npm_lifecycle_event: 'start' }
  // `; true` keeps the shell between; `npm start` itself uses exec, so that npm's signals reach us at once.
  const shell = await begin(settings, [
    '-e',
    `require('child_process').spawn('sh', ['-c', '"$0" server/main.ts; true', process.execPath], { stdio: 'inherit' })`,
  ])
  const processes = family(shell.child.pid ?? 0)
  process.kill(processes[0] ?? 0, 'SIGTERM')
  await allGone(processes)
}, 120_000)
