import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessagePage, RunPage } from '#schemas/api/runs.ts'
import type { OutboxPage } from '#schemas/api/outbox.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { MessageDetail, MessageItem } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import { RUN_ENDS } from '#runtime/states/run-states.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { reportWorkflow } from './test/report-workflow.ts'

// Runs as their pages read them: a real run through a real worker over the sandbox, asked about over the real routes.

let server: TestApp
let worker: WorkerHandle | undefined
let runId: string
let workflowId: string
const english = { headers: { 'accept-language': 'en' } }

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7 from generate_series(1, 1200) i;
    insert into customers values (1201, '중복', '010-2000-0001', 1, false), (1202, '거부', '01030000002', 1, true), (1203, null, '01030000003', 1, false), (1204, '번호', '12', 1, false);
    create table reviews (company_id int, rating int);
    insert into reviews select i % 6, 1 + i % 5 from generate_series(1, 300) i`)
  await server.database.pool.query(
    `insert into connection (workspace_id, id, kind, name, settings) select id, 'choosy', 'sandbox', '까다로운 곳', '{"refuseShare":0.1}' from workspace`,
  )
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
  const made = await server.call<{ id: string }>('POST', '/api/workflows', { body: reportWorkflow('choosy') })
  workflowId = made.body.id
  runId = await execute(workflowId)
  await ended(runId)
}, 60_000)
afterAll(async () => {
  await worker?.stop()
  await server.close()
})

async function execute(id: string): Promise<string> {
  const { status, body } = await server.call<{ runId: string } & ErrorBody>('POST', `/api/workflows/${id}/execute`, { body: {} })
  expect({ status, error: body.error }).toEqual({ status: 202, error: undefined })
  return body.runId
}

const read = async (id = runId, options = {}) => (await server.call<Run>('GET', `/api/runs/${id}`, options)).body
async function ended(id: string): Promise<Run> {
  const end = Date.now() + 30_000
  for (;;) {
    const run = await read(id)
    if (RUN_ENDS.some((state) => state === run.state) || run.state === 'paused') return run
    if (Date.now() > end) throw new Error(`still ${run.state}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const messages = async (query = '', id = runId, options = {}) =>
  (await server.call<MessagePage>('GET', `/api/runs/${id}/messages${query}`, options)).body
async function everyMessage(query: string, limit: number): Promise<MessageItem[]> {
  const all: MessageItem[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: MessagePage = await messages(`?limit=${limit}${query}${cursor ? `&cursor=${cursor}` : ''}`)
    expect(page.items.length).toBeLessThanOrEqual(limit)
    all.push(...page.items)
    cursor = page.nextCursor
  }
  return all
}
const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, count) => total + count, 0)

test('a run accounts for everyone, at every step', async () => {
  const run = await read()
  expect(run).toMatchObject({
    number: 1,
    version: 'draft',
    trigger: 'manual',
    state: 'completed',
    reason: null,
    recipients: 1204,
    toSend: 1201,
    excluded: { duplicate: 1, 'opted-out': 1, 'bad-address': 1 },
    lawHolds: true,
    cost: { estimate: { amount: '0' }, actual: { amount: '0' } },
    cause: null,
    eta: null,
  })
  expect(sum(run.outcomes)).toBe(1204)
  expect(run.nodes.people).toMatchObject({ out: { rows: 1204 } })
  expect(run.nodes.out).toMatchObject({ in: 1204, out: { rows: 1201, skipped: 3 } })
  expect(run.nodes.ask).toMatchObject({ in: 1201, out: { rows: 1201 } })
  expect(run.nodes.ask?.statements).toBeGreaterThan(0)
  const talk = run.nodes.talk
  const refused = talk?.out.undelivered ?? 0
  expect(refused).toBeGreaterThan(50)
  expect(run.nodes.sms?.in).toBe(refused)
  // One has no name: no text, so no message.
  expect((talk?.out.sent ?? 0) + refused + 1).toBe(1201)
  expect(run.document).toMatchObject({ name: '주간 리뷰' })
  expect(run.summaries).toHaveProperty('fill.ko')
})

test("what a run costs goes by its connection's prices; two prices that counters cannot tell apart are none", async () => {
  const price = (settings: object) =>
    server.database.pool.query(`update connection set settings = $1 where id = 'choosy'`, [
      JSON.stringify({ refuseShare: 0.1, ...settings }),
    ])
  await price({ priceAlimtalk: 7.5, priceSms: 8, priceLms: 8 })
  const { nodes, cost } = await read()
  const sent = (nodes.talk?.out.sent ?? 0) * 7.5 + (nodes.sms?.out.sent ?? 0) * 8
  expect(cost).toMatchObject({
    estimate: { amount: String(Math.round(1201 * 7.5)), currency: 'KRW' },
    maximum: { amount: String(Math.round(1201 * 15.5)) },
    actual: { amount: String(Math.round(sent)) },
  })
  await price({ priceAlimtalk: 7.5, priceSms: 8, priceLms: 30 })
  expect((await read()).cost).toBeNull()
  await price({})
})

test('runs are listed, filtered and paged', async () => {
  const page = (await server.call<RunPage>('GET', `/api/runs?workflowId=${workflowId}`)).body
  expect(page.items.map(({ id }) => id)).toEqual([runId])
  expect(page.items[0]?.outcomes).toEqual((await read()).outcomes)
  expect((await server.call<RunPage>('GET', '/api/runs?state=failed,paused')).body.items).toEqual([])
  expect(await server.call<ErrorBody>('GET', '/api/runs?state=flying')).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid-request' } },
  })
  expect((await server.call('GET', '/api/runs?cursor=nonsense')).status).toBe(400)
  expect((await server.call('GET', '/api/runs/nonsense')).status).toBe(404)
})

test('every recipient is listed once for each channel, whatever the page size', async () => {
  const all = await everyMessage('', 500)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(new Set(all.map(({ number }) => number)).size).toBe(1204)
  const run = await read()
  expect(all).toHaveLength(1204 + (run.nodes.sms?.in ?? 0))
  expect((await everyMessage('&node=sms', 7)).map(({ number }) => number)).toEqual(
    all.filter(({ nodeId }) => nodeId === 'sms').map(({ number }) => number),
  )
  for (const { address } of all) expect(address ?? '').not.toMatch(/0102000\d{4}/)
})

test('one state: only what is in it, and as many as there are', async () => {
  const all = await everyMessage('', 500)
  for (const state of ['delivered', 'failed', 'skipped', 'errored', 'pending', 'sending', 'unconfirmed', 'expired'] as const) {
    const found = await everyMessage(`&state=${state}`, 101)
    expect(found.map(({ id }) => id).toSorted(), state).toEqual(
      all
        .filter((one) => one.state === state)
        .map(({ id }) => id)
        .toSorted(),
    )
  }
  expect((await server.call('GET', `/api/runs/${runId}/messages?state=flying`)).status).toBe(400)
  expect((await server.call('GET', `/api/runs/${runId}/messages?cursor=a.b`)).status).toBe(400)
})

test('left-out people stand there with their reasons, in both languages', async () => {
  const skipped = (await messages('?state=skipped')).items
  expect(skipped.map(({ reason }) => reason?.code ?? '').toSorted()).toEqual(['bad-address', 'duplicate', 'opted-out'])
  expect(skipped.find(({ reason }) => reason?.code === 'opted-out')).toMatchObject({
    name: '거*',
    address: '010-****-0002',
    channel: null,
  })
  const inEnglish = (await messages('?state=skipped', runId, english)).items
  expect(inEnglish.find(({ reason }) => reason?.code === 'opted-out')?.reason?.message).toBe(
    'This person does not want messages.',
  )
  const nameless = (await messages('?state=failed&node=talk&limit=500')).items.find(({ reason }) => reason?.code === 'value-null')
  expect(nameless?.reason).toMatchObject({ code: 'value-null' })
  expect(nameless?.reason?.message).toContain('name 열')
})

test('an exact number finds all of its messages in any way of writing, and nothing else', async () => {
  for (const address of ['010-2000-0001', '01020000001', '+82 10 2000 0001']) {
    const found = (await messages(`?address=${encodeURIComponent(address)}`)).items
    expect(new Set(found.map(({ number }) => number)).size).toBe(2)
    expect(found.filter(({ state }) => state === 'skipped').map(({ reason }) => reason?.code)).toEqual(['duplicate'])
  }
  expect((await messages('?address=01099998888')).items).toEqual([])
})

test('one message: exact text, values, why, attempts over channels, history', async () => {
  const bySms = (await messages('?node=sms&limit=1')).items[0]
  const detail = (await server.call<MessageDetail>('GET', `/api/messages/${bySms?.id}`)).body
  const n = bySms?.number ?? 0
  const reviews = n % 7 === 6 ? 0 : 50
  expect(detail).toMatchObject({
    nodeId: 'sms',
    state: 'delivered',
    revealed: false,
    workflowName: '주간 리뷰',
    parts: { body: `고객${n}님, 리뷰 ${reviews}개` },
    length: { kind: 'SMS', unit: 'bytes' },
    values: {
      id: n,
      company_id: n % 7,
      total: expect.anything(),
      name: expect.stringMatching(/^고\*+$/),
      phone: expect.stringMatching(/^010-\*{4}-/),
    },
  })
  expect(detail.attempts.map(({ nodeId, state }) => [nodeId, state])).toEqual([
    ['talk', 'failed'],
    ['sms', 'delivered'],
  ])
  expect(detail.attempts[0]?.reason).toMatchObject({
    code: 'provider-refused:3104',
    message: expect.stringContaining('카카오톡을 쓰지 않아요'),
  })
  expect(detail.history.map(({ state }) => state)).toEqual(['sent', 'delivered'])
  expect(detail.path.map(({ nodeId }) => nodeId)).toEqual(['start', 'people', 'out', 'ask', 'fill', 'text', 'talk', 'sms'])
  expect(detail.path.find(({ nodeId }) => nodeId === 'ask')?.summary).toContain(`전체: `)
  expect(JSON.stringify({ values: detail.values, path: detail.path })).not.toContain(`고객${n}`)
  const inEnglish = (await server.call<MessageDetail>('GET', `/api/messages/${bySms?.id}`, english)).body
  expect(inEnglish.attempts[0]?.reason?.message).toContain('Does not use KakaoTalk')
  expect(inEnglish.path.at(-1)?.summary).toBe('delivered')
})

test('who was left out has a detail that says why', async () => {
  const [opted] = (await messages('?state=skipped')).items.filter(({ reason }) => reason?.code === 'opted-out')
  const detail = (await server.call<MessageDetail>('GET', `/api/messages/${opted?.id}`)).body
  expect(detail).toMatchObject({ parts: null, attempts: [], state: 'skipped', values: { id: 1202, opted_out: true } })
  expect(detail.path.at(-1)).toMatchObject({ nodeId: 'out', summary: '받지 않겠다고 한 사람이에요.' })
})

test('revealing shows the person and is written down', async () => {
  const found = (await messages('?address=01020000005')).items[0]
  const revealed = await server.call<MessageDetail>('POST', `/api/messages/${found?.id}/reveal`)
  expect(revealed).toMatchObject({
    status: 200,
    body: { revealed: true, address: '01020000005', name: '고객5', values: { name: '고객5', phone: '01020000005' } },
  })
  const { rows } = await server.database.pool.query(
    `select actor, action, target_id, data from audit_event where action = 'reveal'`,
  )
  expect(rows).toEqual([{ actor: 'local', action: 'reveal', target_id: found?.id, data: { runId } }])
})

test.each(['nonsense', 'm1-1-1-1', 'm-1'])('the message id %s is no message', async (id) => {
  expect(await server.call<ErrorBody>('GET', `/api/messages/${id}`)).toMatchObject({
    status: 404,
    body: { error: { code: 'not-found' } },
  })
})

test('the outbox shows conversations with exact texts, paged by person', async () => {
  const first = (await server.call<OutboxPage>('GET', `/api/outbox?limit=3`)).body
  expect(first.items.map(({ messages: said }) => said.at(-1)?.parts?.body)).toEqual([
    '고객1님, 리뷰 50개',
    '고객2님, 리뷰 50개',
    '고객3님, 리뷰 50개',
  ])
  const next = (await server.call<OutboxPage>('GET', `/api/outbox?limit=3&runId=${runId}&cursor=${first.nextCursor}`)).body
  expect(next.items[0]?.messages.at(-1)?.parts?.body).toBe('고객4님, 리뷰 50개')
  const failed = (await server.call<OutboxPage>('GET', `/api/outbox?state=failed&limit=2`)).body
  // A refusal and what came after it are one conversation.
  expect(
    failed.items.find(({ messages: said }) => said.length > 1)?.messages.map(({ channel, state }) => [channel, state]),
  ).toEqual([
    ['alimtalk', 'failed'],
    ['sms', 'delivered'],
  ])
})

test('the outbox of one number spans runs', async () => {
  const again = await execute(workflowId)
  await ended(again)
  const { items } = (await server.call<OutboxPage>('GET', `/api/outbox?address=${encodeURIComponent('010 2000 0002')}`)).body
  expect(items).toHaveLength(1)
  expect(items[0]?.person).toEqual({ name: '고**', address: '010-****-0002' })
  expect(new Set(items[0]?.messages.map(({ runNumber }) => runNumber))).toEqual(new Set([1, 2]))
  const one = (await server.call<OutboxPage>('GET', `/api/outbox?address=01020000002&runId=${again}`)).body
  expect(new Set(one.items[0]?.messages.map(({ runNumber }) => runNumber))).toEqual(new Set([2]))
  const page = (await server.call<RunPage>('GET', '/api/runs?limit=1')).body
  expect(page.items[0]?.id).toBe(again)
  const rest = (await server.call<RunPage>('GET', `/api/runs?limit=1&cursor=${encodeURIComponent(page.nextCursor ?? '')}`)).body
  expect([rest.items.map(({ id }) => id), rest.nextCursor]).toEqual([[runId], null])
})

test('an ended run cannot be cancelled, and says so', async () => {
  expect(await server.call<ErrorBody>('POST', `/api/runs/${runId}/cancel`)).toMatchObject({
    status: 409,
    body: { error: { code: 'run-over' } },
  })
})
