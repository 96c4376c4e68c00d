import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ListDetail, ListPage } from '#schemas/api/lists.ts'
import type { StoredList } from '#schemas/list.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { listWorkflow } from './test/list-workflow.ts'

interface Refusal {
  error: { code: string; message: string; fields: { path: string; code: string; message: string }[] }
}

let server: TestApp
beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

const columns = [
  { name: '고객명', label: '고객명', kind: 'text' },
  { name: 'phone', label: '휴대폰', kind: 'phone' },
  { name: '구매금액', label: '구매 금액', kind: 'integer' },
  { name: '만기일', label: '만기일', kind: 'date' },
] as const

const rows = [
  ['김민수', '010-1234-3312', '12000', '2026-12-31'],
  ['이서연', '010-9876-5432', '', '2027-01-15'],
]

const make = (body: object = {}, headers: Record<string, string> = {}) =>
  server.call<StoredList>('POST', '/api/lists', { body: { name: '12월 고객', columns, rows, ...body }, headers })
const refused = (body: object, headers: Record<string, string> = { 'accept-language': 'ko' }) =>
  server.call<Refusal>('POST', '/api/lists', { body: { name: '12월 고객', columns, rows, ...body }, headers })

test('a pasted list is stored, listed, and shown with personal values masked', async () => {
  const made = await make()
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ name: '12월 고객', rowCount: 2, version: 1 })
  expect(made.body.columns.map(({ personal }) => personal)).toEqual([true, true, false, false])
  const page = await server.call<ListPage>('GET', '/api/lists')
  expect(page.body.items).toEqual([{ ...made.body, usedBy: [] }])
  const read = await server.call<ListDetail>('GET', `/api/lists/${made.body.id}`)
  expect(read.body.firstRows).toEqual([
    ['김**', '010-****-3312', '12000', '2026-12-31'],
    ['이**', '010-****-5432', null, '2027-01-15'],
  ])
})

test('nothing of a person can be read in the database', async () => {
  const { body } = await make({ name: '암호' })
  const { rows: parts } = await server.database.pool.query<{ rows: Buffer; columns: string }>(
    'select p.rows, v.columns::text from list_part p join list_version v using (list_id, version) where list_id = $1',
    [body.id],
  )
  expect(parts).toHaveLength(1)
  for (const word of ['김민수', '3312', '12000']) expect(parts[0]?.rows.includes(word)).toBe(false)
})

test('what does not fit is told with its row and its header, and nothing is stored', async () => {
  const before = (await server.call<ListPage>('GET', '/api/lists')).body.items.length
  const wrong = await refused({
    rows: [
      ['김민수', '01012343312', '12,000', '2026-12-31'],
      ['이서연', '01098765432', '7', '2026-02-30'],
      ['박', '1', '2', '2026-01-01', '더'],
    ],
  })
  expect(wrong.status).toBe(422)
  expect(wrong.body.error.fields.map(({ path, message }) => [path, message])).toEqual([
    ['rows/0/2', '1번째 행 ‘구매 금액’: 1200처럼 소수점 없는 수여야 해요.'],
    ['rows/1/3', '2번째 행 ‘만기일’: 2026-03-02 같은 날짜여야 해요.'],
    ['rows/2', '3번째 행: 칸이 5개인데 명단의 열은 4개예요.'],
  ])
  const english = await refused({ rows: [[1, null, null, null]] }, { 'accept-language': 'en' })
  expect(english.body.error.fields[0]?.message).toBe('Row 1, "고객명": it must be a text or null.')
  expect((await server.call<ListPage>('GET', '/api/lists')).body.items).toHaveLength(before)
})

test.each([
  ['no rows', { rows: [] }, 'list-empty'],
  ['two columns of one name', { columns: [columns[0], columns[0]] }, 'invalid-fields'],
  ['a name with a blank', { columns: [{ ...columns[0], name: '고객 명' }] }, 'invalid-fields'],
  ['a name that objects have', { columns: [{ ...columns[0], name: 'constructor' }] }, 'invalid-fields'],
  ['a kind that there is not', { columns: [{ ...columns[0], kind: 'bytes' }] }, 'invalid-fields'],
  ['a row that is none', { rows: ['a'] }, 'invalid-fields'],
])('%s is refused', async (_what, body, code) => {
  const answer = await refused(body)
  expect([answer.status, answer.body.error.code]).toEqual([422, code])
})

test('all wrong cells of a large paste do not make a large answer', async () => {
  const many = Array.from({ length: 5_000 }, () => ['', '', 'x', 'y'])
  expect((await refused({ rows: many })).body.error.fields).toHaveLength(50)
})

test('the same paste with the same key makes one list; another paste with it is refused', async () => {
  const key = { 'idempotency-key': 'paste-1' }
  const [first, second] = [await make({}, key), await make({}, key)]
  expect(second).toMatchObject({ status: 201, body: first.body })
  expect((await refused({ name: 'x' }, key)).body.error.code).toBe('idempotency-key-reused')
})

test('another paste is the next version; columns stay unless they come with it', async () => {
  const { body } = await make({ name: '바뀌는' })
  const put = (change: object) => server.call<StoredList>('PUT', `/api/lists/${body.id}/rows`, { body: change })
  expect((await put({ rows: [['하나', null, null, null]] })).body).toMatchObject({
    version: 2,
    rowCount: 1,
    columns: body.columns,
  })
  const other = [{ name: 'mail', label: '메일', kind: 'email' }]
  expect((await put({ columns: other, rows: [['kim@shop.kr']] })).body).toMatchObject({ version: 3, columns: [{ name: 'mail' }] })
  const read = await server.call<ListDetail>('GET', `/api/lists/${body.id}`)
  expect(read.body.firstRows).toEqual([['k***@shop.kr']])
})

test('a list is renamed and deleted, with its rows and its key', async () => {
  const { body } = await make({ name: '옛 이름' })
  const renamed = await server.call<StoredList>('PATCH', `/api/lists/${body.id}`, { body: { name: ' 새 이름 ' } })
  expect(renamed.body).toMatchObject({ name: '새 이름', version: 1 })
  expect((await server.call('DELETE', `/api/lists/${body.id}`)).status).toBe(204)
  expect((await server.call('GET', `/api/lists/${body.id}`)).status).toBe(404)
  expect((await server.call('DELETE', `/api/lists/${body.id}`)).status).toBe(404)
  const { rows: left } = await server.database.pool.query(
    'select key_enc, (select count(*)::int from list_part where list_id = id) as parts from stored_list where id = $1',
    [body.id],
  )
  expect(left).toEqual([{ key_enc: null, parts: 0 }])
})

test('a list that a draft reads is named with it and not deleted', async () => {
  const { body } = await make({ name: '쓰는 명단' })
  const flow = await server.call<Workflow>('POST', '/api/workflows', { body: listWorkflow(body.id) })
  expect(flow.body.problems).toEqual([])
  const read = await server.call<ListDetail>('GET', `/api/lists/${body.id}`)
  expect(read.body.usedBy).toEqual([{ id: flow.body.id, name: flow.body.document.name }])
  const kept = await server.call<Refusal>('DELETE', `/api/lists/${body.id}`)
  expect([kept.status, kept.body.error.code]).toEqual([409, 'list-in-use'])
  expect(kept.body.error.message).toContain(flow.body.document.name)
  await server.call('DELETE', `/api/workflows/${flow.body.id}`)
  expect((await server.call('DELETE', `/api/lists/${body.id}`)).status).toBe(204)
})

test('a workflow whose list is not here says so at its step, by the name that its file carries', async () => {
  const id = '01900000-0000-7000-8000-000000000001'
  const flow = await server.call<Workflow>('POST', '/api/workflows', { body: listWorkflow(id, '지점 고객') })
  expect(flow.body.problems).toMatchObject([
    {
      nodeId: 'people',
      field: 'list',
      code: 'list-missing',
      message: { ko: expect.stringContaining('‘지점 고객’ 명단이 없어요') },
    },
  ])
})

test('lists come in pages', async () => {
  const first = await server.call<ListPage>('GET', '/api/lists?limit=2')
  const second = await server.call<ListPage>(
    'GET',
    `/api/lists?limit=2&cursor=${encodeURIComponent(first.body.nextCursor ?? '')}`,
  )
  const all = await server.call<ListPage>('GET', '/api/lists')
  expect([...first.body.items, ...second.body.items]).toEqual(all.body.items.slice(0, 4))
})
