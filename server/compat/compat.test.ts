import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Workflow } from '#schemas/api/workflows.ts'
import { projectFolder } from '#server/config.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { mariaShop } from '#server/test/maria-shop.ts'
import { mariadbMissing, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { SEED_ROUTES } from './all.ts'

// The paths of the old API, called as their clients called them, on their kind of database.

const shop = `
create table customers (id int primary key, name varchar(30), contacts varchar(30), company_name varchar(50), company_id int);
create table reviews (id int primary key, company_id int, rating decimal(2,1));
insert into customers values (1, '김서연', '010-1111-2222', '한강커피', 7), (2, '이도윤', '010-3333-4444', '100% 책방', 8);
insert into reviews values (1, 7, 4.5), (2, 7, 5.0)`

const TOKEN = 'a-token-of-a-test-0123456789'
let server: TestApp
let maria: TestMySqlDatabase | null = null
beforeAll(async () => {
  server = await testApp({ token: TOKEN })
  if (mariadbMissing) return
  const opened = await mariaShop(shop)
  maria = opened.maria
  await call('POST', '/api/connections', opened.connection)
})
afterAll(async () => {
  await server?.close()
  await maria?.close()
})

/** As loosely typed as the clients of the old API are. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
): Promise<{ status: number; body: Loose }> {
  return server.call<Loose>(method, url, { ...(body && { body }), headers: { authorization: `Bearer ${TOKEN}` } })
}
const get = async (url: string): Promise<Loose> => (await call('GET', url)).body
const post = async (url: string, body: object = {}): Promise<Loose> => (await call('POST', url, body)).body

test('every path asks for the token, as all of the API does', async () => {
  for (const [path] of SEED_ROUTES) {
    const [method, url = ''] = path.split(' ')
    const answer = await server.call(
      method as 'GET',
      url.replace(':id', 'x').replace(':table', 'x'),
      method?.startsWith('P') ? { body: {} } : {},
    )
    expect([path, answer.status]).toEqual([path, 401])
  }
})

test('the page of the old paths names each of them', () => {
  const page = readFileSync(join(projectFolder, 'docs/seed-api.md'), 'utf8')
  for (const [path] of SEED_ROUTES) expect(page).toContain(`\`${path}\``)
})

test.skipIf(mariadbMissing)('mysql: tables, columns, names, a test, rows with a text in them', async () => {
  expect((await get('/api/mysql/tables')).tables.map(({ name }: Loose) => name)).toEqual(['customers', 'reviews'])
  expect((await get('/api/mysql/columns/reviews')).columns.map(({ name }: Loose) => name)).toEqual(['id', 'company_id', 'rating'])
  expect((await call('GET', '/api/mysql/columns/nothing')).status).toBe(404)
  expect(await post('/api/mysql/test')).toMatchObject({ success: true, version: expect.any(String) })
  expect(await post('/api/mysql/test-connection')).toMatchObject({ success: true })
  expect(await post('/api/mysql/test', { host: '127.0.0.1', port: 1, database: 'x', user: 'x' })).toMatchObject({
    success: false,
  })
  const names = {
    customers: { displayName: '고객 정보', fields: { name: { displayName: '고객명', type: 'string', filterable: true } } },
  }
  expect(await post('/api/mysql/table-mappings', names)).toMatchObject({ success: true, unknown: [] })
  expect(await get('/api/mysql/table-mappings')).toEqual(names)
  expect((await get('/api/mysql/tables')).tables[0]).toMatchObject({ displayName: '고객 정보' })
  const found = await get(`/api/mysql/variables?table=customers&term=${encodeURIComponent('한강')}`)
  expect(found).toMatchObject({ success: true, rowCount: 1, data: [{ id: 1, company_name: '한강커피' }] })
  // A sign of LIKE is a letter here, and what looks like SQL is a text.
  expect(await post('/api/mysql/targets/preview', { table: 'customers', term: '100%' })).toMatchObject({
    rowCount: 1,
    data: [{ id: 2 }],
  })
  expect(await post('/api/mysql/targets/preview', { table: 'customers', term: "' or 1=1 -- " })).toMatchObject({ rowCount: 0 })
  expect(await post('/api/mysql/targets/preview', { table: 'customers', limit: 1 })).toMatchObject({ rowCount: 1, hasMore: true })
})

test.skipIf(mariadbMissing)('a query shows its first rows, masked; what is more than a query does not pass', async () => {
  const shown = await post('/api/mysql/query', { query: 'SELECT id, name, contacts FROM customers ORDER BY id' })
  expect(shown).toMatchObject({ success: true, rowCount: 2, columns: [{ name: 'id' }, { name: 'name' }, { name: 'contacts' }] })
  expect(JSON.stringify(shown)).not.toMatch(/김서연|1111-2222/)
  for (const query of [
    'delete from customers',
    'select 1; drop table customers',
    'select sleep(9)',
    "select 1 into outfile '/tmp/x'",
  ])
    expect(await post('/api/mysql/query', { query }), query).toMatchObject({
      success: false,
      data: [],
      errors: [{ code: expect.stringMatching(/^sql-/) }],
    })
  expect((await call('POST', '/api/mysql/query', {})).body.error.code).toBe('sql-empty')
  expect(await post('/api/targets/validate', { sql: 'select id, contacts from customers' })).toMatchObject({
    valid: true,
    columns: [{ name: 'id' }, { name: 'contacts' }],
  })
  expect(await post('/api/targets/validate', { sql: 'select nothing from customers' })).toMatchObject({ valid: false })
  expect(await post('/api/targets/preview', { sql: 'select id from customers where company_id = ?', params: [8] })).toMatchObject(
    { data: [{ id: 2 }] },
  )
  expect((await get('/api/targets/schema')).tables[0]).toMatchObject({
    name: 'customers',
    columns: [{ name: 'id' }, {}, {}, {}, {}],
  })
  expect(
    await post('/api/variable-queries/test', { sql: 'select count(*) from reviews where company_id = ?', params: [7] }),
  ).toMatchObject({ success: true, value: '2' })
})

test.skipIf(mariadbMissing)('queries and mappings are kept, changed, counted, deleted', async () => {
  const made = await call('POST', '/api/targets/queries', {
    name: '고객',
    query_sql: 'select id, contacts from customers',
    is_public: false,
    category: '정기',
  })
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: '고객',
      is_public: false,
      category: '정기',
      expected_columns: {
        columns: [
          { name: 'id', type: 'number' },
          { name: 'contacts', type: 'string' },
        ],
      },
    },
  })
  expect(await get('/api/targets/queries')).toMatchObject([{ id: made.body.id }])
  const query = await post('/api/variable-queries', {
    name: '리뷰 수',
    sql: 'select count(*) as n from reviews where company_id = ?',
  })
  expect(query).toMatchObject({ query_sql: 'select count(*) as n from reviews where company_id = :company_id' })
  const changed = await call('PUT', `/api/variable-queries/${query.id}`, { name: '리뷰' })
  expect(changed.body).toMatchObject({ name: '리뷰', query_sql: query.query_sql })
  expect(await get('/api/variable-queries')).toMatchObject([{ name: '리뷰' }])

  const fieldMappings = [{ templateVariable: '#{회사}', targetField: 'company_name', formatter: 'text', defaultValue: '사장' }]
  const kept = await post('/api/mappings/templates', {
    name: '기본',
    tags: ['a'],
    target_template_mappings: [{ targetGroupId: 'g', templateId: 't', fieldMappings }],
  })
  expect(kept).toMatchObject({
    tags: ['a'],
    target_template_mappings: [{ fieldMappings: [{ ...fieldMappings[0], templateVariable: '회사' }] }],
  })
  const renamed = await call('PUT', `/api/mappings/templates/${kept.id}`, { name: '이름만' })
  expect(renamed.body).toMatchObject({ name: '이름만', target_template_mappings: kept.target_template_mappings })
  expect(await post(`/api/mappings/templates/${kept.id}/use`)).toMatchObject({ usage_count: 1 })
  expect((await call('DELETE', `/api/mappings/templates/${kept.id}`)).status).toBe(204)
  expect(await get('/api/mappings/templates')).toEqual([])
  const single = await post('/api/supabase/individual-variables', {
    name: '금액',
    variable_mappings: [{ templateVariable: 'amount', targetField: 'total', formatter: 'currency' }],
  })
  expect(await get('/api/supabase/individual-variables')).toMatchObject([
    { id: single.id, variable_mappings: [{ templateVariable: 'amount', targetField: 'total', formatter: 'currency' }] },
  ])
})

test.skipIf(mariadbMissing)('a mapping is judged and shown before it is kept', async () => {
  const mapping = {
    sql: 'select contacts, company_name from customers order by id',
    content: '#{회사}님',
    fieldMappings: [{ templateVariable: '회사', targetField: 'company_name' }],
  }
  expect(await post('/api/mappings/validate', mapping)).toEqual({ valid: true, errors: [] })
  expect((await post('/api/mappings/preview', mapping)).messages.map(({ message }: Loose) => message)).toEqual([
    '한강커피님',
    '100% 책방님',
  ])
  const wrong = { ...mapping, fieldMappings: [{ templateVariable: '회사', targetField: 'companyname' }] }
  expect(await post('/api/mappings/validate', wrong)).toMatchObject({ valid: false, errors: [{ code: 'unknown-column' }] })
  expect(await get(`/api/mappings/suggestions?variables=${encodeURIComponent('회사명')}&columns=id,company_name`)).toMatchObject({
    suggestions: [{ templateVariable: '회사명', targetField: 'company_name', reason: 'meaning' }],
  })
})

const workflow = {
  name: '리포트',
  trigger_type: 'manual',
  target_config: {
    targetGroups: [
      {
        id: 'g',
        name: '고객',
        type: 'dynamic',
        dynamicQuery: { sql: 'select contacts, company_name, company_id from customers order by id' },
      },
    ],
  },
  message_config: {
    templates: [{ id: 't', templateCode: 'T', templateName: '안내', channelId: '@shop', content: '#{회사} #{n}건' }],
  },
  mapping_config: {
    targetTemplateMappings: [
      {
        targetGroupId: 'g',
        templateId: 't',
        fieldMappings: [
          { templateVariable: '회사', targetField: 'company_name' },
          { templateVariable: 'n', targetField: 'company_id' },
        ],
      },
    ],
  },
}

test.skipIf(mariadbMissing)('workflows of the old form, their texts, queries, tests, jobs and health', async () => {
  expect(await post('/api/supabase/init')).toMatchObject({ success: true })
  const made = await call('POST', '/api/supabase/workflows', workflow)
  expect(made).toMatchObject({ status: 201, body: { notes: expect.any(Array), document: { name: '리포트' } } })
  const { id } = made.body as Workflow
  expect((await get('/api/supabase/workflows')).items).toMatchObject([{ id }])

  const [template] = await get('/api/templates')
  expect(template).toMatchObject({ id: `${id}.text`, template_code: 'T', template_name: '안내', variables: ['회사', 'n'] })
  expect(await get(`/api/templates/${template.id}`)).toEqual(template)
  expect((await call('GET', `/api/templates/${id}.nothing`)).status).toBe(404)
  expect(await post(`/api/templates/${template.id}/variables`)).toEqual({ variables: ['회사', 'n'] })
  expect(await post('/api/templates/any/variables', { content: '#{a} #{a} {{b}}' })).toEqual({ variables: ['a', 'b'] })
  const saved = await call('PUT', `/api/templates/${template.id}/queries`, {
    n: { sourceType: 'query', sql: 'SELECT COUNT(*) FROM reviews WHERE company_id = ?', formatter: 'number' },
  })
  expect(saved.body.problems).toEqual([])
  const previews = (await get(`/api/templates/${template.id}/preview?limit=5`)).previews
  expect(previews.map(({ preview }: Loose) => preview)).toEqual(['한강커피 2건', '100% 책방 0건'])
  expect((await get(`/api/workflows/${id}/preview?limit=1`)).messages).toHaveLength(1)
  expect((await post(`/api/workflows/${id}/test`)).messages).toHaveLength(2)
  expect(await post(`/api/workflows/${id}/test`, { phone: '010-9999-0000' })).toEqual({ runId: expect.any(String) })

  expect(await get('/api/scheduler/jobs')).toEqual([])
  const job = await call('POST', '/api/scheduler/jobs', {
    workflow_id: id,
    schedule_config: { frequency: 'daily', time: '09:00' },
  })
  expect(job).toMatchObject({ status: 201, body: { id, status: 'pending', scheduled_at: expect.any(String) } })
  expect((await call('PUT', `/api/scheduler/jobs/${id}`, { schedule_config: { frequency: 'daily' } })).status).toBe(400)
  expect(
    (await call('PUT', `/api/scheduler/jobs/${id}`, { schedule_config: { cron: '30 8 * * 1' } })).body.schedule_config
      .description,
  ).toContain('월요일')
  expect(await get('/api/scheduler/monitor')).toMatchObject({ state: expect.any(String), total: 1, pending: 1 })
  expect((await call('DELETE', `/api/scheduler/jobs/${id}`)).status).toBe(204)
  expect(await get('/api/scheduler/jobs')).toMatchObject([{ id, status: 'cancelled' }])
  expect(await get('/api/health/mysql')).toMatchObject({
    status: 'ok',
    connections: expect.arrayContaining([expect.objectContaining({ name: '가게' })]),
  })
  expect(await get('/api/health/supabase')).toMatchObject({ status: 'ok' })
})
