import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'
import { createRegistry } from '#runtime/registry.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { allowedAddresses } from '#server/egress/addresses.ts'
import { createEgress, type Egress } from '#server/egress/egress.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import { createBox, keyRing } from '#server/secrets/box.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { checkHealth, type HealthWatchDeps } from './health-watch.ts'
import { databaseKinds } from './kinds.ts'
import { createConnections, type Connections } from './open.ts'
import { QueryLog } from './query-log.ts'
import { readQueries } from './read-queries.ts'
import { ConnectionStore, healthIn } from './store.ts'

const [workspaceId, workflowId, runId] = [uuidV7(), uuidV7(), uuidV7()]
const id = 'sample-shop'
const registry = createRegistry({ nodes: builtInNodes, providers: builtInProviders, databases: databaseKinds })
let platform: TestDatabase
let shop: TestDatabase
let egress: Egress
let store: ConnectionStore
let connections: Connections
let log: QueryLog

beforeAll(async () => {
  ;[platform, shop] = await Promise.all([testDatabase(), testDatabase({ empty: true })])
  await shop.pool.query(
    "create table people (id int, name text); insert into people select i, '사람 ' || i from generate_series(1, 2500) i",
  )
  await platform.pool.query("insert into workspace (id, name, hash_key_enc) values ($1, 'w', '')", [workspaceId])
  store = new ConnectionStore(platform.db, createBox(keyRing(randomBytes(32)), 'connection'))
  egress = createEgress({ allows: allowedAddresses(undefined) })
  const clock = { now: () => new Date(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) }
  log = new QueryLog(platform.pool, quietLog())
  const deps = { store, pool: platform.pool, registry, egress, sampleUrl: shop.url, queryLog: log, log: quietLog(), clock }
  connections = createConnections(deps)
  await store.ensureBuiltIn(workspaceId, { sample: true })
  const nodes = [{ id: 'owners', type: 'sql-source', label: '사장님', config: { connection: id } }]
  await platform.pool.query('insert into workflow (id, workspace_id, name, document) values ($1, $2, $3, $4)', [
    workflowId,
    workspaceId,
    '주간',
    JSON.stringify({ schemaVersion: 1, name: '주간', nodes, edges: [] }),
  ])
})
afterAll(async () => {
  await connections?.close()
  await Promise.all([egress?.close(), platform?.close(), shop?.close()])
})

const linesOf = async (show?: 'slow' | 'failed') => {
  await log.flush()
  const deps = { pool: platform.pool, registry, language: 'ko' as const }
  return (await readQueries(deps, { workspaceId, id, limit: 50, show })).items
}
const asStep = (nodeId = 'owners') => connections.forAsker(workspaceId, id, { purpose: 'run', workflowId, runId, nodeId })

test('what steps ask is noted with time, rows and who asked; equal ones are one line; a value never is', async () => {
  const database = await asStep()
  const sql = 'select id from people where name = :name'
  for (const name of ['사람 1', '사람 2', '사람 3']) await database.query({ sql, parameters: { name } })
  for await (const _ of await database.stream({ sql: 'select id from people', parameters: {} })) void _
  for await (const _ of await database.stream({ sql: 'select name from people', parameters: {} }, { batchSize: 100 })) break
  const failed = { sql: 'select id from people where id = cast(:name as int)', parameters: { name: '아주 비밀' } }
  await expect(database.query(failed)).rejects.toMatchObject({ code: 'sql-error' })
  const lines = await linesOf()
  const step = { purpose: 'run', workflow: { id: workflowId, name: '주간' }, runId, step: '사장님', slow: false }
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...step, statement: sql, times: 3, rows: 3, state: 'ok', code: null }),
      expect.objectContaining({ ...step, statement: 'select id from people', times: 1, rows: 2500, state: 'ok' }),
      expect.objectContaining({ ...step, statement: 'select name from people', rows: 100, state: 'stopped' }),
      expect.objectContaining({ ...step, statement: failed.sql, rows: 0, state: 'failed', code: 'sql-error' }),
    ]),
  )
  expect(lines).toHaveLength(4)
  expect(await linesOf('failed')).toHaveLength(1)
  expect(await linesOf('slow')).toEqual([])
  const { rows } = await platform.pool.query('select q::text as line from connection_query q')
  expect(JSON.stringify(rows)).not.toMatch(/사람 \d|아주 비밀/)
})

test('a query that takes long is slow; what is only described or asked by nobody is not noted', async () => {
  const before = (await linesOf()).length
  const database = await asStep('slow')
  await database.describe('select id from people')
  await (await connections.sql(workspaceId, id)).query({ sql: 'select 1', parameters: {} })
  expect(await linesOf()).toHaveLength(before)
  const sql = 'select count(*) from people where name < :name'
  // Somebody else has the table.
  const holder = await shop.pool.connect()
  await holder.query('begin; lock table people')
  const asked = database.query({ sql, parameters: { name: '사람' } })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await holder.query('commit')
  holder.release()
  await asked
  const [slow] = await linesOf('slow')
  expect(slow).toMatchObject({ statement: sql, slow: true, step: 'slow' })
  expect(slow?.longestMs).toBeGreaterThanOrEqual(1000)
})

test('the same step gets the same connection, so that answers are remembered', async () => {
  expect(await asStep()).toBe(await asStep())
  expect(await asStep()).not.toBe(await asStep('other'))
})

test('a connection keeps its newest lines', async () => {
  await platform.pool.query(
    `insert into connection_query (workspace_id, connection_id, at, purpose, statement, status, times, total_ms, longest_ms, rows, slow)
     select $1, $2, now(), 'run', 'select ' || i, 'ok', 1, 1, 1, 1, false from generate_series(1, 3000) i`,
    [workspaceId, id],
  )
  const asked = { workspaceId, connectionId: id, purpose: 'tables' as const, status: 'ok', ms: 1, rows: 1, slow: false }
  for (let round = 0; round < 30; round++) {
    log.add({ ...asked, statement: `select 'round ${round}'` })
    await log.flush()
  }
  const { rows } = await platform.pool.query<{ n: number }>('select count(*)::int as n from connection_query')
  expect(rows[0]?.n).toBeLessThanOrEqual(2030)
  expect((await linesOf())[0]?.statement).toBe("select 'round 29'")
})

test('databases in use are looked at; a state has the time since when, and its words the language of the reader', async () => {
  const healthOf = async () =>
    (await store.read({ workspaceId, id })).health as { state: string; since: string; checkedAt: string }
  const deps: HealthWatchDeps = { pool: platform.pool, connections, store, log: quietLog() }
  await Promise.all([checkHealth(deps), checkHealth(deps)]).then((ends) => expect(ends).toContain('done'))
  const first = await healthOf()
  expect(first).toMatchObject({ state: 'ok', error: null })
  await checkHealth(deps)
  const second = await healthOf()
  expect(second.since).toBe(first.since)
  expect(second.checkedAt >= first.checkedAt).toBe(true)
  const gone = {
    ...deps,
    connections: { sql: () => Promise.reject(new AppError('connection-failed', { host: 'h', detail: 'd' })) },
  }
  await checkHealth(gone)
  const failed = await healthOf()
  expect(failed).toMatchObject({ state: 'failed', since: failed.checkedAt })
  expect(healthIn('ko', failed).error?.message).toContain('연결하지 못했어요')
  expect(healthIn('en', failed).error?.message).toContain('does not answer')
})
