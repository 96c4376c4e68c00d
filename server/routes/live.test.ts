import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunFrame, ServerFrame } from '#schemas/frames.ts'
import { RunFrame as RunFrameSchema } from '#schemas/frames.ts'
import { Value } from 'typebox/value'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { reportWorkflow } from './test/report-workflow.ts'

// Live progress over a real WebSocket, while a real worker sends slowly.

let server: TestApp
let worker: WorkerHandle | undefined
let address: string

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7 from generate_series(1, 5000) i;
    create table reviews (company_id int, rating int)`)
  await server.database.pool.query(
    `insert into connection (workspace_id, id, kind, name, settings) select id, 'slow', 'sandbox', '느린 곳', '{"slowMs":600,"concurrency":1,"reportLateMs":300}' from workspace`,
  )
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.app.server.address() as { port: number }
  address = `127.0.0.1:${port}`
}, 60_000)
afterAll(async () => {
  await worker?.stop()
  await server.close()
})

interface Watch {
  readonly socket: WebSocket
  readonly frames: { readonly frame: ServerFrame; readonly at: number }[]
  send(frame: unknown): void
  until(is: (frame: ServerFrame) => boolean, ms?: number): Promise<ServerFrame>
}

async function connect(query = ''): Promise<Watch> {
  const socket = new WebSocket(`ws://${address}/ws${query}`)
  const frames: Watch['frames'] = []
  socket.addEventListener('message', ({ data }) =>
    frames.push({ frame: JSON.parse(String(data)) as ServerFrame, at: Date.now() }),
  )
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('refused')))
  })
  return {
    socket,
    frames,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    async until(is, ms = 15_000) {
      const end = Date.now() + ms
      for (;;) {
        const found = frames.find(({ frame }) => is(frame))
        if (found) return found.frame
        if (Date.now() > end) throw new Error(`Not among ${frames.length} frames: ${JSON.stringify(frames.at(-1))}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
  }
}

async function start(): Promise<string> {
  const made = await server.call<{ id: string }>('POST', '/api/workflows', { body: reportWorkflow('slow') })
  const started = await server.call<{ runId: string }>('POST', `/api/workflows/${made.body.id}/execute`, { body: {} })
  expect(started.status).toBe(202)
  return started.body.runId
}

const isRun = (frame: ServerFrame): frame is RunFrame => frame.type === 'run'
const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

test('a run is watched from its start to its end: lawful snapshots, versions that grow, at most four a second, one at the end', async () => {
  const list = await connect()
  list.send({ type: 'subscribe', topic: 'runs' })
  const runId = await start()
  const watch = await connect('?language=en')
  watch.send({ type: 'subscribe', runId })
  const last = await watch.until((frame) => isRun(frame) && frame.state === 'completed', 30_000)
  const seen = watch.frames.flatMap(({ frame, at }) => (isRun(frame) ? [{ frame, at }] : []))
  for (const { frame } of seen) expect(Value.Check(RunFrameSchema, frame)).toBe(true)
  expect(seen.length).toBeGreaterThan(4)
  seen.slice(1).forEach(({ frame, at }, index) => {
    expect(frame.version).toBeGreaterThan(seen[index]?.frame.version ?? 0)
    expect(at - (seen[index]?.at ?? 0)).toBeGreaterThan(150)
  })
  for (const { frame } of seen) if (frame.recipients !== null) expect(total(frame.outcomes)).toBe(frame.recipients)
  const going = seen
    .map(({ frame }) => frame)
    .filter(({ state, outcomes }) => state === 'sending' && (outcomes.pending ?? 0) > 0 && (outcomes.sent ?? 0) > 0)
  expect(going.length).toBeGreaterThan(0)
  expect(going.some(({ recent }) => recent.length === 5)).toBe(true)
  expect(JSON.stringify(going)).not.toMatch(/0102000\d{4}/)
  expect(last).toMatchObject({ recipients: 5000, outcomes: { delivered: 5000 }, lawHolds: true })
  expect(isRun(last) && last.series.length <= 120 && last.series.reduce((sum, { sent }) => sum + sent, 0)).toBe(5000)
  await list.until((frame) => frame.type === 'runs' && frame.items.some(({ id, state }) => id === runId && state === 'completed'))
  const after = watch.frames.length
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(watch.frames.length).toBe(after)
  // Who comes late sees the end at once.
  const late = await connect()
  late.send({ type: 'subscribe', runId })
  expect(await late.until(isRun)).toMatchObject({ state: 'completed', outcomes: { delivered: 5000 } })
  for (const { socket } of [list, watch, late]) socket.close()
}, 60_000)

test('pages of a run that goes on: who waits, who is being sent to, and a cancel that all see', async () => {
  const runId = await start()
  const watch = await connect()
  watch.send({ type: 'subscribe', runId })
  await watch.until((frame) => isRun(frame) && frame.state === 'sending' && (frame.outcomes.sent ?? 0) > 0)
  interface Page {
    items: { id: string; number: number; state: string }[]
    nextCursor: string | null
  }
  const pending = (await server.call<Page>('GET', `/api/runs/${runId}/messages?state=pending&limit=500`)).body
  expect(new Set(pending.items.map(({ state }) => state))).toEqual(new Set(['pending']))
  const waiting = (await server.call<Page>('GET', `/api/runs/${runId}/messages?address=01020005000`)).body
  expect(waiting.items.map(({ number, state }) => [number, state])).toEqual([[5000, 'pending']])
  const detail = await server.call<{ state: string; parts: unknown }>('GET', `/api/messages/${waiting.items[0]?.id}`)
  expect(detail).toMatchObject({ status: 200, body: { state: 'pending', parts: null } })
  expect((await server.call('POST', `/api/runs/${runId}/cancel`)).status).toBe(200)
  const last = await watch.until((frame) => isRun(frame) && frame.state === 'cancelled')
  expect(isRun(last) && total(last.outcomes)).toBe(5000)
  const gone = (await server.call<Page>('GET', `/api/runs/${runId}/messages?state=cancelled&limit=1`)).body
  expect(gone.items).toHaveLength(1)
  watch.socket.close()
}, 60_000)

test('what is no frame gets an error frame, in the language that was asked for, and the socket stays', async () => {
  const watch = await connect('?language=en')
  for (const text of ['{', '[]', '{"type":"dance"}', '{"type":"subscribe"}', '{"type":"subscribe","runId":"nonsense"}']) {
    const before = watch.frames.length
    watch.send(text)
    await expect.poll(() => watch.frames.length).toBe(before + 1)
    expect(watch.frames.at(-1)?.frame).toMatchObject({ type: 'error' })
  }
  expect(watch.frames.at(-1)?.frame).toMatchObject({
    error: { code: 'not-found', message: expect.stringContaining('There is no') },
  })
  watch.send({ type: 'ping' })
  expect(await watch.until(({ type }) => type === 'pong')).toEqual({ type: 'pong' })
  watch.socket.close()
})

test('after the listening connection was lost, news is heard again', async () => {
  const watch = await connect()
  watch.send({ type: 'subscribe', topic: 'runs' })
  await watch.until(({ type }) => type === 'runs')
  await server.database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'alimflow live' and datname = current_database()`,
  )
  const runId = await start()
  await watch.until((frame) => frame.type === 'runs' && frame.items.some(({ id }) => id === runId))
  await server.call('POST', `/api/runs/${runId}/cancel`)
  watch.socket.close()
})
