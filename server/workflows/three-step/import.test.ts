import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ImportedWorkflow, WorkflowOriginal } from '#schemas/api/imports.ts'
import type { OutboxPage } from '#schemas/api/outbox.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { Run } from '#schemas/run.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { mariaShop } from '#server/test/maria-shop.ts'
import { mariadbMissing, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker } from '#server/worker/worker.ts'

// A three-step workflow as its makers stored it, on their own kind of database: imported, mapped, run, and everybody told what they should be.

const shop = `
create table companies (id int primary key, name varchar(50));
create table customers (id int primary key, contacts varchar(30), company_name varchar(50), company_id int, active int);
create table members (no int primary key, mobile varchar(30), title varchar(50), joined date);
create table reviews (id int primary key, company_id int, rating decimal(2,1));
insert into companies values (1, '한강'), (2, '남산');
insert into customers values (11, '010-1111-0001', '한강커피', 1, 1), (12, '010-1111-0002', null, 2, 1), (13, '010-1111-0003', '쉬는집', 1, 0);
insert into members values (1, '+82 10 1111 0001', '한강커피 회원', '2026-03-02'), (2, '01022220002', '서촌책방', '2026-11-01');
insert into reviews values (1, 1, 4.0), (2, 1, 5.0), (3, 9, 1.0)`

const content = '#{회사}님, 리뷰 #{reviews}건 평점 #{score}, 가입 #{joined}'

const workflow = {
  id: '9b1f',
  name: '성과 리포트',
  status: 'active',
  trigger_type: 'schedule',
  schedule_config: { frequency: 'weekly', time: '09:00', daysOfWeek: ['mon'], timezone: 'Asia/Seoul' },
  target_config: {
    targetGroups: [
      {
        id: 'g1',
        name: '고객',
        type: 'dynamic',
        dynamicQuery: { sql: 'SELECT id, contacts, company_name, company_id FROM customers WHERE active = 1;' },
      },
      { id: 'g2', name: '회원', type: 'dynamic', dynamicQuery: { sql: 'SELECT * FROM members' } },
      { id: 'g3', name: '직접 고른 사람', type: 'static', members: [{ phone: '010-3333-0003', company: '손으로' }] },
    ],
  },
  message_config: {
    templates: [
      {
        id: 't1',
        templateCode: 'TK_001',
        templateName: '성과',
        content,
        channelId: '@shop',
        variable_queries: {
          reviews: {
            sourceType: 'query',
            sql: 'SELECT COUNT(*) FROM reviews WHERE company_id = ?',
            defaultValue: '0',
            formatter: 'number',
          },
          score: { sourceType: 'query', sql: 'select avg(rating) FROM reviews WHERE company_id = ?', defaultValue: '없음' },
        },
      },
      { id: 't2', templateCode: 'TK_002', templateName: '인사', content: '반가워요, #{회사}님', channelId: '@shop' },
    ],
  },
  mapping_config: {
    targetTemplateMappings: [
      {
        targetGroupId: 'g1',
        templateId: 't1',
        fieldMappings: [
          { templateVariable: '회사', targetField: 'company_name', defaultValue: '사장' },
          { templateVariable: 'joined', targetField: 'contacts' },
        ],
      },
      {
        targetGroupId: 'g2',
        templateId: 't1',
        fieldMappings: [
          { templateVariable: '회사', targetField: 'title' },
          { templateVariable: 'joined', targetField: 'joined', formatter: 'date' },
        ],
      },
      { targetGroupId: 'g2', templateId: 't2', fieldMappings: [{ templateVariable: '회사', targetField: 'title' }] },
      { targetGroupId: 'g3', templateId: 't2', fieldMappings: [{ templateVariable: '#{회사}', targetField: 'company' }] },
    ],
  },
}

let server: TestApp
let maria: TestMySqlDatabase | null = null
let worker: Awaited<ReturnType<typeof startWorker>> | null = null
beforeAll(async () => {
  server = await testApp()
  if (mariadbMissing) return
  const opened = await mariaShop(shop)
  maria = opened.maria
  await server.call('POST', '/api/connections', { body: opened.connection })
})
afterAll(async () => {
  await worker?.stop()
  await server?.close()
  await maria?.close()
})

const errorsOf = ({ problems }: Workflow) => problems.filter(({ severity }) => severity === 'error')
const configOf = ({ document }: Workflow, id: string) =>
  document.nodes.find((node) => node.id === id)?.config as Record<string, never>

test.skipIf(mariadbMissing)(
  'imports, says what is still to be mapped, and sends each person each template once with the right words',
  { timeout: 150_000 },
  async () => {
    const imported = await server.call<ImportedWorkflow>('POST', '/api/workflows/import', { body: workflow })
    expect(imported.status).toBe(201)
    const { workflow: draft, notes, lists } = imported.body
    expect(lists).toEqual([{ id: expect.any(String), name: '직접 고른 사람' }])
    expect(configOf(draft, 'start')).toEqual({ cron: '0 9 * * 1', timezone: 'Asia/Seoul' })
    expect(notes.filter(({ kind }) => kind === 'lost')).toEqual([])

    // The members have no company_id: the query of their branch is the one thing to mend. Nothing else is.
    expect(errorsOf(draft).map(({ code, nodeId }) => `${code} ${nodeId}`)).toEqual(['parameter-not-mapped values-2'])
    expect(String(configOf(draft, 'values')['sql'])).toBe(
      'select\n  COUNT(*) as `reviews`,\n  avg(rating) as `score`\nFROM reviews WHERE company_id = :company_id',
    )
    const { document } = draft
    const nodes = document.nodes.map((node) =>
      node.id === 'values-2'
        ? { ...node, config: { ...node.config, sql: String(node.config['sql']).replace(':company_id_회원', ':no') } }
        : node,
    )
    const saved = await server.call<Workflow>('PUT', `/api/workflows/${draft.id}`, {
      body: { revision: draft.revision, document: { ...document, nodes } },
    })
    expect(errorsOf(saved.body)).toEqual([])

    worker = await startWorker({
      databaseUrl: server.database.url,
      secretKey: Buffer.alloc(32, 7),
      sampleUrl: server.shop.url,
      log: quietLog(),
      onLost: () => undefined,
    })
    const started = await server.call<{ runId: string }>('POST', `/api/workflows/${draft.id}/execute`, { body: {} })
    const run = await vi.waitFor(
      async () => {
        const { body } = await server.call<Run>('GET', `/api/runs/${started.body.runId}`)
        expect(body.state).toBe('completed')
        return body
      },
      { timeout: 120_000, interval: 200 },
    )
    expect(run.lawHolds).toBe(true)
    const { body: outbox } = await server.call<OutboxPage>('GET', `/api/outbox?runId=${run.id}`)
    const texts = outbox.items.flatMap(({ messages }) => messages.map(({ parts }) => parts?.body ?? '')).toSorted()
    expect(texts).toEqual(
      [
        // Who is a customer and a member gets the report once, with the row of the group that comes first, and the greeting as a member.
        '한강커피님, 리뷰 2건 평점 4.50000, 가입 010-1111-0001',
        '반가워요, 한강커피 회원님',
        '사장님, 리뷰 0건 평점 없음, 가입 010-1111-0002',
        '서촌책방님, 리뷰 0건 평점 없음, 가입 2026. 11. 1.',
        '반가워요, 서촌책방님',
        '반가워요, 손으로님',
      ].toSorted(),
    )
  },
)

test('keeps the original without the people of its lists, to be read back; it goes with the workflow', async () => {
  const { body } = await server.call<ImportedWorkflow>('POST', '/api/workflows/import', { body: workflow })
  const original = await server.call<WorkflowOriginal>('GET', `/api/workflows/${body.workflow.id}/original`)
  const [first, second, third] = workflow.target_config.targetGroups
  expect(original.body).toMatchObject({
    form: 'three-step',
    content: { ...workflow, target_config: { targetGroups: [first, second, { ...third, members: { people: 1 } }] } },
    notes: body.notes,
  })
  expect((await server.call('DELETE', `/api/workflows/${body.workflow.id}`)).status).toBe(204)
  const { rows } = await server.database.pool.query('select 1 from workflow_original where workflow_id = $1', [body.workflow.id])
  expect(rows).toEqual([])
})

test('what is no three-step workflow is refused, and a workflow that was drawn here has no original', async () => {
  for (const body of [{ nodes: [], edges: [] }, [], { name: 'x' }])
    expect((await server.call<{ error: { code: string } }>('POST', '/api/workflows/import', { body })).body.error.code).toBe(
      'not-three-step',
    )
  const made = await server.call<Workflow>('POST', '/api/workflows', {
    body: { schemaVersion: 1, name: 'x', nodes: [], edges: [] },
  })
  expect((await server.call('GET', `/api/workflows/${made.body.id}/original`)).status).toBe(404)
})
