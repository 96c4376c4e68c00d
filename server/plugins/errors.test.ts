import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ requestsPerMinute: 300 })
  server.app.get('/api/test-fault', () => {
    throw new Error('the password is hunter2')
  })
})
afterAll(() => server.close())

const en = { 'accept-language': 'en' }
const workflow = { schemaVersion: 1, name: '빈 워크플로', nodes: [], edges: [] }
const post = async (text: string, headers: Record<string, string> = en) => {
  const { status, body } = await server.call<ErrorBody>('POST', '/api/workflows', { text, headers })
  return { status, ...body.error }
}

test.each([
  ['a name without quotes', '{\n  "a": 1,\n  b}', { line: 3, column: 3 }],
  ['a text that ends too early', '{"a":', { line: 1, column: 6 }],
  ['a value that is missing', '{"name": "긴 글이 앞에 있어요", "x": }', { line: 1, column: 30 }],
  ['one bracket too many', '{}\n}', { line: 2, column: 1 }],
])('%s is found at its place', async (_name, text, position) => {
  const error = await post(text)
  expect(error).toMatchObject({ status: 400, code: 'invalid-json', fields: [{ position }] })
  expect(error.message).toContain(`(${position.line}:${position.column})`)
})

test('a body that nests without end is refused', async () => {
  expect(await post('['.repeat(100_000) + ']'.repeat(100_000))).toMatchObject({ status: 400, code: 'invalid-json' })
})

test('a byte order mark does no harm', async () => {
  const { status } = await server.call('POST', '/api/workflows', { text: `\uFEFF${JSON.stringify(workflow)}` })
  expect(status).toBe(201)
})

test.each([
  ['NUL', 'a\u0000b'],
  ['half of an emoji', 'a\ud83d'],
])('%s cannot be stored, and is named', async (_name, text) => {
  const document = {
    ...workflow,
    nodes: [{ id: 'a', type: 'x', typeVersion: 1, position: { x: 0, y: 0 }, config: { sql: [text] } }],
  }
  expect(await post(JSON.stringify(document))).toMatchObject({
    status: 422,
    fields: [{ path: 'nodes/0/config/sql/0', code: 'broken-text' }],
  })
})

test('a number that JavaScript cannot hold is named, and not stored as null', async () => {
  const body =
    '{"schemaVersion":1,"name":"x","nodes":[{"id":"a","type":"limit","typeVersion":1,"position":{"x":0,"y":-1e400},"config":{"count":1e400}}],"edges":[]}'
  expect(await post(body)).toMatchObject({
    status: 422,
    fields: [
      { path: 'nodes/0/position/y', code: 'huge-number' },
      { path: 'nodes/0/config/count', code: 'huge-number' },
    ],
  })
})

test('a body in another encoding than UTF-8 is refused, and no broken character is stored', async () => {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/workflows',
    headers: { 'content-type': 'application/json' },
    payload: Buffer.from(JSON.stringify({ ...workflow, name: 'caf\u00e9' }), 'latin1'),
  })
  expect(answer.statusCode).toBe(400)
  expect(answer.json<ErrorBody>().error.code).toBe('invalid-json')
})

test('plain text is not taken for JSON', async () => {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/workflows',
    headers: { 'content-type': 'text/plain' },
    payload: JSON.stringify(workflow),
  })
  expect(answer.statusCode).toBe(415)
})

test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused at any depth', async (key) => {
  const error = await post(`{"schemaVersion":1,"name":"x","nodes":[{"config":{"a":[{"${key}":{}}]}}],"edges":[]}`)
  expect(error).toMatchObject({ status: 400, code: 'forbidden-key' })
  expect(error.message).toContain(key)
  expect({}).not.toHaveProperty('polluted')
})

test('types of a body are meant: a number in quotes is none', async () => {
  const made = await server.call<{ id: string }>('POST', '/api/workflows', { body: workflow })
  const saved = await server.call<ErrorBody>('PUT', `/api/workflows/${made.body.id}`, {
    body: { revision: '1', document: { ...workflow, name: 5 } },
  })
  expect(saved.status).toBe(422)
  expect(saved.body.error.fields).toEqual([
    { path: 'revision', code: 'type', message: '여기에는 정수를 넣어 주세요.' },
    { path: 'document/name', code: 'type', message: '여기에는 따옴표로 묶은 글을 넣어 주세요.' },
  ])
})

test('an unknown parameter, and one out of its range, are named', async () => {
  const unknown = await server.call<ErrorBody>('GET', '/api/connections?colour=red', { headers: en })
  expect(unknown).toMatchObject({ status: 400, body: { error: { code: 'invalid-request', fields: [{ path: 'colour' }] } } })
  const far = await server.call<ErrorBody>('GET', '/api/workflows?limit=501', { headers: en })
  expect(far).toMatchObject({ status: 400, body: { error: { fields: [{ path: 'limit', message: 'At most 500.' }] } } })
  expect((await server.call('GET', '/api/workflows?limit=2')).status).toBe(200)
})

test('an address that cannot be read gets the one form too', async () => {
  const { status, body } = await server.call<ErrorBody>('GET', '/api/%E0%A4%A')
  expect(status).toBe(400)
  expect(body.error).toMatchObject({ code: 'invalid-request', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
})

test('what nobody foresaw tells nothing but where to look', async () => {
  const { status, body } = await server.call<ErrorBody>('GET', '/api/test-fault', { headers: en })
  expect({ status, code: body.error.code }).toEqual({ status: 500, code: 'internal' })
  expect(JSON.stringify(body)).not.toContain('hunter2')
  expect(body.error.message).toContain(body.error.requestId)
  expect(server.log.messages.join('\n')).toContain(body.error.requestId)
})

test('languages: the caller’s first, else the workspace’s', async () => {
  const ask = async (wish?: string) =>
    (
      await server.call<ErrorBody>(
        'GET',
        '/api/workflows/none',
        wish === undefined ? {} : { headers: { 'accept-language': wish } },
      )
    ).body.error.message
  const [ko, english] = ['찾는 워크플로 항목이 없어요.', 'There is no workflow with this id.']
  expect([await ask(), await ask('en-GB, ko;q=0.5'), await ask('fr, ko;q=0.2, en;q=0.1'), await ask('fr')]).toEqual([
    ko,
    english,
    ko,
    ko,
  ])
  await server.call('PUT', '/api/settings', { body: { language: 'en' } })
  expect([await ask(), await ask('fr'), await ask('ko')]).toEqual([english, english, ko])
  await server.call('PUT', '/api/settings', { body: { language: 'ko' } })
})

test('one that asks without end is told when to come back', async () => {
  let last = await server.call<ErrorBody>('GET', '/schemas/error.json')
  for (let i = 0; i < 300 && last.status === 200; i++) last = await server.call<ErrorBody>('GET', '/schemas/error.json')
  expect(last).toMatchObject({ status: 429, body: { error: { code: 'too-many-requests' } } })
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
})

test('a database that is gone is named, not blamed on the request', async () => {
  const other = await testApp()
  expect((await other.call('GET', '/api/workflows')).status).toBe(200)
  await other.loseDatabase()
  const { status, body, headers } = await other.call<ErrorBody>('GET', '/api/workflows', { headers: en })
  expect({ status, code: body.error.code }).toEqual({ status: 503, code: 'part-down' })
  expect(body.error.message).toBe('The database does not answer.')
  expect(headers['retry-after']).toBe('5')
  expect((await other.call('GET', '/api/health')).body).toMatchObject({ status: 'degraded', parts: { database: 'down' } })
  await other.close()
})
