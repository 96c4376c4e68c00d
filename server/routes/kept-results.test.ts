import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CatalogSample } from '#schemas/api/catalog.ts'
import type { KeptResults } from '#schemas/api/kept-results.ts'
import type { Connection } from '#schemas/connection.ts'
import type { Preview } from '#schemas/preview.ts'
import { Look } from '#server/connections/results/look.ts'
import { settingsOf } from '#server/test/database-settings.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { mariadbMissing, testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { DEFAULT_WORKSPACE } from '#server/workspace/workspace.ts'

let server: TestApp
let maria: TestMySqlDatabase | undefined

beforeAll(async () => {
  server = await testApp()
  if (!mariadbMissing) maria = await testMariaDb()
}, 60_000)
afterAll(async () => {
  await server?.close()
  await maria?.close()
})

interface Place {
  readonly kind: 'postgres' | 'mysql'
  readonly settings: Record<string, unknown>
  readonly password: string
  readonly write: (sql: string) => Promise<unknown>
}

function postgres(): Place {
  const { settings, secrets } = settingsOf(server.shop)
  return { kind: 'postgres', settings, password: secrets.password, write: (sql) => server.shop.pool.query(sql) }
}

function mariaDb(): Place {
  if (!maria) throw new Error('MariaDB is needed')
  const { host, port, user, password, database } = maria
  const write = async (sql: string) => {
    const writer = await mysql.createConnection({ host, port, user, password, database })
    await writer.query(sql)
    await writer.end()
  }
  return { kind: 'mysql', settings: { host, port, database, user }, password, write }
}

const document = (connection: string) => ({
  schemaVersion: 1,
  name: '회원',
  nodes: [
    { id: 'start', type: 'manual-trigger', typeVersion: 1, position: { x: 0, y: 0 }, config: {} },
    {
      id: 'people',
      type: 'sql-source',
      typeVersion: 1,
      position: { x: 0, y: 0 },
      config: { connection, sql: 'select id, plan from people order by id' },
    },
  ],
  edges: [{ id: 'e', source: 'start', sourcePort: 'start', target: 'people', targetPort: 'start' }],
})

describe.each([
  { name: 'PostgreSQL', place: postgres, skip: null },
  { name: 'MariaDB', place: mariaDb, skip: mariadbMissing },
])('$name', ({ place, skip }) => {
  let at: Place
  let shop: Connection
  const save = async (settings: object) => {
    const { body } = await server.call<Connection>('PUT', `/api/connections/${shop.id}`, {
      body: { name: '가게', kind: at.kind, settings: { ...at.settings, ...settings }, revision: shop.revision },
    })
    shop = body
  }
  const preview = async (options: object = {}) => {
    const { status, body } = await server.call<Preview>('POST', '/api/preview', {
      body: { document: document(shop.id), limit: 10, ...options },
    })
    expect([status, body.problems.filter(({ severity, code }) => severity === 'error' && code.startsWith('sql'))]).toEqual([
      200,
      [],
    ])
    const rows = body.nodes['people']?.out['rows']?.rows ?? []
    return { plan: rows[0]?.plan, count: rows.length, keptAt: body.keptAt, cut: body.cut }
  }
  const held = async () => (await server.call<KeptResults>('GET', `/api/connections/${shop.id}/results`)).body
  const setPlan = (plan: string) => at.write(`update people set plan = '${plan}'`)

  beforeAll(async () => {
    if (skip !== null) return
    at = place()
    await at.write('create table people (id int primary key, plan varchar(20))')
    await at.write(`insert into people values ${Array.from({ length: 40 }, (_, id) => `(${id}, 'Free')`).join(', ')}`)
    const made = await server.call<Connection>('POST', '/api/connections', {
      body: { name: '가게', kind: at.kind, settings: at.settings, secrets: { password: at.password } },
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    shop = made.body
  })

  test.skipIf(skip)('nothing is kept until somebody wants it', async () => {
    expect(await preview()).toMatchObject({ plan: 'Free', keptAt: undefined, cut: undefined })
    await setPlan('Pro')
    expect(await preview()).toMatchObject({ plan: 'Pro', keptAt: undefined })
    expect(await held()).toEqual({ keepMinutes: 0, entries: 0, bytes: 0, oldest: null })
  })

  test.skipIf(skip)(
    'a kept result is shown with its age; asking anew, emptying and changing the connection ask the database',
    async () => {
      await save({ keepResults: '5m' })
      expect((await preview()).keptAt).toBeUndefined()
      await setPlan('Team')
      const again = await preview()
      expect(again).toMatchObject({ plan: 'Pro', keptAt: expect.any(String) })
      expect(Date.now() - Date.parse(again.keptAt ?? '')).toBeLessThan(60_000)
      expect(await held()).toMatchObject({ keepMinutes: 5, entries: 1, oldest: again.keptAt })
      // More rows are another question.
      expect(await preview({ limit: 11 })).toMatchObject({ plan: 'Team', keptAt: undefined })

      expect(await preview({ fresh: true })).toMatchObject({ plan: 'Team', keptAt: undefined })
      expect(await preview()).toMatchObject({ plan: 'Team', keptAt: expect.any(String) })

      await setPlan('Max')
      expect((await server.call('DELETE', `/api/connections/${shop.id}/results`)).status).toBe(204)
      expect(await held()).toMatchObject({ entries: 0, bytes: 0, oldest: null })
      expect(await preview()).toMatchObject({ plan: 'Max', keptAt: undefined })

      await setPlan('Mini')
      await save({ keepResults: '24h' })
      expect(await held()).toMatchObject({ keepMinutes: 1440, entries: 0 })
      expect(await preview()).toMatchObject({ plan: 'Mini', keptAt: undefined })
    },
  )

  test.skipIf(skip)('another process that emptied, and a person who is erased, end what is kept here', async () => {
    await preview()
    await setPlan('Other')
    expect((await preview()).plan).toBe('Mini')
    await server.parts.store.letGoOfResults({ workspaceId: DEFAULT_WORKSPACE, id: shop.id })
    expect((await preview()).plan).toBe('Other')
    await setPlan('Erased')
    await server.call('POST', '/api/people/erase', { body: { address: '010-2000-0001' } })
    expect(await preview()).toMatchObject({ plan: 'Erased', keptAt: undefined })
  })

  test.skipIf(skip)('a run, and a check of all people, ask the database whatever is kept', async () => {
    await preview()
    await setPlan('Now')
    expect((await preview()).plan).toBe('Erased')
    const asked = { sql: 'select id, plan from people order by id', parameters: {} }
    for (const isPreview of [false, true]) {
      const host = await server.parts.host(DEFAULT_WORKSPACE)
      const database = await host.connection(shop.id, { nodeId: 'people', preview: isPreview })
      const { rows } = await database.query(asked, { maxRows: 11 })
      expect(rows[0]?.[1]).toBe('Now')
    }
  })

  test.skipIf(skip)('a look at a table is kept and told likewise', async () => {
    const { body: catalog } = await server.call<{ tables: { id: string; name: string }[] }>(
      'GET',
      `/api/connections/${shop.id}/catalog`,
    )
    const table = catalog.tables.find(({ name }) => name === 'people')?.id ?? ''
    const sample = async (more = '') =>
      (await server.call<CatalogSample>('GET', `/api/connections/${shop.id}/catalog/sample?table=${table}${more}`)).body
    expect((await sample()).keptAt).toBeUndefined()
    expect((await sample()).keptAt).toEqual(expect.any(String))
    expect((await sample('&fresh=true')).keptAt).toBeUndefined()
  })

  test.skipIf(skip)('no more rows are read for a preview than the connection allows, and it is told', async () => {
    await save({ previewRows: 7 })
    expect(await preview()).toMatchObject({ count: 7, cut: [{ connection: shop.id, name: '가게', rows: 7 }] })
    expect(await preview({ limit: 6 })).toMatchObject({ count: 6, cut: undefined })
    const look = new Look()
    const looking = await server.parts.host(DEFAULT_WORKSPACE, undefined, { look })
    const limited = await looking.connection(shop.id, { nodeId: 'people', preview: true })
    expect((await limited.query({ sql: 'select id from people', parameters: {} }, { maxRows: 30 })).rows).toHaveLength(7)
    expect(look.facts().cut).toEqual([{ connection: shop.id, rows: 7 }])
    // What looks up values for the people who are shown is not cut: each gets an answer.
    expect((await limited.query({ sql: 'select id from people', parameters: {} })).rows).toHaveLength(40)
    // It is for looking only.
    const host = await server.parts.host(DEFAULT_WORKSPACE)
    const database = await host.connection(shop.id, { nodeId: 'people', preview: false })
    expect((await database.query({ sql: 'select id from people', parameters: {} })).rows).toHaveLength(40)
    expect(
      (
        await server.call('POST', '/api/connections', {
          body: { name: 'x', kind: at.kind, settings: { ...at.settings, previewRows: 4 }, secrets: { password: at.password } },
        })
      ).status,
    ).toBe(422)
  })
})
