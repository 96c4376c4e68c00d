import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { Catalog } from '#schemas/catalog.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query('create table customers (id int primary key, name text, phone text)')
})
afterAll(() => server.close())

const read = (query = '') => server.call<Catalog>('GET', `/api/connections/sample-shop/catalog${query}`)

test('a schema is asked once a day and edition of the connection, and anew for who wants it', async () => {
  const { body: first } = await read()
  expect(first).toMatchObject({ connectionId: 'sample-shop', dialect: 'postgres', tableCount: 1 })
  expect(first.tables[0]?.columns.map(({ name, personal }) => [name, personal])).toEqual([
    ['id', false],
    ['name', true],
    ['phone', true],
  ])
  await server.shop.pool.query('create table orders (id int primary key)')
  expect((await read()).body).toEqual(first)
  const { body: fresh } = await read('?fresh=true')
  expect(fresh.tables.map(({ id }) => id)).toEqual(['customers', 'orders'])
  expect(Date.parse(fresh.readAt)).toBeGreaterThan(Date.parse(first.readAt))

  await server.shop.pool.query('create table coupons (id int primary key)')
  await server.database.pool.query(
    `update connection_catalog set content = jsonb_set(content::jsonb, '{readAt}', to_jsonb(now() - interval '25 hours')) where connection_id = 'sample-shop'`,
  )
  expect((await read()).body.tableCount).toBe(3)

  await server.shop.pool.query('drop table coupons')
  await server.database.pool.query(`update connection set revision = revision + 1 where id = 'sample-shop'`)
  expect((await read()).body.tableCount).toBe(2)
})

test('what has no tables says so', async () => {
  const provider = await server.call<ErrorBody>('GET', '/api/connections/sandbox/catalog')
  expect([provider.status, provider.body.error.code]).toEqual([422, 'connection-missing'])
  expect((await server.call('GET', '/api/connections/none/catalog')).status).toBe(404)
})
