import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { QueryPlan } from '#schemas/query-plan.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query('create table customers (id int primary key, plan text)')
})
afterAll(() => server.close())

const explain = <Body>(sql: string, id = 'sample-shop') =>
  server.call<Body>('POST', `/api/connections/${id}/explain`, { body: { sql } })

test('the plan of a query with parameters, before anybody gave them a value', async () => {
  const { status, body } = await explain<QueryPlan>('select id from customers where plan = :plan order by id desc')
  expect(status).toBe(200)
  expect(body).toMatchObject({ reads: [{ table: 'customers', way: 'all', comparedBy: ['plan'] }], sorts: true, groups: false })
})

test('it is guarded as every statement is, and never run', async () => {
  const codes = [
    'delete from customers',
    'explain analyze select 1',
    'select pg_sleep(5)',
    'select 1; select 2',
    'select nothing from customers',
  ]
  for (const [i, code] of [
    'sql-not-a-query',
    'sql-not-a-query',
    'sql-forbidden',
    'sql-several-statements',
    'sql-unknown-column',
  ].entries()) {
    const { status, body } = await explain<ErrorBody>(codes[i] ?? '')
    expect([status >= 400, body.error.code]).toEqual([true, code])
  }
  // A function with an effect would have been run by EXPLAIN ANALYZE.
  await server.shop.pool.query('create table marks (n int)')
  await server.shop.pool.query(
    "create function mark() returns int language plpgsql as 'begin insert into marks values (1); return 1; end'",
  )
  await explain('select mark() from customers')
  expect((await server.shop.pool.query('select * from marks')).rowCount).toBe(0)
})

test('what is no database has no plans', async () => {
  expect((await explain('select 1', 'sandbox')).status).toBe(422)
  expect((await explain('select 1', 'none')).status).toBe(404)
})
