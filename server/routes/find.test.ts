import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Found } from '#schemas/api/find.ts'
import type { TestApp } from '#server/test/app.ts'
import { finishedReport } from './test/finished-report.ts'

let server: TestApp
let workflowId = ''
let runId = ''

let close: () => Promise<void> = async () => undefined
beforeAll(async () => {
  ;({ server, workflowId, runId, close } = await finishedReport({ people: 40 }))
}, 90_000)
afterAll(() => close())

const find = async (text: string) => (await server.call<Found>('POST', '/api/find', { body: { text } })).body
const nothing = { workflows: false, lists: false, connections: false, runs: false, messages: false }

test('by name, also by its first consonants: workflows and connections', async () => {
  expect(await find('ㅈㄱ')).toEqual({
    workflows: [{ id: workflowId, name: '주간 리뷰', match: [0, 2] }],
    lists: [],
    connections: [],
    runs: [],
    messages: [],
    more: nothing,
  })
  const columns = [{ name: 'phone', label: '휴대폰', kind: 'phone' }]
  const made = await server.call<{ id: string }>('POST', '/api/lists', { body: { name: '봄 손님', columns, rows: [['1']] } })
  expect((await find('ㅂㅅㄴ')).lists).toEqual([{ id: made.body.id, name: '봄 손님', match: [0, 4] }])
  expect((await find('샘플')).connections).toEqual([{ id: 'sample-shop', name: '샘플 가게', match: [0, 2] }])
})

test('by number: a run, of one workflow or of any', async () => {
  const run = { id: runId, number: 1, workflowName: '주간 리뷰', state: 'completed', startedAt: expect.any(String) }
  expect((await find('#1')).runs).toEqual([run])
  expect((await find('주간 1')).runs).toEqual([run])
  expect((await find('다른 1')).runs).toEqual([])
  expect((await find('#2')).runs).toEqual([])
})

test('by an exact address, however it is written: the messages that went there, masked', async () => {
  const message = {
    runId,
    runNumber: 1,
    workflowName: '주간 리뷰',
    channel: 'alimtalk',
    state: 'delivered',
    person: { name: expect.stringContaining('*'), address: '010-****-0007' },
  }
  for (const text of ['010-2000-0007', '01020000007', '+82 10 2000 0007'])
    expect((await find(text)).messages).toEqual([expect.objectContaining(message)])
  expect((await find('010-2000-9999')).messages).toEqual([])
  // A part of a number finds nobody.
  expect((await find('2000-0007')).messages).toEqual([])
})

test('nothing to look for is refused in plain words', async () => {
  for (const text of ['', 'x'.repeat(400)]) expect((await server.call('POST', '/api/find', { body: { text } })).status).toBe(422)
  expect((await find('   ')).workflows).toEqual([])
})

test('another workspace’s names and messages are not found', async () => {
  const { rows } = await server.database.pool.query<{ id: string }>('select id from workflow where id = $1', [workflowId])
  expect(rows).toHaveLength(1)
  await server.database.pool.query(
    `insert into workspace (id, name, hash_key_enc) values ('00000000-0000-7000-8000-0000000000ff', 'other', '\\x00')`,
  )
  await server.database.pool.query(`update workflow set workspace_id = '00000000-0000-7000-8000-0000000000ff' where id = $1`, [
    workflowId,
  ])
  expect(await find('#1')).toMatchObject({ workflows: [], runs: [] })
  expect((await find('ㅈㄱ')).workflows).toEqual([])
})
