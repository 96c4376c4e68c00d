import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '#server/test/app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

interface Taken {
  accepted: number
  items: { id: string; run: string }[]
}
interface Failed {
  error: { code: string; fields: { path: string; code: string }[] }
}
const post = <T = Taken>(body: unknown, headers: Record<string, string> = {}) =>
  t.call<T>('POST', '/api/messages', { body, headers })
const code = (to: string, value = '482913') => ({
  connection: 'sandbox',
  channel: 'sms',
  to,
  text: { body: '인증번호 #{번호}' },
  variables: { 번호: value },
})
const totalOf = async (run: string | undefined) =>
  (await t.database.pool.query<{ total: number }>('select total from workflow_run where id = $1', [run])).rows[0]?.total

test('a message is stored, and can be looked at at once', async () => {
  const { status, body } = await post(code('010-1234-5678'))
  expect(status).toBe(202)
  const { body: message } = await t.call('GET', `/api/messages/${body.items[0]?.id}`)
  expect(message).toMatchObject({
    state: 'pending',
    channel: 'sms',
    parts: { body: '인증번호 482913' },
    address: '010-****-5678',
  })
  const { body: run } = await t.call('GET', `/api/runs/${body.items[0]?.run}`)
  expect(run).toMatchObject({ trigger: 'api', state: 'sending', recipients: 1, outcomes: { pending: 1 } })
})

test('a list goes into one run, numbered in its order', async () => {
  const { body } = await post(Array.from({ length: 1000 }, (_, index) => code('01012345678', String(index))))
  expect(new Set(body.items.map(({ id }) => id)).size).toBe(1000)
  expect(new Set(body.items.map(({ run }) => run)).size).toBe(1)
  const { body: last } = await t.call('GET', `/api/messages/${body.items[999]?.id}`)
  expect(last).toMatchObject({ parts: { body: '인증번호 999' } })
})

test('each connection, channel, form and app has an open run of its own', async () => {
  const kakao = { templateCode: 'T1', channelId: 'C1' }
  const { body } = await post([
    code('01012345678'),
    { ...code('01012345678'), channel: 'alimtalk', text: { body: '#{번호}', kakao } },
    { ...code('01012345678'), app: '01900000-0000-7000-8000-000000000001' },
  ])
  expect(new Set(body.items.map(({ run }) => run)).size).toBe(3)
})

test('what is wrong is told at its place, and nothing is taken', async () => {
  const before = await post(code('01012345678'))
  const total = (await totalOf(before.body.items[0]?.run)) ?? 0
  const { status, body } = await post<Failed>([
    code('01012345678'),
    code('12'),
    { ...code('01012345678'), variables: {} },
    { ...code('01012345678'), template: '01900000-0000-7000-8000-000000000001' },
  ])
  expect(status).toBe(422)
  expect(body.error.fields.map(({ path, code: why }) => [path, why])).toEqual([
    ['1/to', 'format'],
    ['2/variables/번호', 'required'],
    ['3/text', 'required'],
  ])
  const after = await post(code('01012345678'))
  expect(after.body.items[0]?.run).toBe(before.body.items[0]?.run)
  expect(await totalOf(after.body.items[0]?.run)).toBe(total + 1)
})

test('connections that cannot send are named', async () => {
  expect(await post<Failed>({ ...code('01012345678'), connection: 'nope' })).toMatchObject({
    status: 422,
    body: { error: { code: 'connection-missing' } },
  })
  expect(await post<Failed>({ ...code('01012345678'), channel: undefined })).toMatchObject({
    status: 422,
    body: { error: { code: 'channel-needed' } },
  })
})

test('a template version is filled, and named by the message', async () => {
  const document = {
    schemaVersion: 1,
    name: '글',
    nodes: [
      { id: 'start', type: 'event-trigger', typeVersion: 1, position: { x: 0, y: 0 }, config: { event: 'x', columns: [{ name: '이름', type: 'text', required: true }, { name: 'phone', type: 'text', required: true }] } },
      { id: 'fill', type: 'mapping', typeVersion: 1, position: { x: 0, y: 0 }, config: { variables: { 이름: { column: '이름' } } } },
      { id: 'text', type: 'template', typeVersion: 1, position: { x: 0, y: 0 }, config: { text: '#{이름}님' } },
      { id: 'send', type: 'send-sms', typeVersion: 1, position: { x: 0, y: 0 }, config: { connection: 'sandbox', address: 'phone', expiresAfter: 60 } },
    ],
    edges: [
      { id: 'a', source: 'start', sourcePort: 'start', target: 'fill', targetPort: 'rows' },
      { id: 'b', source: 'fill', sourcePort: 'rows', target: 'text', targetPort: 'rows' },
      { id: 'c', source: 'text', sourcePort: 'messages', target: 'send', targetPort: 'messages' },
    ],
    settings: {},
  } // prettier-ignore
  const made = await t.call<{ id: string }>('POST', '/api/workflows', { body: document })
  await t.call('POST', `/api/workflows/${made.body.id}/publish`)
  const { rows } = await t.database.pool.query<{ id: string }>('select id from template_version')
  const { body } = await post({
    connection: 'sandbox',
    channel: 'sms',
    to: '01012345678',
    template: rows[0]?.id,
    variables: { 이름: '김서연' },
  })
  const { body: message } = await t.call('GET', `/api/messages/${body.items[0]?.id}`)
  expect(message).toMatchObject({ parts: { body: '김서연님' } })
})

test('the same key is the same message; with another body it is refused', async () => {
  const first = await post(code('01012345678'), { 'idempotency-key': 'k1' })
  const total = await totalOf(first.body.items[0]?.run)
  const again = await Promise.all([1, 2, 3].map(() => post(code('01012345678'), { 'idempotency-key': 'k1' })))
  for (const { body } of again) expect(body).toEqual(first.body)
  expect(await totalOf(first.body.items[0]?.run)).toBe(total)
  expect(await post<Failed>(code('01099990000'), { 'idempotency-key': 'k1' })).toMatchObject({
    status: 422,
    body: { error: { code: 'idempotency-key-reused' } },
  })
  expect(
    await post<Failed>(
      { ...code('01012345678'), channel: 'alimtalk', text: { body: 'x', kakao: { templateCode: 'a', channelId: 'b' } } },
      { 'idempotency-key': 'k1' },
    ),
  ).toMatchObject({ status: 422 })
})

test('what is refused for one key sends nothing at all', async () => {
  const kakao = { templateCode: 'T1', channelId: 'C1' }
  const talk = (to: string) => ({ ...code(to), channel: 'alimtalk', text: { body: '#{번호}', kakao } })
  const rows = async () =>
    (await t.database.pool.query<{ n: number }>('select sum(total)::int as n from workflow_run')).rows[0]?.n
  await post(code('01012345601'), { 'Idempotency-Key': 'refused-whole' })
  await post([{ ...code('01012345602'), key: 'refused-own' }])
  const before = await rows()
  const refused = [
    // The second way has never seen the key of the call.
    await post<Failed>([code('01012345603'), talk('01012345604')], { 'Idempotency-Key': 'refused-whole' }),
    // The key of one message, beside another way.
    await post<Failed>([{ ...code('01012345605'), key: 'refused-own' }, talk('01012345606')]),
    // Twice in one list, in one way and in two.
    await post<Failed>([
      { ...code('01012345607'), key: 'refused-twice' },
      { ...code('01012345608'), key: 'refused-twice' },
    ]),
    await post<Failed>([
      { ...code('01012345609'), key: 'refused-ways' },
      { ...talk('01012345610'), key: 'refused-ways' },
    ]),
  ]
  for (const { status, body } of refused)
    expect({ status, code: body.error.code }).toEqual({ status: 422, code: 'idempotency-key-reused' })
  expect(await rows()).toBe(before)
})

test('the workflow of single sends is in no list', async () => {
  await post(code('01012345678'))
  const { body } = await t.call<{ items: { name: string }[] }>('GET', '/api/workflows')
  expect(body.items.filter(({ name }) => name === 'API')).toEqual([])
})
