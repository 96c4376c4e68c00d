import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessagePage } from '#schemas/api/runs.ts'
import type { WorkflowPage } from '#schemas/api/workflows.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { MessageDetail } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import { RUN_ENDS } from '#runtime/states/run-states.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { reportWorkflow } from './test/report-workflow.ts'

// A test run through the real routes and a real worker: the texts of the first people, to the numbers of those who test.

let server: TestApp
let worker: WorkerHandle | undefined
let workflowId: string
const testers = ['010-9999-0001', '01099990002']

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7, i = 1 from generate_series(1, 3000) i;
    create table reviews (company_id int, rating int);
    insert into reviews select i % 7, 1 + i % 5 from generate_series(1, 300) i`)
  await server.database.pool.query(
    `insert into connection (workspace_id, id, kind, name, settings) select id, 'calm', 'sandbox', '시험하는 곳', '{}' from workspace`,
  )
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
  const made = await server.call<{ id: string }>('POST', '/api/workflows', { body: reportWorkflow('calm') })
  workflowId = made.body.id
}, 60_000)
afterAll(async () => {
  await worker?.stop()
  await server.close()
})

const execute = (body: unknown) =>
  server.call<{ runId: string } & ErrorBody>('POST', `/api/workflows/${workflowId}/execute`, { body })

async function ended(id: string): Promise<Run> {
  const end = Date.now() + 30_000
  for (;;) {
    const { body: run } = await server.call<Run>('GET', `/api/runs/${id}`)
    if (RUN_ENDS.some((state) => state === run.state) || run.state === 'paused') return run
    if (Date.now() > end) throw new Error(`still ${run.state}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function messagesOf(runId: string): Promise<MessageDetail[]> {
  const { body } = await server.call<MessagePage>('GET', `/api/runs/${runId}/messages`)
  return Promise.all(
    body.items.map(async ({ id }) => (await server.call<MessageDetail>('POST', `/api/messages/${id}/reveal`)).body),
  )
}

const said = [
  { number: 1, state: 'delivered', address: '010-9999-0001', name: '고객2', values: { phone: '01020000002' } },
  { number: 2, state: 'delivered', address: '01099990002', name: '고객3', values: { phone: '01020000003' } },
]
const finished = { kind: 'test', state: 'completed', outcomes: { delivered: 2 }, lawHolds: true }

test('a test run says what the first people would read, and says it to the testers only', async () => {
  const { status, body } = await execute({ test: { addresses: testers } })
  expect(status).toBe(202)
  expect(await ended(body.runId)).toMatchObject(finished)
  const messages = await messagesOf(body.runId)
  expect(messages).toMatchObject(said)
  expect(messages[0]?.parts?.['body']).toMatch(/^고객2님, 리뷰 \d+개$/)
  expect(Object.keys(messages[0]?.values ?? {}).filter((name) => name.includes('test-address'))).toEqual([])

  // Found by the tester's number, not by the person's own.
  const search = async (to: string) =>
    (await server.call<MessagePage>('GET', `/api/runs/${body.runId}/messages?address=${to}`)).body.items.length
  expect([await search('01099990001'), await search('01020000002')]).toEqual([1, 0])

  // Sealed, and nobody's last run.
  const { pool } = server.database
  const { rows } = await pool.query('select test_addresses_enc as sealed from workflow_run where id = $1', [body.runId])
  expect(rows[0]?.sealed.length).toBeGreaterThan(28)
  expect(rows[0]?.sealed.includes('9999')).toBe(false)
  const list = await server.call<WorkflowPage>('GET', '/api/workflows')
  expect(list.body.items.find(({ id }) => id === workflowId)).toMatchObject({ lastRun: null, recent: [] })
  const status0 = await server.call('GET', `/api/workflows/${workflowId}/status`)
  expect(status0.body).toMatchObject({ lastRun: null, running: [] })

  // Repeated, it is a test again, to the same numbers.
  const again = await server.call<{ runId: string }>('POST', `/api/runs/${body.runId}/repeat`)
  expect(again.status).toBe(202)
  expect(await ended(again.body.runId)).toMatchObject(finished)
  expect(await messagesOf(again.body.runId)).toMatchObject(said)

  // Erased, it is never repeated: without the testers' numbers it would go to the people.
  expect((await server.call('DELETE', `/api/runs/${body.runId}/personal-data`)).status).toBeLessThan(300)
  expect(await server.call('POST', `/api/runs/${body.runId}/repeat`)).toMatchObject({
    status: 409,
    body: { error: { code: 'run-erased' } },
  })
}, 60_000)

test('the numbers of people in a test run are hidden whatever their column is called, and go with the people', async () => {
  const { nodes, edges, ...rest } = reportWorkflow('calm')
  // A column whose name says nothing, and no step that knows what it is but the one that sends.
  const sql = 'select id, name, phone as hp, company_id from customers order by id'
  const document = {
    ...rest,
    name: '열 이름',
    nodes: nodes
      .filter(({ id }) => id !== 'out')
      .map(({ config, ...node }) => ({
        ...node,
        config: {
          ...config,
          ...('sql' in config && node.id === 'people' && { sql }),
          ...('address' in config && { address: 'hp' }),
        },
      })),
    edges: edges
      .filter(({ target }) => target !== 'out')
      .map((edge) => (edge.source === 'out' ? { ...edge, source: 'people' } : edge)),
  }
  const made = await server.call<{ id: string }>('POST', '/api/workflows', { body: document })
  const { body } = await server.call<{ runId: string }>('POST', `/api/workflows/${made.body.id}/execute`, {
    body: { test: { addresses: testers } },
  })
  expect(await ended(body.runId)).toMatchObject(finished)
  const shown = async () => {
    const { body: page } = await server.call<MessagePage>('GET', `/api/runs/${body.runId}/messages`)
    return Promise.all(page.items.map(async ({ id }) => (await server.call<MessageDetail>('GET', `/api/messages/${id}`)).body))
  }
  expect((await shown()).map(({ values }) => values.hp)).toEqual(['010-****-0001', '010-****-0002'])
  const erased = await server.call('POST', '/api/people/erase', { body: { address: '010-2000-0001' } })
  expect(erased.status).toBe(200)
  expect((await messagesOf(body.runId)).map(({ values }) => values.hp ?? null)).toEqual([null, '01020000002'])
}, 60_000)

test('who has the number of nobody is refused before anything starts, and the answer does not repeat it', async () => {
  const { status, body } = await execute({ test: { addresses: ['01099990001', '12'] } })
  expect({ status, code: body.error.code }).toEqual({ status: 400, code: 'invalid-request' })
  expect(JSON.stringify(body)).toContain('test.addresses[1]')
  for (const wrong of [{ addresses: [] }, {}, { addresses: Array(21).fill('01099990001') }])
    expect((await execute({ test: wrong })).status, JSON.stringify(wrong)).toBe(422)
})
