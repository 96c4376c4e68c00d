import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFakeSolapi, type FakeSolapi } from './fake.ts'
import { authorization } from './signature.ts'

// The fake must refuse what the vendor refuses, or tests against it prove nothing.
let fake: FakeSolapi
beforeAll(async () => void (fake = await startFakeSolapi({ rateLimits: false })))
afterAll(() => fake.close())

async function ask(method: string, path: string, body?: unknown, header = authorization(fake.apiKey, fake.apiSecret)) {
  const response = await fetch(fake.url + path, {
    method,
    headers: { authorization: header },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const group = async () =>
  String((await ask('POST', '/messages/v4/groups', { strict: true, allowDuplicates: false })).body['groupId'])
const message = { to: '01000000001', from: '0212345678', type: 'SMS', text: '안녕' }

test('signatures: one use, fifteen minutes, the right secret', async () => {
  const header = authorization(fake.apiKey, fake.apiSecret)
  expect((await ask('GET', '/cash/v1/balance', undefined, header)).status).toBe(200)
  expect((await ask('GET', '/cash/v1/balance', undefined, header)).body['errorCode']).toBe('DuplicatedSignature')
  const old = authorization(fake.apiKey, fake.apiSecret, {
    date: new Date(Date.now() - 16 * 60_000).toISOString(),
    salt: 'a'.repeat(32),
  })
  expect((await ask('GET', '/cash/v1/balance', undefined, old)).body['errorCode']).toBe('RequestTimeTooSkewed')
  expect((await ask('GET', '/cash/v1/balance', undefined, authorization(fake.apiKey, 'x'))).body['errorCode']).toBe(
    'SignatureDoesNotMatch',
  )
  expect((await ask('GET', '/cash/v1/balance', undefined, authorization('OTHER', 'x'))).body['errorCode']).toBe('InvalidApiKey')
})

test.each([
  [{ ...message, to: undefined }, '1010'],
  [{ ...message, to: '010-0000-0001' }, '1011'],
  [{ ...message, from: '0299999999' }, '1062'],
  [{ ...message, type: 'XMS' }, '1025'],
  [{ ...message, subject: '제목' }, '1013'],
  [{ ...message, type: 'LMS', subject: '가'.repeat(21) }, '1014'],
  [{ ...message, text: '뷁' }, '1029'],
  [{ ...message, text: '가'.repeat(46) }, '1031'],
  [{ ...message, type: 'LMS', text: '가'.repeat(1001) }, '1031'],
  [{ ...message, customFields: { key: 'x'.repeat(101) } }, '1032'],
])('refuses %j with %s', async (bad, code) => {
  const { body } = await ask('PUT', `/messages/v4/groups/${await group()}/messages`, { messages: [bad] })
  expect((body['failedMessageList'] as { statusCode: string }[]).map(({ statusCode }) => statusCode)).toEqual([code])
})

test('unknown fields, too many messages, and numbers that repeat', async () => {
  const path = `/messages/v4/groups/${await group()}/messages`
  expect((await ask('PUT', path, { messages: [{ ...message, colour: 'red' }] })).status).toBe(400)
  expect((await ask('PUT', path, { messages: [message], extra: 1 })).status).toBe(400)
  expect((await ask('PUT', path, { messages: Array.from({ length: 10_001 }, () => message) })).status).toBe(400)
  const { body } = await ask('PUT', path, { messages: [message, message] })
  expect((body['failedMessageList'] as { statusCode: string }[]).map(({ statusCode }) => statusCode)).toEqual(['1026'])
  expect((await ask('POST', '/messages/v4/groups', { strict: false })).status).toBe(400)
})

test('groups: what was sent or deleted is closed, an empty one cannot be sent', async () => {
  const id = await group()
  const path = `/messages/v4/groups/${id}`
  expect((await ask('POST', `${path}/send`, {})).status).toBe(400)
  await ask('PUT', `${path}/messages`, { messages: [message] })
  expect((await ask('POST', `${path}/send`, {})).status).toBe(200)
  for (const [method, end] of [
    ['POST', '/send'],
    ['DELETE', ''],
    ['PUT', '/messages'],
  ] as const) {
    expect((await ask(method, path + end, { messages: [message] })).status, method).toBe(400)
  }
  expect(fake.arrived.filter(({ groupId }) => groupId === id)).toHaveLength(1)
})
