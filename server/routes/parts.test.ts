import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Parts } from '#schemas/api/parts.ts'
import type { MessagePage } from '#schemas/api/runs.ts'
import type { Validation, Workflow } from '#schemas/api/workflows.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { MessageDetail } from '#schemas/message.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Run } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { RUN_ENDS } from '#runtime/states/run-states.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'

// A workflow that another one uses inside, through the real routes and a real worker.

let server: TestApp
let worker: WorkerHandle | undefined
const PEOPLE = 300

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, mobile text);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i % 290)::text, 8, '0') from generate_series(1, ${PEOPLE}) i`)
  await server.database.pool.query(
    `insert into connection (workspace_id, id, kind, name, settings)
     select id, 'calm', 'sandbox', '시험하는 곳', '{"refuseShare": 0.2}' from workspace`,
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

const named = (name: string, short: ShortWorkflow): WorkflowDocument => ({ ...expand(short), name })

const greeting = (text = '#{이름}님, 잘 지내세요?', more: ShortWorkflow['nodes'] = {}): WorkflowDocument =>
  named('안부 보내기', {
    nodes: {
      in: {
        type: 'part-input',
        config: { takes: 'rows', columns: [{ name: 'phone', type: 'text', required: true, example: '010-1234-5678' }] },
      },
      once: { type: 'leave-out', config: { kind: 'phone', address: 'phone', duplicates: true, unusable: true } },
      fill: { type: 'mapping', config: { variables: { 이름: { column: 'phone' } } } },
      text: { type: 'template', config: { text, kakao: { templateCode: 'T1', channelId: 'C1' } } },
      talk: { type: 'send-alimtalk', label: '카톡', config: { connection: 'calm', address: 'phone', expiresAfter: 1440 } },
      missed: { type: 'part-output', label: '못 받은 사람' },
      ...more,
    },
    edges: [
      'in.rows -> once.rows',
      'once.rows -> fill.rows',
      'fill.rows -> text.rows',
      'text.messages -> talk.messages',
      'talk.undelivered -> missed.rows',
    ],
  })

const outer = (config: Record<string, unknown>): WorkflowDocument =>
  named('모두에게 안부', {
    nodes: {
      start: { type: 'manual-trigger' },
      people: {
        type: 'sql-source',
        config: { connection: 'sample-shop', sql: 'select id, name, mobile from customers order by id' },
      },
      greet: { type: 'sub-workflow', label: '인사', config },
      sms: {
        type: 'send-sms',
        config: { connection: 'calm', address: 'mobile', expiresAfter: 1440, template: { text: '문자로 드려요' } },
      },
    },
    edges: ['start.start -> people.start', 'people.rows -> greet.rows', 'greet.missed -> sms.messages'],
  })

async function made(document: WorkflowDocument): Promise<string> {
  const { status, body } = await server.call<Workflow>('POST', '/api/workflows', { body: document })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}

async function saved(id: string, document: WorkflowDocument): Promise<Workflow> {
  const { body: known } = await server.call<Workflow>('GET', `/api/workflows/${id}`)
  return (await server.call<Workflow>('PUT', `/api/workflows/${id}`, { body: { revision: known.revision, document } })).body
}

const published = async (id: string): Promise<number> => {
  const { status, body } = await server.call<{ version: number }>('POST', `/api/workflows/${id}/publish`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.version
}

async function ran(id: string): Promise<{ run: Run; messages: MessageDetail[] }> {
  const { body } = await server.call<{ runId: string }>('POST', `/api/workflows/${id}/execute`)
  const end = Date.now() + 30_000
  for (;;) {
    const { body: run } = await server.call<Run>('GET', `/api/runs/${body.runId}`)
    if (RUN_ENDS.some((state) => state === run.state)) {
      const { body: page } = await server.call<MessagePage>('GET', `/api/runs/${run.id}/messages?state=delivered&limit=2`)
      const messages = await Promise.all(
        page.items.map(async (item) => (await server.call<MessageDetail>('POST', `/api/messages/${item.id}/reveal`)).body),
      )
      return { run, messages }
    }
    if (Date.now() > end) throw new Error(`still ${run.state}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a workflow inside another: chosen, mended, published, run, and kept in its version', { timeout: 90_000 }, async () => {
  const inner = await made(greeting())
  const listed = async () => (await server.call<Parts>('GET', '/api/parts')).body.items
  expect(await listed()).toEqual([])
  expect(await published(inner)).toBe(1)
  const [part] = await listed()
  expect(part).toMatchObject({
    id: inner,
    name: '안부 보내기',
    version: 1,
    face: {
      takes: 'rows',
      needs: [{ name: 'phone', type: 'text', required: true }],
      exits: [{ id: 'missed', name: '못 받은 사람', kind: 'messages' }],
    },
  })
  // It has nobody of its own to run for.
  for (const call of ['execute', 'enable'])
    expect(await server.call<ErrorBody>('POST', `/api/workflows/${inner}/${call}`)).toMatchObject({
      status: 409,
      body: { error: { code: 'part-cannot-run' } },
    })

  // Its columns come from outside: the one that is missing is named, and mended by a click.
  const chosen = { workflow: inner, version: 1, name: part?.name, ...part?.face }
  const id = await made(outer(chosen))
  const { body: first } = await server.call<Validation>('POST', `/api/workflows/${id}/validate`)
  expect(first.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      nodeId: 'greet',
      code: 'part-column-missing',
      field: 'columns/phone',
      fix: { nodeId: 'greet', config: { columns: { phone: 'mobile' } } },
    },
  ])
  expect((await server.call<ErrorBody>('POST', `/api/workflows/${id}/publish`)).body.error.code).toBe('has-problems')
  const config = { ...chosen, ...first.problems.find(({ fix }) => fix)?.fix?.config }
  const { problems } = await saved(id, outer(config))
  expect(problems).toEqual([])
  const { body: known } = await server.call<Validation>('POST', `/api/workflows/${id}/validate`)
  expect(known.columns.greet?.out.missed?.map(({ name }) => name)).toEqual(['id', 'name', 'mobile', 'phone', '이름'])
  expect(known.summaries.greet?.ko).toBe('안부 보내기 · 버전 1 · 받지 않을 사람 빼기 → 변수 채우기 → 템플릿 → 카톡')
  const { body: look } = await server.call<Preview>('POST', `/api/workflows/${id}/preview`, { body: { limit: 2 } })
  expect(look.nodes.greet?.in.rows?.rows).toHaveLength(2)
  expect(look.messages.map(({ nodeId, parts }) => `${nodeId} ${parts.body}`)).toContain('greet/talk 01020000001님, 잘 지내세요?')

  expect(await published(id)).toBe(1)
  const { run, messages } = await ran(id)
  expect(run).toMatchObject({ state: 'completed', recipients: PEOPLE, lawHolds: true, excluded: { duplicate: 10 } })
  expect(Object.values(run.outcomes).reduce((sum, count) => sum + (count ?? 0), 0)).toBe(PEOPLE)
  // The step sums what is inside it: everybody came in, and who was not reached went out.
  const { greet, sms } = run.nodes
  expect(greet?.in).toBe(PEOPLE)
  expect(greet?.out).toEqual({ missed: sms?.in, skipped: 10 })
  expect(sms?.in).toBeGreaterThan(20)
  expect(greet?.states).toEqual(run.nodes['greet/talk']?.states)
  expect(run.inner['greet/talk']).toEqual({ type: 'send-alimtalk', label: '카톡' })
  expect(messages[0]?.parts?.body).toMatch(/^010\d{8}님, 잘 지내세요\?$/)
  expect(messages[0]?.path.map(({ nodeId }) => nodeId)).toEqual([
    'start', 'people', 'greet/once', 'greet/fill', 'greet/text', 'greet/talk',
  ]) // prettier-ignore

  // Published anew, the inner one changes nothing outside until its newer version is taken over.
  await saved(inner, greeting('#{이름}님, 새로 인사드려요'))
  expect(await published(inner)).toBe(2)
  expect((await ran(id)).messages[0]?.parts?.body).toContain('잘 지내세요?')
  const { body: later } = await server.call<Validation>('POST', `/api/workflows/${id}/validate`)
  expect(later.problems).toMatchObject([
    { nodeId: 'greet', code: 'part-newer', severity: 'info', fix: { config: { version: 2 } } },
  ])
  expect((await saved(id, outer({ ...config, ...later.problems[0]?.fix?.config }))).problems).toEqual([])
  expect(await published(id)).toBe(2)
  expect((await ran(id)).messages[0]?.parts?.body).toContain('새로 인사드려요')

  // It stays while somebody uses it, and may not stand in itself.
  expect(await server.call<ErrorBody>('DELETE', `/api/workflows/${inner}`)).toMatchObject({
    status: 409,
    body: { error: { code: 'workflow-is-part', message: expect.stringContaining('모두에게 안부') } },
  })
  const self = greeting('안녕하세요', { again: { type: 'sub-workflow', config: { workflow: inner, version: 1 } } })
  expect((await saved(inner, self)).problems.map(({ code }) => code)).toContain('part-circle')
  expect((await server.call('DELETE', `/api/workflows/${id}`)).status).toBe(204)
  expect((await server.call('DELETE', `/api/workflows/${inner}`)).status).toBe(204)
})

test(
  'behind the entry a number has another name than in the chunk: it is shown, and found, all the same',
  { timeout: 60_000 },
  async () => {
    const columns = [{ name: 'phone', type: 'text', required: true }]
    const inner = await made(
      named('문자만', {
        nodes: {
          in: { type: 'part-input', config: { takes: 'rows', columns } },
          sms: {
            type: 'send-sms',
            config: { connection: 'calm', address: 'phone', expiresAfter: 1440, template: { text: '안녕하세요' } },
          },
        },
        edges: ['in.rows -> sms.messages'],
      }),
    )
    await published(inner)
    const config = {
      workflow: inner,
      version: 1,
      name: '문자만',
      columns: { phone: 'hp' },
      takes: 'rows',
      needs: columns,
      exits: [],
    }
    const document = outer(config)
    const sql = 'select id, name, mobile as hp from customers order by id'
    const nodes = document.nodes
      .filter(({ id: one }) => one !== 'sms')
      .map((node) => (node.id === 'people' ? { ...node, config: { ...node.config, sql } } : node))
    const id = await made({ ...document, nodes, edges: document.edges.slice(0, 2) })
    // Nothing in its own name says that it is one: what it is sent to by does.
    const { body: look } = await server.call<Preview>('POST', `/api/workflows/${id}/preview`, { body: { limit: 1 } })
    for (const shown of [look.nodes.people?.out.rows, look.nodes.greet?.in.rows])
      expect(shown?.rows).toEqual([expect.objectContaining({ hp: '010-****-0001' })])
    const { run } = await ran(id)
    expect(run).toMatchObject({ state: 'completed', outcomes: { delivered: PEOPLE }, lawHolds: true })
    const found = async (query: string) =>
      (await server.call<MessagePage>('GET', `/api/runs/${run.id}/messages?${query}`)).body.items.map(({ address }) => address)
    expect(await found('limit=2')).toEqual(['010-****-0001', '010-****-0002'])
    expect(await found('address=010-2000-0007')).toEqual(['010-****-0007', '010-****-0007'])
  },
)
