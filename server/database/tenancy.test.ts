import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { RUN_TABLES, SHARED_TABLES, WORKSPACE_TABLES } from './tenancy.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('every table is a workspace’s, a run’s, or the installation’s', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = relnamespace
     where nspname = 'public' and relkind in ('r', 'p') and not relispartition order by relname`,
  )
  expect(rows.map(({ name }) => name)).toEqual([...WORKSPACE_TABLES, ...RUN_TABLES, ...SHARED_TABLES].toSorted())
})

test('every workspace table has the column, every run table the number', async () => {
  const { rows } = await database.pool.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns where table_schema = 'public' and column_name in ('workspace_id', 'run_no')`,
  )
  const has = (table: string, column: string) => rows.some((row) => row.table_name === table && row.column_name === column)
  expect(WORKSPACE_TABLES.filter((table) => !has(table, 'workspace_id'))).toEqual([])
  expect(RUN_TABLES.filter((table) => !has(table, 'run_no'))).toEqual([])
})

const id = '00000000-0000-7000-8000-000000000001'

test('a statement without its workspace is refused', async () => {
  const { db } = database
  await expect(async () => db.selectFrom('workflow').selectAll().execute()).rejects.toThrow(/without workspace_id/)
  await expect(async () => db.updateTable('workflow').set({ enabled: true }).where('id', '=', id).execute()).rejects.toThrow(
    /without workspace_id/,
  )
  await expect(async () => db.deleteFrom('connection').where('id', '=', 'x').execute()).rejects.toThrow(/without workspace_id/)
  await expect(async () => sql`select * from schedule`.execute(db)).rejects.toThrow(/without workspace_id/)
  await expect(async () => db.selectFrom('run_chunk').select('n').execute()).rejects.toThrow(/without run_no/)
})

test('with it, it runs', async () => {
  const { db } = database
  expect(await db.selectFrom('workflow').selectAll().where('workspace_id', '=', id).execute()).toEqual([])
  expect(await db.selectFrom('run_chunk').select('n').where('run_no', '=', '1').execute()).toEqual([])
  expect(await db.selectFrom('workspace').select('id').execute()).toEqual([])
})
