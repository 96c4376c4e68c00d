import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Launch } from '#schemas/api/launch.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { Run } from '#schemas/run.ts'
import { lookOnce } from '#server/notices/look.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { reportWorkflow } from './test/report-workflow.ts'
import { twoLists } from './test/two-lists.ts'

// A run that a person launches: it prepares as a whole, says what it found, and sends only by that person's word.

let server: TestApp
let worker: WorkerHandle | undefined

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7, i <= 10 from generate_series(1, 150) i;
    insert into customers values (151, null, '01030000003', 1, false);
    create table reviews (company_id int, rating int);
    insert into reviews select i % 6, 1 + i % 5 from generate_series(1, 30) i`)
  const settings = { messagesPerSecond: 100, reservedPercent: 0, priceAlimtalk: 13 }
  await server.database.pool.query(
    `insert into connection (workspace_id, id, kind, name, settings) select id, 'talk', 'sandbox', 'Talk', $1 from workspace`,
    [JSON.stringify(settings)],
  )
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
}, 60_000)
afterAll(async () => {
  await worker?.stop()
  await server.close()
})

type Answer<T> = T & ErrorBody
const english = { headers: { 'accept-language': 'en' } }
const post = <T>(url: string, body?: object) => server.call<Answer<T>>('POST', url, { ...english, ...(body && { body }) })
const get = async <T>(url: string): Promise<T> => (await server.call<T>('GET', url, english)).body

async function workflow(settings: object = {}): Promise<string> {
  return (await post<{ id: string }>('/api/workflows', { ...reportWorkflow('talk'), settings })).body.id
}

async function asked(workflowId: string, body: object = {}): Promise<Run> {
  const { body: answer } = await post<{ runId: string }>(`/api/workflows/${workflowId}/execute`, { ask: true, ...body })
  expect(answer.error).toBeUndefined()
  return until(answer.runId, 'waiting', 'completed', 'failed')
}

async function until(id: string, ...states: string[]): Promise<Run> {
  for (const end = Date.now() + 40_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const run = await get<Run>(`/api/runs/${id}`)
    if (states.includes(run.state)) return run
  }
  throw new Error(`The run is ${JSON.stringify(await get(`/api/runs/${id}`))}`)
}

test('it prepares, waits with nothing sent, and says how many, who cannot, what it costs and how long it takes', async () => {
  const workflowId = await workflow()
  const run = await asked(workflowId)
  expect(run).toMatchObject({ state: 'waiting', reason: { code: 'launch-prepared' }, actions: ['cancel', 'approve'] })
  const left = Object.values(run.excluded).reduce((sum, count) => sum + count, 0)
  const launch = await get<Launch>(`/api/runs/${run.id}/launch`)
  const count = (run.recipients ?? 0) - left - 1
  expect(launch).toMatchObject({
    count,
    missing: 1,
    cannot: [{ count: 1, code: 'value-null' }],
    cost: { estimate: { amount: String(13 * count), currency: 'KRW' }, maximum: { amount: String(13 * count) } },
    time: { connection: 'Talk', perSecond: 100, seconds: count / 100 },
    night: { ads: 0 },
    last: null,
    guard: null,
    channels: [
      { channel: 'alimtalk', sandbox: true, fallback: false, kinds: { ATA: count }, prices: { ATA: 13 } },
      { channel: 'sms', fallback: true, kinds: {}, prices: { SMS: 0, LMS: 0 } },
    ],
  })
  expect(launch.longest?.used).toBeGreaterThan(5)
  // One yes is enough, and a second one is told that it came too late.
  const answers = await Promise.all([post(`/api/runs/${run.id}/approve`), post(`/api/runs/${run.id}/approve`)])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await until(run.id, 'completed')).toMatchObject({ lawHolds: true, outcomes: { delivered: count, failed: 1 } })
  const next = await asked(workflowId)
  expect((await get<Launch>(`/api/runs/${next.id}/launch`)).last).toMatchObject({
    id: run.id,
    number: 1,
    recipients: run.recipients,
  })
  expect((await post<Run>(`/api/runs/${next.id}/cancel`)).status).toBe(200)
  expect((await until(next.id, 'cancelled')).outcomes.delivered).toBeUndefined()
}, 90_000)

test('the first few by the word of the approval, then the rest by another', async () => {
  const run = await asked(await workflow())
  const first = await post<Run>(`/api/runs/${run.id}/approve`, { first: 20 })
  expect(first.status).toBe(200)
  const waits = await until(run.id, 'waiting', 'completed')
  expect(waits.reason).toMatchObject({ code: 'first-part-sent', fields: { count: 20 } })
  const sent = (outcomes: Run['outcomes']): number => (outcomes.sent ?? 0) + (outcomes.delivered ?? 0)
  expect(sent(waits.outcomes)).toBe(20)
  // Once more a few, of those who are left.
  await post(`/api/runs/${run.id}/approve`, { first: 5 })
  await expect.poll(async () => sent((await get<Run>(`/api/runs/${run.id}`)).outcomes), { timeout: 20_000 }).toBe(25)
  await until(run.id, 'waiting')
  await post(`/api/runs/${run.id}/approve`)
  const done = await until(run.id, 'completed')
  expect(done).toMatchObject({ lawHolds: true, outcomes: { failed: 1 } })
  expect((await post(`/api/runs/${run.id}/approve`, { first: 5 })).body.error).toMatchObject({ code: 'run-over' })
  expect((await post(`/api/runs/${run.id}/approve`, { first: 0 })).status).toBe(422)
}, 90_000)

test('what a guard found is said beside it; one yes is enough', async () => {
  const run = await asked(await workflow({ guards: { maxRecipients: 20 } }))
  expect(run.reason?.code).toBe('launch-prepared')
  const { guard } = await get<Launch>(`/api/runs/${run.id}/launch`)
  expect(guard).toMatchObject({ code: 'guard-recipients' })
  expect(guard?.message).toContain('20')
  await post(`/api/runs/${run.id}/approve`)
  await until(run.id, 'completed')
}, 60_000)

test('who launches a run needs no notice of it; one that was left waiting is told', async () => {
  const run = await asked(await workflow())
  const look = async (now: Date) => {
    await lookOnce({ pool: server.database.pool, plan: () => Promise.resolve(null) }, { now })
    const { rows } = await server.database.pool.query<{ code: string }>('select code from notice where run_id = $1', [run.id])
    return rows.map(({ code }) => code)
  }
  expect(await look(new Date())).toEqual([])
  expect(await look(new Date(Date.now() + 24 * 3_600_000))).toEqual(['run-waits-approval'])
  await post(`/api/runs/${run.id}/cancel`)
}, 60_000)

test('a test run asks nobody, and a foreign id is not found', async () => {
  const workflowId = await workflow()
  const refused = await post(`/api/workflows/${workflowId}/execute`, { ask: true, test: { addresses: ['01012345678'] } })
  expect({ status: refused.status, error: refused.body.error }).toMatchObject({ status: 400, error: { code: 'ask-of-test' } })
  expect((await server.call('GET', '/api/runs/no-id/launch')).status).toBe(404)
})

test('where lists were appended it says how many rows gave way, and in which order the lists count', async () => {
  const made = await post<{ id: string }>('/api/workflows', twoLists('talk'))
  const run = await asked(made.body.id)
  const launch = await get<Launch>(`/api/runs/${run.id}/launch`)
  // Customers 20 to 30 are on both lists, however their number is written there.
  expect(launch.appended).toEqual([{ nodeId: 'both', count: 11, lists: ['신규 가입', '기존 회원'] }])
  expect(run).toMatchObject({ recipients: 50, excluded: { duplicate: 11 } })
  expect((await post<Run>(`/api/runs/${run.id}/cancel`)).status).toBe(200)
}, 90_000)
