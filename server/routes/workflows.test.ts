import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import type { PastMappings } from '#schemas/api/past-mappings.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Validation, Workflow, WorkflowPage, WorkflowVersionDetail, WorkflowVersionPage } from '#schemas/api/workflows.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`create table customers (id int primary key, name text, phone text);
    insert into customers select i, '고객' || i, '0101000' || lpad(i::text, 4, '0') from generate_series(1, 30) i;
    insert into customers values (31, null, '01010000031')`)
})
afterAll(() => server.close())

const node = (id: string, type: string, config: Record<string, unknown>) => ({
  id,
  type,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
})
const edge = (source: string, sourcePort: string, target: string, targetPort: string) => ({
  id: `${source}-${target}`,
  source,
  sourcePort,
  target,
  targetPort,
})

function workflow(changes: { sql?: string; variables?: unknown; trigger?: ReturnType<typeof node> } = {}): WorkflowDocument {
  return {
    schemaVersion: 1,
    name: '인사',
    nodes: [
      changes.trigger ?? node('start', 'manual-trigger', {}),
      node('people', 'sql-source', {
        connection: 'sample-shop',
        sql: changes.sql ?? 'select id, name, phone from customers order by id',
      }),
      node('fill', 'mapping', { variables: changes.variables ?? { 이름: { column: 'name' } } }),
      node('text', 'template', { text: '#{이름}님, 안녕하세요' }),
      node('send', 'send-sms', { connection: 'sandbox', address: 'phone', expiresAfter: 60 }),
    ],
    edges: [
      edge('start', 'start', 'people', 'start'),
      edge('people', 'rows', 'fill', 'rows'),
      edge('fill', 'rows', 'text', 'rows'),
      edge('text', 'messages', 'send', 'messages'),
    ],
  }
}

const create = async (document: unknown = workflow()) =>
  (await server.call<Workflow>('POST', '/api/workflows', { body: document })).body
const codes = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
const validate = async (document: unknown) =>
  (await server.call<Validation>('POST', '/api/validate', { body: { document } })).body

test('create, read, list, save, delete', async () => {
  const made = await create()
  expect(made).toMatchObject({ revision: 1, enabled: false, published: null, problems: [] })
  const saved = await server.call<Workflow>('PUT', `/api/workflows/${made.id}`, {
    body: { revision: 1, document: { ...made.document, name: '새 이름' } },
  })
  expect(saved).toMatchObject({ status: 200, body: { revision: 2, document: { name: '새 이름' } } })
  const list = await server.call<WorkflowPage>('GET', '/api/workflows')
  expect(list.body.items.find(({ id }) => id === made.id)).toMatchObject({
    name: '새 이름',
    chain: [{ type: 'manual-trigger' }, { type: 'sql-source' }, { type: 'mapping' }, { type: 'template' }, { type: 'send-sms' }],
    problems: { errors: 0 },
  })
  expect((await server.call('DELETE', `/api/workflows/${made.id}`)).status).toBe(204)
  expect((await server.call('GET', `/api/workflows/${made.id}`)).status).toBe(404)
})

test('the list pages', async () => {
  for (let i = 0; i < 3; i++) await create()
  const seen = new Set<string>()
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: WorkflowPage = (
      await server.call<WorkflowPage>('GET', `/api/workflows?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
    ).body
    expect(page.items.length).toBeLessThanOrEqual(2)
    for (const { id } of page.items) {
      expect(seen.has(id)).toBe(false)
      seen.add(id)
    }
    cursor = page.nextCursor
  }
  expect(seen.size).toBeGreaterThanOrEqual(3)
})

test('a stale save is refused with what is newer, in the caller’s language', async () => {
  const made = await create()
  await server.call('PUT', `/api/workflows/${made.id}`, { body: { revision: 1, document: { ...made.document, name: '먼저' } } })
  const late = { body: { revision: 1, document: made.document } }
  const ko = await server.call<ErrorBody>('PUT', `/api/workflows/${made.id}`, late)
  expect(ko).toMatchObject({
    status: 409,
    body: { error: { code: 'stale-revision', current: { revision: 2, document: { name: '먼저' } } } },
  })
  expect(ko.body.error.message).toMatch(/그사이/)
  const en = await server.call<ErrorBody>('PUT', `/api/workflows/${made.id}`, {
    ...late,
    headers: { 'accept-language': 'en-US,en;q=0.9' },
  })
  expect(en.body.error.message).toMatch(/Someone else saved/)
})

test.each([
  ['not JSON', '{"a":', 400, 'invalid-json'],
  ['a forbidden key', '{"__proto__": {"x": 1}}', 400, 'forbidden-key'],
  [
    'a forbidden key deep inside',
    JSON.stringify(workflow()).replace('"config":{}', '"config":{"__proto__":{"a":1}}'),
    400,
    'forbidden-key',
  ],
  ['an unknown field', JSON.stringify({ ...workflow(), colour: 'red' }), 422, 'invalid-fields'],
  ['a missing field', JSON.stringify({ schemaVersion: 1, nodes: [], edges: [] }), 422, 'invalid-fields'],
  ['a node without type', JSON.stringify({ ...workflow(), nodes: [{ id: 'x' }] }), 422, 'invalid-fields'],
])('%s is refused', async (_name, text, status, code) => {
  const answer = await server.call<ErrorBody>('POST', '/api/workflows', { text })
  expect(answer).toMatchObject({ status, body: { error: { code } } })
  if (status === 422) expect(answer.body.error.fields.length).toBeGreaterThan(0)
})

test('unknown fields are named by their path', async () => {
  const answer = await server.call<ErrorBody>('POST', '/api/workflows', {
    body: { ...workflow(), colour: 'red' },
    headers: { 'accept-language': 'en' },
  })
  expect(answer.body.error.fields).toContainEqual({
    path: 'colour',
    code: 'additionalProperties',
    message: 'There is no such field.',
  })
})

test.each<[string, WorkflowDocument, string]>([
  ['broken SQL', workflow({ sql: 'select id\nfrom customers\nwhere whre id = 1' }), 'sql-error'],
  ['an update statement', workflow({ sql: 'update customers set name = 1' }), 'sql-not-a-query'],
  ['two columns of one name', workflow({ sql: 'select id, name as id, phone, name from customers' }), 'duplicate-column'],
  ['an unknown column', workflow({ variables: { 이름: { column: 'nme' } } }), 'unknown-column'],
  ['a missing mapping', workflow({ variables: {} }), 'variable-not-mapped'],
  [
    'a circle',
    {
      ...workflow(),
      edges: [...workflow().edges.filter(({ id }) => id !== 'people-fill'), edge('text', 'messages', 'fill', 'rows')],
    },
    'circle',
  ],
  ['a reserved column name', workflow({ sql: 'select id, name, phone, 1 as "__proto__" from customers' }), 'reserved-column'],
])('%s is a problem, not an error', async (_name, document, code) => {
  const { problems } = await validate(document)
  expect(codes(problems)).toContain(code)
  for (const problem of problems) expect(problem.message.ko).toMatch(/[가-힣]/)
})

test('a broken statement is found at its place', async () => {
  const { problems } = await validate(workflow({ sql: 'select id\nfrom customers\nwhere whre id = 1' }))
  expect(problems.find(({ code }) => code === 'sql-error')).toMatchObject({
    nodeId: 'people',
    field: 'sql',
    position: { line: 3 },
  })
})

test.each([
  [
    "select id, '휴대폰' as a, name, \n  mobile from customers",
    "select id, '휴대폰' as a, name, \n  phone as mobile from customers",
    ['sql-column-like', 'mobile', 'phone'],
  ],
  [
    'select id, name, phone from customers c where c."phoneNumber" > \'\'',
    'select id, name, phone from customers c where c."phone" > \'\'',
    ['sql-column-like', 'c.phoneNumber', 'phone'],
  ],
  ['select id, name, phone from customer', 'select id, name, phone from customers', ['sql-table-like', 'customer', 'customers']],
])(
  'a name that is gone from the database: one click takes the one that looks like it (%#)',
  async (sql, mended, [code, was, like]) => {
    const { problems } = await validate(workflow({ sql }))
    const problem = problems.find((one) => one.code === code)
    expect(problem).toMatchObject({ nodeId: 'people', field: 'sql', fix: { nodeId: 'people', config: { sql: mended } } })
    expect(problem?.message.ko).toContain(`‘${was}’`)
    expect(problem?.fix?.title.ko).toContain(`‘${like}’`)
    expect(codes((await validate(workflow({ sql: mended }))).problems).filter((one) => one.startsWith('sql-'))).toEqual([])
  },
)

test('columns are known at every edge, and each step has its line', async () => {
  const { columns, summaries } = await validate(workflow())
  expect(columns.people?.out.rows?.map(({ name, type }) => [name, type])).toEqual([
    ['id', 'integer'],
    ['name', 'text'],
    ['phone', 'text'],
  ])
  expect(columns.text?.in.rows?.find(({ name }) => name === '이름')).toMatchObject({ variable: true })
  expect(summaries.fill).toEqual({ en: '1 of 1 variables', ko: '변수 1개 모두' })
})

test('a preview shows real texts, masks people, and sends nothing', async () => {
  const made = await create()
  for (const look of [
    await server.call<Preview>('POST', `/api/workflows/${made.id}/preview`, { body: { limit: 3 } }),
    await server.call<Preview>('GET', `/api/workflows/${made.id}/preview?limit=3`),
    await server.call<Preview>('POST', '/api/preview', { body: { document: workflow(), limit: 3 } }),
  ]) {
    expect(look.status).toBe(200)
    expect(look.body.messages.map(({ parts }) => parts.body)).toEqual([
      '고객1님, 안녕하세요',
      '고객2님, 안녕하세요',
      '고객3님, 안녕하세요',
    ])
    expect(look.body.messages[0]?.address).toMatch(/\*\*\*\*/)
    expect(JSON.stringify(look.body.nodes)).not.toContain('01010000001')
  }
  const { rows } = await server.database.pool.query('select count(*)::int as n from workflow_run where workflow_id = $1', [
    made.id,
  ])
  expect(rows[0]).toEqual({ n: 0 })
})

test('publishing is refused while there are errors, and numbers versions', async () => {
  const broken = await create(workflow({ variables: {} }))
  const refused = await server.call<ErrorBody>('POST', `/api/workflows/${broken.id}/publish`)
  expect(refused).toMatchObject({ status: 422, body: { error: { code: 'has-problems' } } })
  expect(refused.body.error.problems?.length).toBeGreaterThan(0)
  const made = await create()
  expect((await server.call('POST', `/api/workflows/${made.id}/publish`)).body).toEqual({ version: 1 })
  expect((await server.call('POST', `/api/workflows/${made.id}/publish`)).body).toEqual({ version: 2 })
  const { rows } = await server.database.pool.query<{ pinned: { templates: Record<string, { id: string; version: number }> } }>(
    'select pinned from workflow_version where workflow_id = $1 order by version',
    [made.id],
  )
  // The same text is the same template version.
  expect(rows[0]?.pinned.templates.text).toEqual(rows[1]?.pinned.templates.text)
  expect(rows[0]?.pinned).toMatchObject({
    timezone: 'Asia/Seoul',
    connections: { sandbox: { kind: 'sandbox' } },
    described: { people: { columns: [{ name: 'id' }, { name: 'name' }, { name: 'phone' }] } },
  })
})

test('only a published workflow can be switched on; its schedule is kept', async () => {
  const made = await create(workflow({ trigger: node('start', 'schedule-trigger', { cron: '0 9 * * 1' }) }))
  expect((await server.call<ErrorBody>('POST', `/api/workflows/${made.id}/enable`)).body.error.code).toBe('not-published')
  await server.call('POST', `/api/workflows/${made.id}/publish`)
  const on = await server.call<Workflow>('POST', `/api/workflows/${made.id}/enable`)
  expect(on.body.enabled).toBe(true)
  // Monday 09:00 in Seoul is midnight UTC.
  expect(on.body.nextRunAt).toMatch(/T00:00:00/)
  const off = await server.call<Workflow>('POST', `/api/workflows/${made.id}/disable`)
  expect(off.body).toMatchObject({ enabled: false, nextRunAt: null })
})

test('execute freezes a draft, takes a version, repeats under one key, and names what is not there', async () => {
  const made = await create()
  const run = (body: unknown, headers: Record<string, string> = {}) =>
    server.call<{ runId: string } & ErrorBody>('POST', `/api/workflows/${made.id}/execute`, { body, headers })
  expect(await run({ version: 'draft' })).toMatchObject({
    status: 202,
    body: { runId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  })
  expect(await run({ version: 7 })).toMatchObject({ status: 409, body: { error: { code: 'nothing-to-run' } } })
  await server.call('POST', `/api/workflows/${made.id}/publish`)
  const key = { 'idempotency-key': 'monday' }
  const [once, again] = await Promise.all([run({}, key), run({}, key)])
  expect(again?.body.runId).toBe(once?.body.runId)
  expect((await run({}, key)).body.runId).toBe(once?.body.runId)
  const { rows: count } = await server.database.pool.query('select count(*)::int as n from workflow_run where workflow_id = $1', [
    made.id,
  ])
  expect(count[0]).toEqual({ n: 2 })
  expect(await run({ version: 1 }, key)).toMatchObject({ status: 422, body: { error: { code: 'idempotency-key-reused' } } })
  expect(await run({}, { 'idempotency-key': '월요일' })).toMatchObject({ status: 400 })
  await server.database.pool.query(`update request_key set created_at = now() - interval '25 hours'`)
  expect((await run({}, key)).body.runId).not.toBe(once?.body.runId)
  expect((await run({})).body.runId).not.toBe(once?.body.runId)
  expect((await run({ version: 1, colour: 1 })).status).toBe(422)
  const status = await server.call<{ running: string[]; lastRun: { workflowName: string; state: string } }>(
    'GET',
    `/api/workflows/${made.id}/status`,
  )
  expect(status.body.running).toContain(once?.body.runId)
  expect(status.body.lastRun).toMatchObject({ workflowName: '인사', state: 'queued', version: 1 })
  const list = await server.call<WorkflowPage>('GET', '/api/workflows')
  const item = list.body.items.find(({ id }) => id === made.id)
  expect(item?.lastRun?.id).toBe(item?.recent.at(-1)?.id)
  expect((await server.call<ErrorBody>('DELETE', `/api/workflows/${made.id}`)).body.error.code).toBe('workflow-in-use')
})

test('a call without a body means no wishes', async () => {
  const made = await create()
  expect((await server.call('POST', `/api/workflows/${made.id}/execute`)).status).toBe(202)
  expect((await server.call('POST', `/api/workflows/${made.id}/validate`)).status).toBe(200)
  expect((await server.call('POST', `/api/workflows/${made.id}/publish`, { body: { colour: 1 } })).status).toBe(422)
})

test('published versions are listed, newest first, with the document as it was', async () => {
  const made = await create()
  const at = `/api/workflows/${made.id}`
  for (const revision of [1, 2, 3]) {
    await server.call('POST', `${at}/publish`)
    await server.call('PUT', at, { body: { revision, document: { ...made.document, name: `이름 ${revision}` } } })
  }
  const first = await server.call<WorkflowVersionPage>('GET', `${at}/versions?limit=2`)
  expect(first.body.items).toMatchObject([
    { version: 3, revision: 3, current: true, publishedBy: 'local' },
    { version: 2, current: false },
  ])
  const rest = await server.call<WorkflowVersionPage>('GET', `${at}/versions?cursor=${first.body.nextCursor}`)
  expect(rest.body).toMatchObject({ items: [{ version: 1 }], nextCursor: null })
  const second = await server.call<WorkflowVersionDetail>('GET', `${at}/versions/2`)
  expect(second.body).toMatchObject({ version: 2, document: { name: '이름 1' }, summaries: { fill: { ko: '변수 1개 모두' } } })
  expect(await server.call('GET', `${at}/versions/9`)).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } })
  expect((await server.call('GET', `${at}/versions?cursor=x`)).status).toBe(400)
})

test('a cursor that no list gave out is refused', async () => {
  for (const cursor of [
    'x',
    'a b',
    '2026-99-99T00:00:00Z 00000000-0000-0000-0000-000000000000',
    `2026-01-01T00:00:00Z ${'-'.repeat(36)}`,
  ]) {
    const answer = await server.call<ErrorBody>('GET', `/api/workflows?cursor=${encodeURIComponent(cursor)}`)
    expect(answer, cursor).toMatchObject({ status: 400, body: { error: { code: 'invalid-request' } } })
  }
})

test('a workflow that is deleted while somebody starts it either runs or is gone', async () => {
  const made = await create()
  await server.call('POST', `/api/workflows/${made.id}/publish`)
  const [removed, started] = await Promise.all([
    server.call('DELETE', `/api/workflows/${made.id}`),
    server.call('POST', `/api/workflows/${made.id}/execute`),
  ])
  expect([
    [204, 404],
    [204, 409],
    [409, 202],
  ]).toContainEqual([removed.status, started.status])
  expect((await server.call('POST', `/api/workflows/${made.id}/enable`)).status).toBe(removed.status === 204 ? 404 : 200)
})

test('what was mapped before is told, the latest first, without the one that asks; a mapping that is broken is no hindrance', async () => {
  const made = async (variables: Record<string, unknown>) =>
    (await server.call<Workflow>('POST', '/api/workflows', { body: workflow({ variables }) })).body.id
  await made({ 한마디: { column: 'memo' }, 빈것: { column: '' }, 이상: 'x' })
  const asking = await made({ 한마디: { column: 'own' } })
  const kept = { kind: 'variable-mapping', name: '인사', body: { variable: '인사', entry: { column: 'greeting' } } }
  await server.call('POST', '/api/saved-objects', { body: kept })
  const { body } = await server.call<PastMappings>('GET', `/api/past-mappings?except=${asking}`)
  expect(body.items.slice(0, 2)).toEqual([
    { variable: '인사', column: 'greeting' },
    { variable: '한마디', column: 'memo' },
  ])
  expect(body.items.some(({ column }) => column === 'own' || column === '')).toBe(false)
})
