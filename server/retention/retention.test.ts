import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MONTHLY, ensurePartitions, makePartitions, monthsThere } from '#server/ledger/partitions.ts'
import { monthOf } from '#server/ledger/run-no.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { deleteByAge } from './by-age.ts'
import { dropOldMonths } from './drop-months.ts'
import { tidyOnce } from './keeper.ts'
import { POLICIES, tablesOf } from './policies.ts'
import { listKeys, makeRun, makeWorkspace, runKeys, samples, workspaceId, workspaceKeys } from './test/made-run.ts'

let database: TestDatabase
const log = quietLog()
const now = new Date('2026-11-26T03:00:00Z')

beforeAll(async () => {
  database = await testDatabase()
  await makeWorkspace(database.pool)
})
afterAll(() => database.close())

const clock = { sleep: () => Promise.resolve() }
const count = async (table: string): Promise<number> =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1

test('nothing grows for ever: every table has a policy, and the policy fits the table', async () => {
  const { rows } = await database.pool.query<{ name: string; monthly: boolean; columns: string[] }>(
    `select c.relname as name, c.relkind = 'p' as monthly, array_agg(a.attname::text) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by 1, 2 order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(POLICIES).toSorted())
  expect(rows.filter(({ monthly }) => monthly).map(({ name }) => name)).toEqual(tablesOf('month').toSorted())
  expect(tablesOf('month').toSorted()).toEqual(MONTHLY.map(({ name }) => name).toSorted())
  const documented = readFileSync('docs/retention.md', 'utf8')
  for (const { name, columns } of rows) {
    const policy = POLICIES[name]
    expect(documented, name).toContain(`| \`${name}\` |`)
    if (policy?.kind === 'run') expect(columns, name).toContain('run_no')
    if (policy?.kind === 'age') expect(columns, name).toContain(policy.column)
  }
})

test('this month and the next two are made ahead, also over the turn of a year', async () => {
  await ensurePartitions(database.pool, new Date('2026-12-31T23:59:59Z'))
  const { rows } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relname like 'messages\\_20%' and relkind = 'r' order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(['messages_2026_12', 'messages_2027_01', 'messages_2027_02'])
})

test('a month that nobody keeps is dropped; its runs keep their totals, and an open run keeps its month', async () => {
  const old = '2025-09-10T03:00:00Z'
  const messages = [
    { state: 'sent', at: old },
    { state: 'failed', at: old },
  ] as const
  const gone = await makeRun(database.pool, { startedAt: old, chunks: [{ nodeNo: 3, no: 1, messages }] })
  await database.pool.query(`insert into run_events (run_no, kind) values ($1, 'completed')`, [gone.runNo])
  const kept = await makeRun(database.pool, {
    startedAt: '2025-10-10T03:00:00Z',
    chunks: [{ nodeNo: 3, no: 1, messages: [{ state: 'sent', at: '2025-10-10T03:00:00Z' }] }],
  })
  const open = await makeRun(database.pool, {
    startedAt: '2025-08-10T03:00:00Z',
    state: 'paused',
    chunks: [{ nodeNo: 3, no: 1, state: 3, messages }],
  })

  // Not counted yet: nothing is dropped.
  expect(await dropOldMonths(database.pool, { now, log })).toEqual([])
  await tidyOnce({
    pool: database.pool,
    log,
    clock,
    now: () => now,
    boxes: { listKeys, runKeys, samples, workspace: workspaceKeys },
  })
  const months = await monthsThere(database.pool)
  expect(months).not.toContain(monthOf(new Date(old)))
  expect(months).toContain(monthOf(new Date('2025-10-01')))
  expect(months).toContain(monthOf(new Date('2025-08-01')))

  const { rows } = await database.pool.query('select * from workflow_run where run_no = any($1) order by run_no', [
    [gone.runNo, kept.runNo, open.runNo],
  ])
  const [openRow, goneRow, keptRow] = rows
  expect(goneRow).toMatchObject({ total: 2, key_enc: null, outcomes: {}, details_dropped_at: expect.any(String) })
  expect(goneRow.kept.sums.chunks).toEqual([expect.objectContaining({ nodeNo: 3, n: 2, sent: 1, failed: 1 })])
  expect(keptRow).toMatchObject({ kept: null, details_dropped_at: null, key_enc: expect.any(Buffer) })
  expect(openRow).toMatchObject({ kept: null, details_dropped_at: null, key_enc: expect.any(Buffer) })
  expect(await count('run_events')).toBe(0)
  const totals = await database.pool.query('select day, state, n from daily_total where workflow_id = $1 order by state', [
    gone.workflowId,
  ])
  expect(totals.rows.map(({ day, n }) => `${day} ${n}`)).toEqual(['2025-09-10 1', '2025-09-10 1'])
})

test('a workspace that keeps longer keeps it', async () => {
  await makePartitions(database.pool, [monthOf(new Date('2024-01-01'))])
  await database.pool.query('update workspace set keep_months = 60')
  expect(await dropOldMonths(database.pool, { now, log })).toEqual([])
  await database.pool.query('update workspace set keep_months = 13')
  expect(await dropOldMonths(database.pool, { now, log })).toEqual(['2024_01'])
})

test('what has an age is deleted when it is old, and only then', async () => {
  const at = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  for (const hours of [23, 25])
    await database.pool.query(
      `insert into request_key (workspace_id, scope, key, body_hash, answer, created_at) values ($1, 'execute', $2, '', '{}', $3)`,
      [workspaceId, String(hours), at(hours)],
    )
  for (const days of [29, 31])
    await database.pool.query('insert into node_description (workspace_id, hash, created_at) values ($1, $2, $3)', [
      workspaceId,
      String(days),
      at(days * 24),
    ])
  expect(await deleteByAge(database.pool, now)).toMatchObject({ request_key: 1, node_description: 1 })
  expect((await database.pool.query('select key from request_key')).rows).toEqual([{ key: '23' }])
  expect((await database.pool.query('select hash from node_description')).rows).toEqual([{ hash: '29' }])
  expect(await deleteByAge(database.pool, now)).toEqual({})
})

test('only one tidies up at a time', async () => {
  const other = await database.pool.connect()
  await other.query('select pg_advisory_lock(7008)')
  expect(
    await tidyOnce({
      pool: database.pool,
      log,
      clock,
      now: () => now,
      boxes: { listKeys, runKeys, samples, workspace: workspaceKeys },
    }),
  ).toBe('elsewhere')
  await other.query('select pg_advisory_unlock(7008)')
  other.release()
  expect(
    await tidyOnce({
      pool: database.pool,
      log,
      clock,
      now: () => now,
      boxes: { listKeys, runKeys, samples, workspace: workspaceKeys },
    }),
  ).toBe('done')
})
