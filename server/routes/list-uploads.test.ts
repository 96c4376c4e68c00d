import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ListUpload } from '#schemas/api/list-uploads.ts'
import type { ListDetail, ListPage } from '#schemas/api/lists.ts'
import type { StoredList } from '#schemas/list.ts'
import { dropOldUploads } from '#server/lists/drop-versions.ts'
import { openList } from '#server/lists/read-list.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { DEFAULT_WORKSPACE } from '#server/workspace/workspace.ts'

interface Refusal {
  error: { code: string; message: string }
}

let server: TestApp
beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

const columns = [
  { name: '고객명', label: '고객명', kind: 'text' },
  { name: 'phone', label: '휴대폰', kind: 'phone' },
]
const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => [`고객 ${from + at}`, `010${String(20_000_000 + from + at)}`])

const begin = async (body: object = {}) =>
  (await server.call<ListUpload>('POST', '/api/list-uploads', { body: { name: '큰 명단', columns, ...body } })).body
const send = <T = ListUpload>({ id }: ListUpload, from: number, rows: readonly unknown[]) =>
  server.call<T>('PUT', `/api/list-uploads/${id}/rows`, { body: { from, rows } })
const finish = <T = StoredList>({ id }: ListUpload, rows: number) =>
  server.call<T>('POST', `/api/list-uploads/${id}/finish`, { body: { rows } })
const lists = async () => (await server.call<ListPage>('GET', '/api/lists')).body.items

/** Everybody in the list, as a run reads it. */
async function read(id: string): Promise<unknown[]> {
  const { pool } = server.database
  const list = await openList(
    { pool, listKeys: server.parts.boxes.listKeys },
    { workspaceId: DEFAULT_WORKSPACE, id, version: null },
  )
  const found: unknown[] = []
  for await (const rows of list.rows()) found.push(...rows)
  return found
}

test('a list comes in portions, is seen by nobody before it is finished, and is whole then', async () => {
  const upload = await begin()
  expect((await send(upload, 0, people(0, 2000))).body.rows).toBe(2000)
  expect(await lists()).toEqual([])
  expect((await server.call('GET', `/api/lists/${upload.listId}`)).status).toBe(404)
  expect((await server.call<{ items: unknown[] }>('GET', '/api/find')).body).not.toMatchObject({ lists: [{ id: upload.listId }] })
  expect((await send(upload, 2000, people(2000, 7))).body.rows).toBe(2007)
  const made = await finish(upload, 2007)
  expect(made).toMatchObject({ status: 201, body: { id: upload.listId, name: '큰 명단', rowCount: 2007, version: 1 } })
  expect(await read(upload.listId)).toEqual(people(0, 2007))
  expect((await send<Refusal>(upload, 2007, people(0, 1))).body.error.code).toBe('not-found')
})

test('a portion whose answer was lost is not taken twice; the upload says where to go on', async () => {
  const upload = await begin()
  await send(upload, 0, people(0, 1000))
  expect((await send(upload, 0, people(0, 1000))).body.rows).toBe(1000)
  expect((await server.call<ListUpload>('GET', `/api/list-uploads/${upload.id}`)).body).toEqual({ ...upload, rows: 1000 })
  expect(await send<Refusal>(upload, 3000, people(3000, 1))).toMatchObject({
    status: 409,
    body: { error: { code: 'upload-gap' } },
  })
  expect(await finish<Refusal>(upload, 2000)).toMatchObject({ status: 409 })
  const both = await Promise.all([send(upload, 1000, people(1000, 1000)), send(upload, 1000, people(1000, 1000))])
  expect(both.map(({ body }) => body.rows)).toEqual([2000, 2000])
  await send(upload, 2000, people(2000, 1))
  // Behind a portion that was the last one nothing follows.
  expect((await send<Refusal>(upload, 2001, people(2001, 1))).status).toBe(409)
  await finish(upload, 2001)
  expect(await read(upload.listId)).toEqual(people(0, 2001))
})

test('cells are judged as in a pasted list, and nothing of a portion with a wrong one is stored', async () => {
  const upload = await begin({ columns: [{ name: 'n', label: '수', kind: 'integer' }] })
  expect(await send<Refusal>(upload, 0, [['1'], ['두 개']])).toMatchObject({
    status: 422,
    body: { error: { code: 'invalid-fields' } },
  })
  expect((await finish<Refusal>(upload, 0)).body.error.code).toBe('list-empty')
})

test('the rows of a stored list stay until the upload that replaces them is finished, whatever is pasted meanwhile', async () => {
  const first = await begin()
  await send(first, 0, people(0, 1))
  const { body: list } = await finish(first, 1)
  const upload = await begin({ list: list.id })
  await send(upload, 0, people(10, 2))
  expect(await read(list.id)).toEqual(people(0, 1))
  const pasted = await server.call<StoredList>('PUT', `/api/lists/${list.id}/rows`, { body: { rows: people(5, 1) } })
  expect(pasted.body.version).toBe(3)
  expect(await read(list.id)).toEqual(people(5, 1))
  // It was begun before what was pasted since: what is newer stays.
  expect((await finish<Refusal>(upload, 2)).status).toBe(404)
  const again = await begin({ list: list.id })
  await send(again, 0, people(20, 2))
  expect((await finish(again, 2)).body).toMatchObject({ version: 4, rowCount: 2 })
  expect((await server.call<ListDetail>('GET', `/api/lists/${list.id}`)).body.firstRows).toHaveLength(2)
})

test('an upload that is called off, or left alone for a day, leaves nothing', async () => {
  const { pool } = server.database
  const left = async (id: string) =>
    (
      await pool.query(
        'select 1 from stored_list l left join list_version v on v.list_id = l.id left join list_part p on p.list_id = l.id where l.id = $1',
        [id],
      )
    ).rowCount
  const off = await begin()
  await send(off, 0, people(0, 1))
  expect((await server.call('DELETE', `/api/list-uploads/${off.id}`)).status).toBe(204)
  expect(await left(off.listId)).toBe(0)
  const alone = await begin()
  await send(alone, 0, people(0, 1))
  await dropOldUploads(pool, new Date(Date.now() + 23 * 3_600_000))
  expect(await left(alone.listId)).toBeGreaterThan(0)
  await dropOldUploads(pool, new Date(Date.now() + 25 * 3_600_000))
  expect(await left(alone.listId)).toBe(0)
  // Finished lists are not touched, however old.
  expect((await lists()).length).toBeGreaterThan(0)
})
