import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TableQueryCount, TableQueryStatement } from '#schemas/api/table-queries.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { Problem } from '#schemas/problem.ts'
import type { VisualQuery } from '#schemas/visual-query.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp
const path = '/api/connections/sample-shop/table-query'

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, plan text, seen_at timestamptz);
    insert into customers select i, 'n' || i, case when i % 2 = 0 then 'pro' else 'basic' end, now() - i * interval '1 day' from generate_series(0, 29) i`)
})
afterAll(() => server.close())

const ask = <Answer>(to: string, query: VisualQuery, timezone = 'Asia/Seoul') =>
  server.call<Answer>('POST', to, { body: { query, timezone } })
const pro: VisualQuery = {
  table: 'customers',
  columns: [{ column: 'name', as: '이름' }],
  conditions: {
    join: 'all',
    items: [
      { column: 'plan', is: 'equals', value: 'pro' },
      { column: 'seen_at', is: 'within', range: { in: 'last', count: 7, unit: 'day' } },
    ],
  },
}

test('a query becomes a statement that can be read, with its values beside it', async () => {
  const { body } = await ask<TableQueryStatement>(path, pro)
  expect(body).toEqual({
    sql: [
      'select',
      '  customers.name as "이름"',
      'from customers',
      'where customers.plan = :plan',
      '  and (customers.seen_at >= :seen_at_from and customers.seen_at < :seen_at_to)',
    ].join('\n'),
    parameters: {
      plan: { type: 'text', value: 'pro' },
      seen_at_from: { type: 'instant', relative: { from: 'day', plus: -7, unit: 'day' } },
      seen_at_to: { type: 'instant', relative: { from: 'day', plus: 1, unit: 'day' } },
    },
    problems: [],
  })
})

test('how many it finds is counted when asked; what is wrong is told at its place', async () => {
  expect((await ask<TableQueryCount>(`${path}/count`, pro)).body.count).toBe(4)
  expect((await ask<TableQueryCount>(`${path}/count`, { ...pro, limit: 3 })).body.count).toBe(3)
  const wrong: VisualQuery = { ...pro, columns: [{ column: 'nam', as: '이름' }] }
  expect((await ask<TableQueryStatement>(path, wrong)).body).toMatchObject({
    sql: null,
    problems: [{ code: 'sql-column-like', field: 'columns/0/column' }],
  })
  const refused = await ask<ErrorBody>(`${path}/count`, wrong)
  expect([refused.status, refused.body.error.code]).toEqual([422, 'has-problems'])
  expect((await ask(`${path}/count`, pro, 'Mars/Base')).status).toBe(400)
})

test('a lost name in a step is red at its place, and one click takes the one that looks like it', async () => {
  const query = { ...pro, columns: [{ column: 'full_name', as: '이름' }] }
  await server.shop.pool.query('alter table customers rename column name to full_names')
  const position = { x: 0, y: 0 }
  const document = {
    schemaVersion: 1,
    name: 'picked',
    nodes: [
      { id: 'start', type: 'manual-trigger', typeVersion: 1, position, config: {} },
      { id: 'people', type: 'table-source', typeVersion: 1, position, config: { connection: 'sample-shop', query } },
    ],
    edges: [{ id: 'e', source: 'start', sourcePort: 'start', target: 'people', targetPort: 'start' }],
  }
  const { body } = await server.call<{ problems: Problem[] }>('POST', '/api/validate', { body: { document } })
  const problem = body.problems.find(({ code }) => code === 'sql-column-like')
  expect(problem).toMatchObject({
    nodeId: 'people',
    field: 'query/columns/0/column',
    fix: { nodeId: 'people', config: { query: { ...query, columns: [{ column: 'full_names', as: '이름' }] } } },
  })
  await server.shop.pool.query('alter table customers rename column full_names to name')
})

test('a column that came to the table since it was read is found', async () => {
  await server.shop.pool.query("alter table customers add column city text default 'Seoul'")
  const { body } = await ask<TableQueryStatement>(path, { table: 'customers', columns: [{ column: 'city', as: '도시' }] })
  expect(body.problems).toEqual([])
})
