import { randomBytes } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'
import { createRegistry } from '#runtime/registry.ts'
import { allowedAddresses } from '#server/egress/addresses.ts'
import { createEgress, type Egress } from '#server/egress/egress.ts'
import { registerErrors } from '#server/plugins/errors.ts'
import { connectionRoutes } from '#server/routes/connections.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import { createBox, keyRing } from '#server/secrets/box.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { settingsOf } from '#server/test/database-settings.ts'
import { mariadbMissing, testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { databaseKinds } from './kinds.ts'
import { createConnections, type Connections } from './open.ts'
import { ConnectionStore } from './store.ts'

const workspaceId = uuidV7()
let platform: TestDatabase
let shop: TestDatabase
let maria: TestMySqlDatabase | undefined
let app: FastifyInstance
let store: ConnectionStore
let connections: Connections
let egress: Egress

beforeAll(async () => {
  ;[platform, shop] = await Promise.all([testDatabase(), testDatabase({ empty: true })])
  if (!mariadbMissing) maria = await testMariaDb()
  await shop.pool.query(
    "create table people (id int); insert into people values (1); do $$ begin if not exists (select from pg_roles where rolname = 'shop_reader') then create role shop_reader login password 'r'; end if; end $$; grant select on people to shop_reader",
  )
  await platform.pool.query("insert into workspace (id, name, hash_key_enc) values ($1, 'w', '')", [workspaceId])
  const registry = createRegistry({ nodes: builtInNodes, providers: builtInProviders, databases: databaseKinds })
  store = new ConnectionStore(platform.db, createBox(keyRing(randomBytes(32)), 'connection'))
  egress = createEgress({ allows: allowedAddresses(undefined) })
  const clock = { now: () => new Date(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) }
  connections = createConnections({ store, pool: platform.pool, registry, egress, sampleUrl: shop.url, log: quietLog(), clock })
  await store.ensureBuiltIn(workspaceId, { sample: true })
  await store.ensureBuiltIn(workspaceId, { sample: true })
  app = fastify()
  registerErrors(app, quietLog())
  app.addHook('onRequest', async (request) => void Object.assign(request, { workspaceId, actor: 'test' }))
  connectionRoutes(app, { store, connections, registry, pool: platform.pool, db: platform.db })
}, 30_000)
afterAll(async () => {
  await app?.close()
  await connections?.close()
  await Promise.all([egress?.close(), platform?.close(), shop?.close(), maria?.close()])
})

async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) {
  const answer = await app.inject({
    method,
    url: `/api/connections${path}`,
    headers: { 'accept-language': 'en' },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json(), text: answer.body }
}

test('the built-in ones are there once, open, and stay', async () => {
  const { body } = await call('GET', '')
  expect(body.items.map(({ id }: { id: string }) => id).sort()).toEqual(['sample-shop', 'sandbox'])
  const shopConnection = await connections.sql(workspaceId, 'sample-shop')
  expect((await shopConnection.query({ sql: 'select id from people', parameters: {} })).rows).toEqual([[1]])
  expect((await connections.provider(workspaceId, 'sandbox')).type.kind).toBe('sandbox')
  expect((await connections.known(workspaceId)).get('sample-shop')).toMatchObject({ role: 'database', dialect: 'postgres' })
  expect(await call('DELETE', '/sandbox')).toMatchObject({ status: 409, body: { error: { code: 'built-in-connection' } } })
  await expect(connections.sql(workspaceId, 'none')).rejects.toMatchObject({ code: 'connection-missing' })
  await expect(connections.sql(uuidV7(), 'sample-shop')).rejects.toMatchObject({ code: 'connection-missing' })
})

test('created, tested, changed, deleted; a secret never comes out, nor stands in the table', async () => {
  const { settings, secrets } = settingsOf(shop, { user: 'shop_reader', password: 'r' })
  const made = await call('POST', '', { name: '가게', kind: 'postgres', settings, secrets: { password: 'very-secret-word' } })
  expect(made).toMatchObject({
    status: 201,
    body: { secretsSet: ['password'], revision: 1, role: 'database', health: { state: 'unknown' } },
  })
  const { id } = made.body
  expect(await call('PUT', `/${id}`, { name: '가게 2', kind: 'postgres', settings, revision: 1, secrets })).toMatchObject({
    status: 200,
    body: { revision: 2 },
  })
  expect(await call('PUT', `/${id}`, { name: '가게 3', kind: 'postgres', settings, revision: 1 })).toMatchObject({
    status: 409,
    body: { error: { current: { revision: 2 } } },
  })
  expect(await call('PUT', `/${id}`, { name: '가게 3', kind: 'postgres', settings, revision: 2 })).toMatchObject({
    status: 200,
    body: { secretsSet: ['password'] },
  })
  const tested = await call('POST', `/${id}/test`)
  expect(tested.body).toMatchObject({ ok: true, timezone: 'Asia/Seoul', tables: 1, tls: null, writes: [], error: null })
  expect(tested.body.grants).toContain('GRANT SELECT')
  expect((await call('GET', `/${id}`)).body).toMatchObject({ health: { state: 'ok' }, dialect: 'postgres' })
  const table = await platform.pool.query('select c::text as row from connection c')
  expect(JSON.stringify([table.rows, made.text, tested.text, (await call('GET', '')).text])).not.toMatch(/very-secret-word/)
  const document = { schemaVersion: 1, name: '주간', nodes: [{ config: { connection: id } }], edges: [] }
  await platform.pool.query('insert into workflow (id, workspace_id, name, document) values ($1, $2, $3, $4)', [
    uuidV7(),
    workspaceId,
    '주간',
    JSON.stringify(document),
  ])
  const refused = await call('DELETE', `/${id}`)
  expect(refused.status).toBe(409)
  expect(refused.body.error.message).toContain('주간')
  await platform.pool.query('delete from workflow')
  expect((await call('DELETE', `/${id}`)).status).toBe(204)
  expect((await call('GET', `/${id}`)).status).toBe(404)
})

test("an account that could write is told, and Alimflow's own database is refused", async () => {
  const writer = await call('POST', '/test', { name: 'x', kind: 'postgres', ...settingsOf(shop) })
  expect(writer.body.ok).toBe(true)
  expect(writer.body.writes).toEqual(
    expect.arrayContaining([
      { rights: ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'], on: 'public.*', tables: { count: 1, of: 1 } },
      { rights: ['CREATE'], on: 'schema public', tables: null },
      { rights: expect.arrayContaining(['SUPERUSER', 'CREATEROLE']), on: expect.stringMatching(/^role /), tables: null },
    ]),
  )
  const own = await call('POST', '/test', { name: 'x', kind: 'postgres', ...settingsOf(platform) })
  expect(own.body).toMatchObject({ ok: false, error: { code: 'connection-own-database' } })
})

test('wrong input and what does not answer are told in words', async () => {
  const wrong = await call('POST', '', {
    name: 'x',
    kind: 'postgres',
    settings: { port: 0, database: 'a', user: 'b', hostt: 'c', timezone: 'Mars/Base' },
  })
  expect(wrong.status).toBe(422)
  expect(wrong.body.error.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'settings/host',
    'settings/hostt',
    'settings/port',
    'settings/timezone',
  ])
  expect((await call('POST', '', { name: 'x', kind: 'oracle', settings: {} })).body.error.fields[0]).toMatchObject({
    path: 'kind',
  })
  const closed = await call('POST', '/test', {
    name: 'x',
    kind: 'mysql',
    settings: { host: '127.0.0.1', port: 1, database: 'a', user: 'b' },
  })
  expect(closed.body).toMatchObject({ ok: false, error: { code: 'connection-failed' } })
  const denied = await call('POST', '/test', {
    name: 'x',
    kind: 'postgres',
    ...settingsOf(shop, { user: 'shop_reader', password: 'wrong' }),
  })
  expect(denied.body).toMatchObject({ ok: false, error: { code: 'connection-denied' } })
})

test.skipIf(mariadbMissing !== null)('MariaDB is tried, too', async () => {
  const { host, port, database, user } = maria as TestMySqlDatabase
  const answer = await call('POST', '/test', { name: 'x', kind: 'mysql', settings: { host, port, database, user } })
  expect(answer.body).toMatchObject({
    ok: true,
    writes: [{ rights: ['ALL PRIVILEGES', 'GRANT OPTION'], on: '*.*', tables: null }],
  })
  expect(answer.body.version).toMatch(/^MariaDB 1\d/)
})
