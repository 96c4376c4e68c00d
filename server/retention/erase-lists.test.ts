import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ListColumn } from '#schemas/list.ts'
import { dropOldVersions } from '#server/lists/drop-versions.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { openList } from '#server/lists/read-list.ts'
import { ListStore } from '#server/lists/store.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { erasePerson, finishErasures } from './erase-person.ts'
import { listKeys, makeRun, makeWorkspace, runKeys, samples, workspaceId, workspaceKeys } from './test/made-run.ts'

let database: TestDatabase
let lists: ListStore
beforeAll(async () => {
  database = await testDatabase()
  await makeWorkspace(database.pool)
  lists = new ListStore(database.pool, listKeys)
})
afterAll(() => database.close())

const columns: ListColumn[] = [
  { name: 'name', label: '이름', kind: 'text', personal: true },
  { name: 'contact', label: '연락처', kind: 'text', personal: true },
  { name: 'n', label: '수', kind: 'integer', personal: false },
]
type Rows = readonly (readonly (string | null)[])[]

const make = (rows: Rows) =>
  withClient(database.pool, async (client) => {
    await client.query('begin')
    const list = await lists.create(client, workspaceId, { name: '명단', columns, rows, actor: '민지' })
    await client.query('commit')
    return list
  })
const replace = (id: string, rows: Rows) => lists.replaceRows({ workspaceId, id }, { columns, rows, actor: '민지', before: null })

async function rowsOf(id: string, version: number | null = null): Promise<unknown[]> {
  const list = await openList({ pool: database.pool, listKeys }, { workspaceId, id, version })
  const rows: unknown[] = []
  for await (const batch of list.rows()) rows.push(...batch)
  return rows
}

const deps = (pool: Pool) => ({ pool, listKeys, runKeys, samples, workspaceKeys })
const erase = (address: string) => erasePerson(deps(database.pool), { workspaceId, address, actor: '민지' })

test('a person goes from every version of every list, however the address is written; the others stay', async () => {
  const many = Array.from({ length: 2_500 }, (_, index) => [`고객${index}`, `010${String(30_000_000 + index)}`, String(index)])
  const list = await make([...many, ['윤하늘', '+82 10-4444-5555', '1']])
  await replace(list.id, [
    ['윤하늘', '010-4444-5555', '1'],
    ['서강', '01033334444', null],
  ])
  const other = await make([['김', 'Kim@Shop.kr', null]])
  expect(await erase('01044445555')).toMatchObject({ listRows: 2, rows: 0 })
  expect(await rowsOf(list.id)).toEqual([['서강', '01033334444', null]])
  expect(await rowsOf(list.id, 1)).toHaveLength(2_500)
  expect(await lists.read({ workspaceId, id: list.id })).toMatchObject({ rowCount: 1, version: 2 })
  expect(await erase('kim@shop.kr')).toMatchObject({ listRows: 1 })
  expect(await rowsOf(other.id)).toEqual([])
})

test('who is pasted again after the wish stays, also when the wish is looked after once more', async () => {
  const run = await makeRun(database.pool, { startedAt: '2026-11-20T03:00:00Z', state: 'sending', chunks: [] })
  await erase('01077776666')
  const list = await make([['다시', '010-7777-6666', null]])
  await finishErasures(deps(database.pool))
  expect(await rowsOf(list.id)).toHaveLength(1)
  await database.pool.query('update workflow_run set state = 6 where run_no = $1', [run.runNo])
})

test('a version that was replaced goes after an hour, unless an open run reads it', async () => {
  const { pool } = database
  const list = await make([['하나', '1', '1']])
  for (const name of ['둘', '셋']) await replace(list.id, [[name, '1', '1']])
  const run = await makeRun(pool, { startedAt: '2026-11-20T03:00:00Z', state: 'preparing', chunks: [] })
  await pool.query('update workflow_run set lists = $2 where run_no = $1', [run.runNo, JSON.stringify({ [list.id]: 1 })])
  const versions = async () =>
    (await pool.query<{ version: number }>('select version from list_version where list_id = $1 order by 1', [list.id])).rows.map(
      ({ version }) => version,
    )
  await dropOldVersions(pool, new Date())
  expect(await versions()).toEqual([1, 2, 3])
  const later = new Date(Date.now() + 2 * 3_600_000)
  await dropOldVersions(pool, later)
  expect(await versions()).toEqual([1, 3])
  expect(await rowsOf(list.id, 1)).toEqual([['하나', '1', 1]])
  await expect(rowsOf(list.id, 2)).rejects.toMatchObject({ code: 'list-missing' })
  await pool.query('update workflow_run set state = 6 where run_no = $1', [run.runNo])
  await dropOldVersions(pool, later)
  expect(await versions()).toEqual([3])
})

test('a list that is deleted while somebody reads it ends with an error, and not as a short list', async () => {
  const list = await make(Array.from({ length: 3_000 }, (_, index) => [`고객${index}`, null, null]))
  const reading = (await openList({ pool: database.pool, listKeys }, { workspaceId, id: list.id, version: null })).rows()
  const all = (async () => {
    for await (const batch of reading) {
      expect(batch).toHaveLength(1_000)
      await lists.remove({ workspaceId, id: list.id }, '민지').catch(() => undefined)
    }
  })()
  await expect(all).rejects.toMatchObject({ code: 'list-missing' })
})

test('another workspace neither sees nor opens nor changes it', async () => {
  const list = await make([['하나', '1', '1']])
  const there = { workspaceId: '00000000-0000-7000-8000-00000000000f', id: list.id }
  const { items } = await lists.list(there.workspaceId, { limit: 50, cursor: undefined })
  expect(items).toEqual([])
  await expect(lists.read(there)).rejects.toMatchObject({ code: 'not-found' })
  await expect(lists.rename(there, 'x', 'y')).rejects.toMatchObject({ code: 'not-found' })
  await expect(lists.remove(there, 'y')).rejects.toMatchObject({ code: 'not-found' })
  await expect(lists.replaceRows(there, { columns, rows: [], actor: 'y', before: null })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(openList({ pool: database.pool, listKeys }, { ...there, version: null })).rejects.toMatchObject({
    code: 'list-missing',
  })
  expect(await rowsOf(list.id)).toHaveLength(1)
})
