import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'

// A real process is killed with -9 while its calls are on the way; the provider, in this process, keeps what arrived.

const PEOPLE = 4000
const key = randomBytes(32)
const arrived: string[] = []
const children: ChildProcess[] = []
let folder = ''
let server: Server
let bench: Bench

beforeAll(async () => {
  bench = await Bench.open(key)
  folder = mkdtempSync(join(tmpdir(), 'alimflow-kill-'))
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      const keys = JSON.parse(text) as string[]
      if (request.url === '/lookup') return void response.end(JSON.stringify(keys.filter((one) => arrived.includes(one))))
      // Accepted at once, answered late: a kill in between leaves rows that arrived and were never recorded.
      arrived.push(...keys)
      setTimeout(() => response.end(JSON.stringify(keys.map((one) => ({ state: 'sent', providerId: one })))), 50)
    })
  })
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve))
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
  await bench.close()
})

async function child(lookup: boolean, more: Record<string, string> = {}): Promise<ChildProcess> {
  const started = fork(new URL('./test/kill-child.ts', import.meta.url), [], {
    execArgv: [],
    env: {
      ...process.env,
      KILL_DATABASE: bench.database.url,
      KILL_KEY: key.toString('hex'),
      KILL_SOCKET: join(folder, 's'),
      KILL_PEOPLE: String(PEOPLE),
      ...(lookup && { KILL_LOOKUP: '1' }),
      ...more,
    },
  })
  children.push(started)
  await once(started, 'message')
  return started
}

async function killInMidRun(lookup: boolean) {
  arrived.length = 0
  const first = await child(lookup)
  const runId = await bench.start(chain({ rows: people(PEOPLE) }))
  while (arrived.length < 500) await new Promise((resolve) => setTimeout(resolve, 5))
  first.kill('SIGKILL')
  await once(first, 'exit')
  const atDeath = arrived.length
  const second = await child(lookup)
  const run = await bench.until(runId, ['completed'], 60_000)
  second.disconnect()
  return { run, atDeath, messages: await bench.messages(runId) }
}

test('kill -9: nothing is sent twice, nobody is lost; what is in doubt is unconfirmed', { timeout: 90_000 }, async () => {
  const { run, atDeath, messages } = await killInMidRun(false)
  expect(new Set(arrived).size).toBe(arrived.length)
  expect(run.law).toMatchObject({ holds: true, broken: [] })
  const unconfirmed = run.outcomes['unconfirmed'] ?? 0
  expect(unconfirmed).toBeGreaterThan(0)
  expect(unconfirmed).toBeLessThanOrEqual(400) // four lanes, slices of 100
  expect(run.outcomes['sent']).toBe(PEOPLE - unconfirmed)
  expect(messages).toHaveLength(PEOPLE)
  expect(atDeath).toBeLessThan(PEOPLE)
})

test('kill -9 with a provider that can be asked: everybody got it once, and it is known', { timeout: 90_000 }, async () => {
  const { run } = await killInMidRun(true)
  expect(new Set(arrived).size).toBe(arrived.length)
  expect(arrived).toHaveLength(PEOPLE)
  expect(run).toMatchObject({ outcomes: { sent: PEOPLE }, law: { holds: true, broken: [] } })
})

test(
  'kill -9 while the audience is read: another worker begins anew, and everybody gets it once',
  { timeout: 90_000 },
  async () => {
    arrived.length = 0
    const first = await child(true, { KILL_SLOW: '150' })
    const runId = await bench.start(chain({ rows: people(PEOPLE) }))
    await bench.until(runId, ['preparing'])
    await new Promise((resolve) => setTimeout(resolve, 250))
    first.kill('SIGKILL')
    await once(first, 'exit')
    expect((await bench.run(runId)).state).toBe('preparing')
    expect(arrived).toHaveLength(0)
    const second = await child(true)
    const run = await bench.until(runId, ['completed'], 60_000)
    second.disconnect()
    expect(run).toMatchObject({ total: PEOPLE, outcomes: { sent: PEOPLE }, law: { holds: true, broken: [] } })
    expect(new Set(arrived).size).toBe(PEOPLE)
    expect(arrived).toHaveLength(PEOPLE)
  },
)

test('kill -9 while those who wait are packed: the others pack them, and everybody goes on once when the time has come', async () => {
  arrived.length = 0
  const wait = { KILL_WAIT: '2000' }
  const first = await child(false, { ...wait, ALIMFLOW_CRASH_POINT: 'reshaping' })
  const gone = once(first, 'exit')
  const runId = await bench.start(chain({ rows: people(PEOPLE) }))
  expect(await gone).toEqual([null, 'SIGKILL'])
  const began = Date.now()
  const second = await child(false, wait)
  const run = await bench.until(runId, ['completed'], 60_000)
  second.disconnect()
  expect(run).toMatchObject({ total: PEOPLE, outcomes: { sent: PEOPLE }, law: { holds: true, broken: [] } })
  expect(new Set(arrived).size).toBe(PEOPLE)
  expect(arrived).toHaveLength(PEOPLE)
  expect(Date.now() - began).toBeGreaterThan(2_000)
}, 90_000)
