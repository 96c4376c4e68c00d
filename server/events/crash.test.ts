import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CrashPoint } from '#runtime/crash-point.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { published, teamInvited, welcome } from './test/event-workflow.ts'

// The server dies while it takes something in: what it answered is there, and what is repeated with its key is there once.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let database: TestDatabase
let shop: TestDatabase
let worker: WorkerHandle
const children: ChildProcess[] = []
beforeAll(async () => {
  ;[database, shop] = await Promise.all([testDatabase(), testDatabase({ empty: true })])
  await shop.pool.query(`create table members (name text, phone text, team text);
    insert into members values ('김', '01012345678', 'a'), ('이', '01012345679', 'a'), ('박', '01012345670', 'b')`)
  const first = await server()
  worker = await startWorker({ databaseUrl: database.url, secretKey: Buffer.alloc(32, 7), sampleUrl: shop.url, log: quietLog() })
  await published(first, welcome())
  await published(first, teamInvited())
  first.child.kill('SIGKILL')
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await worker?.stop()
  await Promise.all([database?.close(), shop?.close()])
})

interface Answer<T> {
  status: number
  body: T
}

/** A server process, and how it is called; whoever gets no answer gets null. */
async function server(point?: CrashPoint) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test/server-process.ts'), database.url, shop.url], {
    env: { ...process.env, ALIMFLOW_CRASH_POINT: point && `${point}:kill:2` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString().trim()
  const call = async <T>(method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(options.body !== undefined && { 'content-type': 'application/json' }), ...options.headers },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    })
    // What our own server answers.
    return { status: response.status, body: (await response.json()) as T, headers: {} } satisfies Answer<T> & { headers: object }
  }
  return { child, call }
}

const POINTS: readonly CrashPoint[] = ['before-taking', 'mid-taking', 'after-taking']
const CALLS = 12

interface Way {
  readonly path: string
  readonly body: (index: number) => object
  /** Messages that come of one call. */
  readonly each: number
}
const WAYS: Record<string, Way> = {
  'single sends': {
    path: '/api/messages',
    body: (index) => ({ connection: 'sandbox', channel: 'sms', to: '01012345678', text: { body: `안녕하세요 ${index}` } }),
    each: 1,
  },
  events: {
    path: '/api/events',
    body: (index) => ({ event: 'user.signed-up', payload: { name: String(index), phone: '01012345678' } }),
    each: 1,
  },
  'events that start runs': { path: '/api/events', body: () => ({ event: 'team.invited', payload: { team: 'a' } }), each: 2 },
}

test.each(POINTS.flatMap((point) => Object.keys(WAYS).map((way) => [point, way] as const)))(
  'kill -9 %s: %s',
  async (point, name) => {
    const { path, body, each } = WAYS[name] as Way
    const before = await messages()
    const dying = await server(point)
    const gone = once(dying.child, 'exit')
    const send = (to: Pick<typeof dying, 'call'>, index: number): Promise<Answer<{ items: unknown[] }>> =>
      to.call('POST', path, { body: body(index), headers: { 'idempotency-key': `${point}-${path}-${each}-${index}` } })
    const first: (Answer<{ items: unknown[] }> | null)[] = []
    // One after the other: the second commit is the one at which it dies, whatever gathers.
    for (let index = 0; index < CALLS; index++) first.push(await send(dying, index).catch(() => null))
    expect(first.at(-1)).toBeNull()
    const [, signal] = await gone
    expect(signal).toBe('SIGKILL')
    const answered = first.filter((one) => one !== null)
    for (const { status } of answered) expect(status).toBe(202)
    // Under way it dies by time: the second answer may just have left.
    expect(answered.length).toBeGreaterThanOrEqual(1)
    expect(answered.length).toBeLessThanOrEqual(point === 'mid-taking' ? 2 : 1)

    const living = await server()
    const again = await Promise.all(first.map((_, index) => patiently(() => send(living, index))))
    expect(again.map(({ status }) => status)).toEqual(first.map(() => 202))
    // Who was answered gets the same answer; who was not gets one now.
    for (const [index, one] of first.entries()) if (one) expect(again[index]?.body).toEqual(one.body)
    await expect.poll(async () => (await messages()) - before, { timeout: 120_000, interval: 200 }).toBe(CALLS * each)
    await expect.poll(open, { timeout: 120_000, interval: 200 }).toBe(0)
    expect((await messages()) - before).toBe(CALLS * each)
    expect(await broken()).toEqual([])
    living.child.kill('SIGKILL')
  },
)

/** As a caller does whom a busy server asks to come again: the same call with the same key. */
async function patiently<T extends { status: number; body: unknown }>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await call()
    if (answer.status !== 503) return answer
    if (tries === 20) throw new Error(`It was asked to come again 20 times: ${JSON.stringify(answer.body)}`)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

/** Messages, of which each person of each call has one; those of the sandbox are accepted at once. */
async function messages(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from messages where run_no > 0')
  return rows[0]?.n ?? 0
}
async function open(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    'select count(*)::int as n from run_chunk where run_no > 0 and state <> 2',
  )
  return rows[0]?.n ?? 0
}
/** Numbers that were given twice, or given and never used; closed chunks whose sums are wrong. */
async function broken(): Promise<unknown[]> {
  const { rows } = await database.pool.query(
    `select r.run_no, r.total, count(m.seq)::int as messages, count(distinct m.seq)::int as people, max(m.seq) as last
     from workflow_run r left join messages m on m.run_no = r.run_no group by 1, 2
     having r.total <> count(m.seq) or count(m.seq) <> count(distinct m.seq) or max(m.seq) <> r.total
     union all
     select k.run_no, k.n, k.sent, k.failed, k.no from run_chunk k
     where k.state = 2 and k.n <> k.sent + k.failed + k.unconfirmed + k.skipped + k.moved`,
  )
  return rows
}
