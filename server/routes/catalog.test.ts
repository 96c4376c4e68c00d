import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { CatalogNamesAnswer, CatalogSample } from '#schemas/api/catalog.ts'
import type { Catalog } from '#schemas/catalog.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { DEFAULT_WORKSPACE } from '#server/workspace/workspace.ts'

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

test('names are said once, kept whole, and stand in the catalog; a second window does not write over them', async () => {
  const path = '/api/connections/sample-shop/catalog/names'
  await read('?fresh=true')
  expect((await server.call('GET', path)).body).toEqual({ revision: 0, names: {}, unknown: [] })
  // As the file of another product has it, with members that mean nothing here.
  const names = {
    customers: {
      displayName: '고객 정보',
      description: '고객 기본 정보 및 연락처',
      owner: '운영팀',
      fields: {
        id: { displayName: '고객ID', type: 'number', filterable: true },
        phone: { displayName: '휴대폰번호', type: 'string', filterable: false, format: 'local' },
        name: { personal: false },
        gone: { displayName: '없어진 열' },
      },
      relations: [{ columns: ['id'], to: { table: 'orders', columns: ['id'] }, toOne: false }],
    },
    plans: { displayName: '요금제' },
  }
  const { status, body: saved } = await server.call<CatalogNamesAnswer>('PUT', path, { body: { revision: 0, names } })
  expect(status).toBe(200)
  expect(saved).toEqual({
    revision: 1,
    names,
    unknown: [
      { table: 'customers', column: 'gone' },
      { table: 'plans', column: null },
    ],
  })
  expect((await server.call('GET', path)).body).toEqual(saved)
  const customers = (await read()).body.tables.find(({ id }) => id === 'customers')
  expect(customers).toMatchObject({ displayName: '고객 정보', description: '고객 기본 정보 및 연락처', hidden: false })
  expect(customers?.columns).toMatchObject([
    { name: 'id', displayName: '고객ID', filterable: true },
    { name: 'name', displayName: null, personal: false },
    { name: 'phone', displayName: '휴대폰번호', filterable: false, personal: true, holds: 'phone' },
  ])
  expect(customers?.relations).toEqual([
    { columns: ['id'], to: { table: 'orders', columns: ['id'] }, origin: 'told', toOne: false },
  ])
  const late = await server.call<ErrorBody>('PUT', path, { body: { revision: 0, names: {} } })
  expect([late.status, late.body.error.code]).toEqual([409, 'stale-revision'])
  const wrong = await server.call<ErrorBody>('PUT', path, { body: { revision: 1, names: { customers: { displayName: 7 } } } })
  expect(wrong.status).toBe(422)
})

test('a sample is a few rows, and nobody is readable in it', async () => {
  await server.shop.pool.query(`insert into customers select n, '김민수', '0101234' || (1000 + n) from generate_series(1, 50) n`)
  await server.call('PUT', '/api/connections/sample-shop/catalog/names', { body: { revision: 1, names: {} } })
  const { body } = await server.call<CatalogSample>('GET', '/api/connections/sample-shop/catalog/sample?table=customers')
  expect(body.columns.map(({ name, personal }) => [name, personal])).toEqual([
    ['id', false],
    ['name', true],
    ['phone', true],
  ])
  expect(body.rows).toHaveLength(5)
  expect(body.rows[0]).toEqual([1, '김**', '010-****-1001'])
  const none = await server.call('GET', '/api/connections/sample-shop/catalog/sample?table=nobody')
  expect(none.status).toBe(404)
})

test('columns of a query speak as people named them, and are masked as they said; an alias keeps its name', async () => {
  const path = '/api/connections/sample-shop/catalog/names'
  const call = (names: object, revision: number) => server.call('PUT', path, { body: { revision, names } })
  const { body: before } = await server.call<CatalogNamesAnswer>('GET', path)
  await server.shop.pool.query('create table staff (id int primary key, nm2 text, hobby text, phone text)')
  await read('?fresh=true')
  await call(
    {
      staff: {
        fields: {
          nm2: { displayName: '직원 이름', personal: true },
          hobby: { displayName: '취미' },
          phone: { personal: false },
        },
      },
    },
    before.revision,
  )
  const columnsOf = async () => {
    const host = await server.parts.host(DEFAULT_WORKSPACE)
    const sql = 'select id, nm2, hobby as phone_hobby, phone, upper(hobby) as loud from staff'
    const { columns } = await (await host.connection('sample-shop')).describe(sql)
    return columns.map(({ name, label, personal }) => [name, label, personal])
  }
  expect(await columnsOf()).toEqual([
    ['id', undefined, undefined],
    ['nm2', '직원 이름', true],
    ['phone_hobby', undefined, undefined],
    ['phone', undefined, false],
    ['loud', undefined, undefined],
  ])
  const naming = (await server.parts.host(DEFAULT_WORKSPACE)).known('sample-shop')?.naming
  await call({ staff: { fields: { nm2: { displayName: '성함' } } } }, before.revision + 1)
  expect((await server.parts.host(DEFAULT_WORKSPACE)).known('sample-shop')?.naming).not.toBe(naming)
  expect((await columnsOf())[1]).toEqual(['nm2', '성함', undefined])
})

test('while the database is away, what was read before stands, with its age; who asks for it anew is told', async () => {
  const { body: before } = await read('?fresh=true')
  const old = new Date(Date.now() - 25 * 3_600_000).toISOString()
  await server.database.pool.query(
    `update connection_catalog set content = jsonb_set(content::jsonb, '{readAt}', to_jsonb($1::text)) where connection_id = 'sample-shop'`,
    [old],
  )
  await server.shop.pool.query('alter table customers rename to moved')
  await server.parts.connections.forget(DEFAULT_WORKSPACE, 'sample-shop')
  const { rows } = await server.shop.pool.query<{ name: string }>('select current_database() as name')
  const admin = new pg.Client(server.shop.adminUrl)
  await admin.connect()
  try {
    await admin.query(`alter database ${rows[0]?.name} with allow_connections false`)
    expect((await read()).body).toEqual({ ...before, readAt: old })
    expect((await read('?fresh=true')).status).toBe(422)
  } finally {
    await admin.query(`alter database ${rows[0]?.name} with allow_connections true`)
    await admin.end()
  }
  expect((await read()).body.tables.map(({ id }) => id)).toContain('moved')
})
