import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { NodeTypes } from '#schemas/api/node-types.ts'
import { publishedSchemas } from './routes/schemas.ts'
import { testApp, type TestApp } from './test/app.ts'

let open: TestApp
let locked: TestApp

beforeAll(async () => {
  ;[open, locked] = await Promise.all([testApp(), testApp({ token: 'a-long-secret' })])
})
afterAll(() => Promise.all([open.close(), locked.close()]))

test('health names its parts', async () => {
  expect((await open.call('GET', '/api/health')).body).toMatchObject({
    status: 'ok',
    parts: { database: 'ok', worker: 'ok', scheduler: 'ok' },
  })
  expect((await open.call('GET', '/api/health/database')).body).toMatchObject({
    state: 'ok',
    version: expect.stringMatching(/^1[5-9]/),
  })
  expect((await open.call('GET', '/api/health/connections')).body).toMatchObject({
    state: 'ok',
    items: [{ id: 'sample-shop' }, {}],
  })
  expect((await open.call('GET', '/api/health/nothing')).status).toBe(404)
})

test('pages of other sites and other names are refused', async () => {
  const foreign = await open.call<ErrorBody>('POST', '/api/workflows', { body: {}, headers: { origin: 'https://evil.example' } })
  expect(foreign).toMatchObject({ status: 403, body: { error: { code: 'foreign-origin' } } })
  const rebound = await open.call<ErrorBody>('GET', '/api/workflows', { headers: { host: 'evil.example:3000' } })
  expect(rebound).toMatchObject({ status: 403, body: { error: { code: 'foreign-host' } } })
  expect((await open.call('GET', '/api/workflows', { headers: { origin: 'http://127.0.0.1:3000' } })).status).toBe(200)
  expect((await open.call('GET', '/api/workflows', { headers: { host: 'localhost:3000' } })).status).toBe(200)
})

test('with a token nothing is answered without it', async () => {
  expect(await locked.call('GET', '/api/workflows')).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } })
  expect((await locked.call('GET', '/api/workflows', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
  expect((await locked.call('GET', '/api/workflows', { headers: { authorization: 'Bearer a-long-secret' } })).status).toBe(200)
  expect((await locked.call('GET', '/api/health')).status).toBe(200)
  const entry = await locked.call('GET', '/?token=a-long-secret')
  expect(entry).toMatchObject({ status: 302, headers: { location: '/' } })
  const cookie = String(entry.headers['set-cookie']).split(';')[0] ?? ''
  expect(String(entry.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/)
  expect((await locked.call('GET', '/api/workflows', { headers: { cookie } })).status).toBe(200)
})

test('an address that is none, and one for another body', async () => {
  expect(await open.call('GET', '/api/nothing')).toMatchObject({ status: 404, body: { error: { code: 'unknown-address' } } })
  const form = await open.call('POST', '/api/workflows', {
    text: 'a=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(form).toMatchObject({ status: 415, body: { error: { code: 'unsupported-media-type' } } })
  const large = await open.call('POST', '/api/workflows', { text: `{"a":"${'x'.repeat(9_000_000)}"}` })
  expect(large).toMatchObject({ status: 413, body: { error: { code: 'body-too-large' } } })
})

test('node types come with forms in both languages', async () => {
  const { body } = await open.call<NodeTypes>('GET', '/api/node-types')
  expect(body.items.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['manual-trigger', 'sql-source', 'mapping', 'send-alimtalk']),
  )
  expect(body.connectionKinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['postgres', 'mysql', 'sandbox', 'solapi']))
  for (const { title } of body.items) expect(title.ko).toMatch(/[가-힣A-Z]/)
})

test('the JSON Schemas are published under their ids', async () => {
  for (const [file, schema] of Object.entries(publishedSchemas)) {
    const answer = await open.call<{ $id: string }>('GET', `/schemas/${file}`)
    expect(answer.status, file).toBe(200)
    expect(answer.body.$id).toBe(`/schemas/${file}`)
    expect(Reflect.get(schema, '$id')).toBe(`/schemas/${file}`)
  }
  expect((await open.call('GET', '/schemas/__proto__')).status).toBe(404)
})

test('settings are read and changed; a zone that is none is refused', async () => {
  expect((await open.call('PUT', '/api/settings', { body: { timezone: 'Europe/Berlin' } })).body).toMatchObject({
    timezone: 'Europe/Berlin',
  })
  expect(await open.call('PUT', '/api/settings', { body: { timezone: 'Mars/Base' } })).toMatchObject({
    status: 422,
    body: { error: { fields: [{ path: 'timezone' }] } },
  })
  expect((await open.call('PUT', '/api/settings', { body: { timezone: 'Asia/Seoul' } })).status).toBe(200)
})

test('answers carry a policy that no script of another place can pass', async () => {
  const { headers } = await open.call('GET', '/api/health')
  expect(String(headers['content-security-policy'])).toContain("script-src 'self'")
  expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'")
})

test('who asks while the server stops gets an answer still', async () => {
  const ending = await testApp()
  let asked: () => void = () => undefined
  const arrived = new Promise<void>((resolve) => (asked = resolve))
  ending.app.get('/api/test-slow', async () => {
    asked()
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { done: true }
  })
  const address = await ending.app.listen({ host: '127.0.0.1', port: 0 })
  const answer = fetch(`${address}/api/test-slow`)
  await arrived
  const [response] = await Promise.all([answer, ending.close()])
  expect(await response.json()).toEqual({ done: true })
})
