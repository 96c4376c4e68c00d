import { fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Plan } from '#runtime/compile/plan.ts'
import { allowedAddresses } from '#server/egress/addresses.ts'
import { createEgress } from '#server/egress/egress.ts'
import { AbleRuns } from '#server/worker/able-runs.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { callFails, fakeVendor, openFake, refused } from '#server/worker/test/provider.ts'
import { testLog } from '#server/worker/test/test-engine.ts'
import { look, notices, workspaceId } from './test/notices.ts'

// Notices whose cause is the real thing: a provider that is down, a process that was killed, a run that no worker can do.

const key = randomBytes(32)
const egress = createEgress({ allows: allowedAddresses('127.0.0.0/8') })
let bench: Bench

beforeAll(async () => {
  bench = await Bench.open(key)
  await bench.database.pool.query(
    `insert into connection (workspace_id, id, kind, name) values ($1, 'alimtalk', 'fake', '보내는 곳')`,
    [workspaceId],
  )
})
afterEach(async () => {
  await bench.rest()
  await bench.database.pool.query('update workflow_run set kind = 1; delete from notice; delete from connection_limit')
})
afterAll(() => Promise.all([bench.close(), egress.close()]))

const pool = () => bench.database.pool
const found = async (kind: string, inMs = 0) => (await look(pool(), inMs)).filter((notice) => notice.kind === kind)

/** A run whose pinned graph names the connection. */
function start(plan: Plan, kind?: 'live' | 'test'): Promise<string> {
  const name = randomUUID()
  bench.plans.set(name, plan)
  const connections = { alimtalk: { kind: 'fake', name: '보내는 곳' } }
  return bench.startPinned(name, { document: { name }, templates: {}, timezone: 'Asia/Seoul', connections }, kind)
}

/** A place on this machine where nobody answers until `start`. */
async function downServer() {
  let server: Server | null = null
  const listen = (port: number) =>
    new Promise<Server>((resolve) => {
      const made = createServer((_request, response) => void response.end('{}')).listen(port, '127.0.0.1', () => resolve(made))
    })
  const close = () =>
    new Promise<void>((resolve) => {
      server?.closeAllConnections()
      if (server) server.close(() => resolve())
      else resolve()
    })
  server = await listen(0)
  const { port } = server.address() as AddressInfo
  await close()
  return { url: `http://127.0.0.1:${port}/`, start: async () => void (server = await listen(port)), close }
}

/** A vendor that is asked over the network before each call. */
async function network() {
  const place = await downServer()
  const http = egress.forProvider('Fake')
  const vendor = fakeVendor({
    before: async () => {
      const signal = new AbortController().signal
      await http.request({ method: 'POST', url: place.url, body: '{}', timeoutMs: 2_000, signal })
    },
  })
  bench.providers.set('alimtalk', openFake(vendor))
  const breaker = { failures: 2, openMs: 200, mostOpenMs: 400 }
  await bench.engine({ limits: { breaker }, retryWaits: Array.from({ length: 100 }, () => 100) })
  return { ...place, vendor }
}

async function breakerOpens(): Promise<void> {
  const opens = async () =>
    (await pool().query<{ opens: number }>(`select opens from connection_limit where connection_id = 'alimtalk'`)).rows[0]?.opens
  await expect.poll(opens, { timeout: 20_000 }).toBeGreaterThan(0)
}

test('a provider that is down: one notice of its connection, until a call is answered', { timeout: 60_000 }, async () => {
  const provider = await network()
  try {
    const runId = await start(chain({ rows: people(3) }))
    await breakerOpens()
    expect(await found('connection')).toMatchObject([
      { code: 'connection-broken', subject: 'connection:alimtalk', state: 'open', count: 1, fields: { connection: '보내는 곳' } },
    ])
    // It lasts as long as the provider is down, also when the run that met it is gone.
    await bench.cancel(runId)
    await bench.until(runId, ['cancelled'])
    expect(await found('connection')).toMatchObject([{ state: 'open', turn: 1 }])
    await provider.start()
    await bench.until(await start(chain({ rows: people(3) })), ['completed'], 30_000)
    expect(await found('connection')).toMatchObject([{ state: 'resolved', turn: 2 }])
    expect(new Set(provider.vendor.got.map(({ to }) => to)).size).toBe(provider.vendor.got.length)
  } finally {
    await provider.close()
  }
})

test('a test send that meets a provider that is down alarms nobody; a real one does', { timeout: 60_000 }, async () => {
  const provider = await network()
  try {
    await start(chain({ rows: people(3) }), 'test')
    await breakerOpens()
    expect(await look(pool())).toEqual([])
    await start(chain({ rows: people(3) }))
    await expect
      .poll(() => found('connection'), { timeout: 20_000 })
      .toMatchObject([{ code: 'connection-broken', state: 'open' }])
  } finally {
    await provider.close()
  }
})

test('a test send that fails, is paused or stays in doubt alarms nobody', { timeout: 60_000 }, async () => {
  let way: 'unknown' | 'configuration' | 'refused' = 'unknown'
  const vendor = fakeVendor({
    answer: () => (way === 'refused' ? refused : undefined),
    after: () => {
      if (way !== 'refused') throw callFails(way)
    },
  })
  bench.providers.set('alimtalk', openFake(vendor))
  await bench.engine()
  expect((await bench.until(await start(chain({ rows: people(30) }), 'test'), ['completed'])).outcomes).toEqual({
    unconfirmed: 30,
  })
  way = 'refused'
  expect((await bench.until(await start(chain({ rows: people(30) }), 'test'), ['completed'])).outcomes).toEqual({ failed: 30 })
  way = 'configuration'
  await bench.until(await start(chain({ rows: people(30) }), 'test'), ['paused'])
  await bench.until(await start(chain({ rows: people(3), dieAfter: 0 }), 'test'), ['failed'])
  expect(await look(pool())).toEqual([])
})

test(
  'a worker process that was killed is told when nobody took its place; another one ends the lack',
  { timeout: 90_000 },
  async () => {
    const child = fork(new URL('../worker/test/kill-child.ts', import.meta.url), [], {
      execArgv: [],
      env: { ...process.env, KILL_DATABASE: bench.database.url, KILL_KEY: key.toString('hex') },
    })
    try {
      await once(child, 'message')
      const { rows } = await pool().query<{ no: number }>('select no from worker where pid = $1', [child.pid])
      const no = rows[0]?.no
      expect(await found('worker')).toEqual([])
      expect(await found('worker', 3_600_000)).toEqual([])
      child.kill('SIGKILL')
      await once(child, 'exit')
      // The database sees that the connection is gone.
      const alive = () => found('worker').then(async () => (await memory()).absent[String(no)] === undefined)
      await expect.poll(alive, { timeout: 20_000 }).toBe(false)
      expect(await notices(pool())).toEqual([])
      expect(await found('worker', 31_000)).toMatchObject([
        { code: 'worker-gone', subject: `worker:${no}`, state: 'open', fields: { worker: no } },
        { code: 'workers-none', subject: 'workers', state: 'open' },
      ])
      bench.providers.set('alimtalk', openFake(fakeVendor()))
      await bench.engine()
      const after = new Map((await found('worker', 31_000)).map(({ code, state }) => [code, state]))
      expect(after.get('workers-none')).toBe('resolved')
      // A worker that begins sweeps those that died out of the list.
      expect(after.get('worker-gone')).toBe('resolved')
    } finally {
      child.kill('SIGKILL')
    }
  },
)

async function memory(): Promise<{ absent: Record<string, string> }> {
  const { rows } = await pool().query<{ memory: { absent: Record<string, string> } }>('select memory from notice_look')
  return rows[0]?.memory ?? { absent: {} }
}

test('a run that no worker can do is told, and ends when one comes that can', async () => {
  bench.providers.set('alimtalk', openFake(fakeVendor()))
  bench.plans.set('card', chain({ rows: people(2) }))
  const nodeTypes = { postcard: { version: 1, hash: 'aaaa' } }
  await bench.engine({}, { nodeTypes: ['filter@1'] })
  const runId = await bench.startPinned('card', { document: { name: 'card' }, templates: {}, timezone: 'Asia/Seoul', nodeTypes })
  const able = new AbleRuns({ pool: pool(), log: testLog, abilities: ['filter@1'], patienceMs: 0 })
  await able.learn([{ id: runId, blocked: false }])
  expect(await found('worker')).toMatchObject([
    {
      code: 'run-blocked',
      subject: `run:${runId}`,
      state: 'open',
      run_id: runId,
      fields: { run: 1, reason: 'no-worker-for-run' },
    },
  ])
  await bench.engine({}, { nodeTypes: ['postcard@1#aaaa'] })
  await bench.until(runId, ['completed'])
  expect(await found('worker')).toMatchObject([{ code: 'run-blocked', state: 'resolved', turn: 2 }])
})
