import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OutboxPage } from '#schemas/api/outbox.ts'
import type { ErasedPerson } from '#schemas/api/retention.ts'
import type { MessagePage } from '#schemas/api/runs.ts'
import type { Totals } from '#schemas/api/totals.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { MessageDetail } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import { RUN_ENDS } from '#runtime/states/run-states.ts'
import { makePartitions } from '#server/ledger/partitions.ts'
import { monthOf } from '#server/ledger/run-no.ts'
import { dropOldMonths } from '#server/retention/drop-months.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { foldTotals } from '#server/totals/fold.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { reportWorkflow } from './test/report-workflow.ts'

// Totals, erasing and what is left of old runs, over real runs and the real routes.

let server: TestApp
let worker: WorkerHandle | undefined
let workflowId: string
let runId: string

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7 from generate_series(1, 30) i;
    insert into customers values (31, '거부', '01030000002', 1, true);
    create table reviews (company_id int, rating int);
    insert into reviews select i % 6, 1 + i % 5 from generate_series(1, 60) i`)
  await server.database.pool.query(
    `insert into connection (workspace_id, id, kind, name, settings) select id, 'plain', 'sandbox', '보내는 곳', '{}' from workspace`,
  )
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
  workflowId = (await server.call<{ id: string }>('POST', '/api/workflows', { body: reportWorkflow('plain') })).body.id
  runId = await run()
}, 180_000)
afterAll(async () => {
  await worker?.stop()
  await server.close()
})

async function run(): Promise<string> {
  const { body } = await server.call<{ runId: string }>('POST', `/api/workflows/${workflowId}/execute`, { body: {} })
  const end = Date.now() + 60_000
  for (;;) {
    const { state } = await read(body.runId)
    if (RUN_ENDS.some((one) => one === state)) return body.runId
    if (Date.now() > end) throw new Error(`still ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const read = async (id: string) => (await server.call<Run>('GET', `/api/runs/${id}`)).body
const messages = async (id: string, query = '') =>
  (await server.call<MessagePage>('GET', `/api/runs/${id}/messages?limit=100${query}`)).body.items
const totals = (query = '') => server.call<Totals & ErrorBody>('GET', `/api/totals${query}`)

test('totals name what was sent where, and agree with the run', async () => {
  await foldTotals(server.database.pool)
  const { status, body } = await totals(`?workflowId=${workflowId}`)
  expect(status).toBe(200)
  const { outcomes } = await read(runId)
  expect(body.sum).toMatchObject({ delivered: outcomes.delivered, skipped: outcomes.skipped, failed: 0, unconfirmed: 0 })
  expect(body.items.map(({ nodeId, channel, connectionName }) => [nodeId, channel, connectionName])).toEqual([
    ['out', null, null],
    ['talk', 'alimtalk', '보내는 곳'],
  ])
  expect(body.items[1]).toMatchObject({ workflowId, workflowName: '주간 리뷰', delivered: 30, day: body.to })
  expect(body.timezone).toBe('Asia/Seoul')
  // By the prices of today: those of the connection go before the sandbox's.
  const costs = async () => (await totals(`?workflowId=${workflowId}`)).body.items.map(({ cost }) => cost?.amount)
  expect(await costs()).toEqual([undefined, '0'])
  await server.database.pool.query(
    `update connection set settings = (settings::jsonb || '{"priceAlimtalk":7.5}')::json where name = '보내는 곳'`,
  )
  expect(await costs()).toEqual([undefined, '225'])
  expect((await totals(`?workflowId=${runId}`)).body.items).toEqual([])
})

test('a range that is none is refused', async () => {
  for (const query of [
    '?from=2026-02-30&to=2026-03-01',
    '?from=2026-03-02&to=2026-03-01',
    '?from=2020-01-01&to=2026-01-01',
    '?from=x',
  ])
    expect((await totals(query)).status, query).toBe(400)
})

test('an erased person is shown as erased: no name, no address, no text; the others as before', async () => {
  const [first] = await messages(runId, '&address=01020000001')
  const erased = await server.call<ErasedPerson>('POST', '/api/people/erase', { body: { address: '010-2000-0001' } })
  expect(erased.body).toMatchObject({ rows: 1, runs: 1, waiting: 0 })
  const items = await messages(runId)
  expect(items.filter((item) => item.erased).map(({ id, state, address, name }) => ({ id, state, address, name }))).toEqual([
    { id: first?.id, state: 'delivered', address: null, name: null },
  ])
  expect(items.filter((item) => !item.erased && item.address !== null)).toHaveLength(30)
  const detail = (await server.call<MessageDetail>('POST', `/api/messages/${first?.id}/reveal`)).body
  expect(detail).toMatchObject({ erased: true, state: 'delivered', values: {}, parts: null, address: null, name: null })
  expect(await messages(runId, '&address=01020000001')).toEqual([])
  const outbox = (await server.call<OutboxPage>('GET', `/api/outbox?runId=${runId}&limit=100`)).body
  expect(outbox.items.filter(({ person }) => person.name === null && person.address === null)).toHaveLength(1)
  expect(JSON.stringify(outbox.items.find(({ person }) => person.name === null)?.messages)).not.toContain('고객1님')
  expect((await server.call<ErrorBody>('POST', '/api/people/erase', { body: { address: '   ' } })).body.error.code).toBe(
    'address-not-usable',
  )
})

test('a run whose data was erased still tells what happened, not to whom', async () => {
  const other = await run()
  // Opened before, with its key.
  expect((await messages(other)).some(({ name }) => name !== null)).toBe(true)
  const before = await read(other)
  const { status, body } = await server.call<Run>('DELETE', `/api/runs/${other}/personal-data`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ outcomes: before.outcomes, nodes: before.nodes, personalData: { erasedAt: expect.any(String) } })
  const items = await messages(other)
  expect(items).toHaveLength(31)
  expect(items.every((item) => item.erased && item.address === null && item.name === null)).toBe(true)
  const detail = await server.call<MessageDetail>('GET', `/api/messages/${items[0]?.id}`)
  expect(detail).toMatchObject({ status: 200, body: { erased: true, values: {}, parts: null, attempts: [{ attempt: 1 }] } })
  expect(await messages(other, '&address=01020000002')).toEqual([])
  expect((await server.call<OutboxPage>('GET', `/api/outbox?runId=${other}`)).body.items).toEqual([])
  expect((await server.call<OutboxPage>('GET', '/api/outbox?address=01020000002')).status).toBe(200)
})

test('what was dropped by age leaves the run with its sums', async () => {
  const before = await read(runId)
  const now = new Date()
  const later = new Date(Date.UTC(now.getUTCFullYear() + 2, now.getUTCMonth(), 1))
  await makePartitions(server.database.pool, [monthOf(later)])
  await foldTotals(server.database.pool)
  expect(await dropOldMonths(server.database.pool, { now: later, log: quietLog() })).toContain(
    now.toISOString().slice(0, 7).replace('-', '_'),
  )
  const after = await read(runId)
  for (const part of ['outcomes', 'nodes', 'excluded', 'toSend', 'recipients', 'cost', 'lawHolds'] as const)
    expect(after[part], part).toEqual(before[part])
  expect(after.personalData?.deletedAt).toEqual(expect.any(String))
  expect(await messages(runId)).toEqual([])
})

test('how long things are kept can be set, within bounds', async () => {
  expect((await server.call('GET', '/api/retention')).body).toEqual({ keepMonths: 13 })
  expect((await server.call('PUT', '/api/retention', { body: { keepMonths: 24 } })).body).toEqual({ keepMonths: 24 })
  expect((await server.call('PUT', '/api/retention', { body: { keepMonths: 0 } })).status).toBe(422)
  const { rows } = await server.database.pool.query(`select actor, data from audit_event where action = 'retention'`)
  expect(rows).toEqual([{ actor: 'local', data: { keepMonths: 24 } }])
})
