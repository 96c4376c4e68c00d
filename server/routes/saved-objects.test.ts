import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SavedObjectPage } from '#schemas/api/saved-objects.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { SavedObject } from '#schemas/saved-object.ts'
import { SavedObjectStore } from '#server/saved-objects/store.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { DEFAULT_WORKSPACE } from '#server/workspace/workspace.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

const query = {
  kind: 'target-query',
  name: ' 이번 달 가입 ',
  category: '가입',
  tags: ['월간', '월간', ' 신규 '],
  body: {
    type: 'sql-source',
    config: { connection: 'sample-shop', sql: 'select 1 as id' },
    columns: [{ name: 'id', type: 'integer' }],
  },
}
const keep = async (changes: Record<string, unknown> = {}): Promise<SavedObject> =>
  (await server.call<SavedObject>('POST', '/api/saved-objects', { body: { ...query, ...changes } })).body
const list = async (search: string): Promise<string[]> =>
  (await server.call<SavedObjectPage>('GET', `/api/saved-objects?${search}`)).body.items.map(({ name }) => name)
const code = async (method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown): Promise<string> =>
  (await server.call<ErrorBody>(method, url, { body })).body.error.code

test('kept, read, changed over the revision that was known, deleted and brought back', async () => {
  const made = await keep()
  expect(made).toMatchObject({
    name: '이번 달 가입',
    tags: ['월간', '신규'],
    description: '',
    favorite: false,
    usageCount: 0,
    revision: 1,
  })
  const url = `/api/saved-objects/${made.id}`
  const changed = await server.call<SavedObject>('PUT', url, { body: { revision: 1, description: '매달 1일', tags: [] } })
  expect(changed.body).toMatchObject({
    name: '이번 달 가입',
    category: '가입',
    description: '매달 1일',
    tags: [],
    revision: 2,
    body: query.body,
  })
  expect(await code('PUT', url, { revision: 1, name: '늦게' })).toBe('stale-revision')
  expect((await server.call('DELETE', url)).status).toBe(204)
  expect(await code('GET', url)).toBe('not-found')
  expect((await server.call<SavedObject>('POST', `${url}/restore`)).body).toMatchObject({ id: made.id, revision: 2 })
})

test('what is kept fits its kind, or says which field does not', async () => {
  const wrong = await server.call<ErrorBody>('POST', '/api/saved-objects', {
    body: { ...query, body: { type: 'sql-source', config: {}, columns: [{ name: 'id', type: 'number' }] } },
  })
  expect(wrong).toMatchObject({ status: 422, body: { error: { code: 'invalid-fields' } } })
  expect(wrong.body.error.fields?.[0]?.path).toMatch(/^body\/columns\/0/)
  expect(await code('POST', '/api/saved-objects', { ...query, kind: 'variable-mapping' })).toBe('invalid-fields')
  expect(await code('POST', '/api/saved-objects', { ...query, name: '' })).toBe('invalid-fields')
  const mapping = await keep({ kind: 'mapping-template', body: { variables: { 이름: { column: 'name' } } } })
  expect(await code('PUT', `/api/saved-objects/${mapping.id}`, { revision: 1, body: { variables: [] } })).toBe('invalid-fields')
  expect(await code('GET', '/api/saved-objects/nobody')).toBe('not-found')
})

test('favourites first, then the most used; searched by name, tag and category, whatever stands in the text', async () => {
  const kind = 'kind=variable-query'
  const make = (name: string, more = {}) => keep({ kind: 'variable-query', name, category: '', tags: [], ...more })
  await make('A 100%')
  const used = await make('B', { tags: ['별점'] })
  const loved = await make('C', { category: '정산' })
  const twice = await server.call<SavedObject>('POST', `/api/saved-objects/${used.id}/use`)
  expect(twice.body).toMatchObject({ usageCount: 1, lastUsedAt: expect.stringMatching(/Z$/) as string })
  await server.call('PUT', `/api/saved-objects/${loved.id}/favorite`, { body: { favorite: true } })
  await server.call('PUT', `/api/saved-objects/${loved.id}/favorite`, { body: { favorite: true } })
  expect(await list(kind)).toEqual(['C', 'B', 'A 100%'])
  expect(await list(`${kind}&sort=name`)).toEqual(['A 100%', 'B', 'C'])
  expect(await list(`${kind}&sort=recent`)).toEqual(['B', 'C', 'A 100%'])
  expect(await list(`${kind}&favorite=true`)).toEqual(['C'])
  expect(await list(`${kind}&search=${encodeURIComponent('별점')}`)).toEqual(['B'])
  expect(await list(`${kind}&search=${encodeURIComponent('100%')}`)).toEqual(['A 100%'])
  expect(await list(`${kind}&search=${encodeURIComponent('_')}`)).toEqual([])
  expect(await list(`${kind}&category=${encodeURIComponent('정산')}`)).toEqual(['C'])
  expect(await list(`${kind}&tag=${encodeURIComponent('별점')}`)).toEqual(['B'])
  const first = (await server.call<SavedObjectPage>('GET', `/api/saved-objects?${kind}&limit=2`)).body
  expect(await list(`${kind}&limit=2&cursor=${first.nextCursor}`)).toEqual(['A 100%'])
  await server.call('PUT', `/api/saved-objects/${loved.id}/favorite`, { body: { favorite: false } })
  expect(await list(`${kind}&favorite=true`)).toEqual([])
})

test('what is private is nobody else’s, and favourites are one’s own', async () => {
  const mine = await keep({ name: '내 것', visibility: 'private' })
  const store = new SavedObjectStore(server.database.db)
  const other = { workspaceId: DEFAULT_WORKSPACE, actor: 'somebody' }
  await expect(store.read(other, mine.id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.restore(other, mine.id)).rejects.toMatchObject({ code: 'not-found' })
  const shared = await keep({ name: '함께' })
  expect(await store.favor(other, shared.id, true)).toMatchObject({ favorite: true })
  expect((await server.call<SavedObject>('GET', `/api/saved-objects/${shared.id}`)).body.favorite).toBe(false)
})
