import { expect, test } from 'vitest'
import { makeSecret, sign, verify } from './signature.ts'

const now = new Date('2026-11-26T00:00:00Z')
const timestamp = String(now.getTime() / 1000)
const body = Buffer.from('{"a":"가"}')
const secret = makeSecret()
const call = { id: 'msg_1', timestamp, body }
const signed = { ...call, signature: sign(secret, call) }
const codeOf = (work: () => unknown): string | null => {
  try {
    work()
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('the example of the standard', () => {
  // standard-webhooks, "signature scheme": secret, id, timestamp and body of its own test vector.
  const vector = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: Buffer.from('{"test": 2432232314}'),
  }
  expect(sign('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', vector)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('a call signed with one of the secrets is let in', () => {
  expect(verify(signed, [secret], now)).toEqual({ id: 'msg_1' })
  expect(verify(signed, [makeSecret(), secret], now)).toEqual({ id: 'msg_1' })
  expect(verify({ ...signed, signature: `v1a,xxx v1,AAAA ${signed.signature}` }, [secret], now)).toEqual({ id: 'msg_1' })
})

test.each([
  ['another body', { ...signed, body: Buffer.from('{"a":"나"}') }],
  ['another id', { ...signed, id: 'msg_2' }],
  ['another time', { ...signed, timestamp: String(Number(timestamp) + 1) }],
  ['no signature', { ...signed, signature: undefined }],
  ['an empty signature', { ...signed, signature: 'v1,' }],
  ['a shorter signature', { ...signed, signature: signed.signature.slice(0, -8) }],
  ['no id', { ...signed, id: undefined }],
])('%s is refused', (_what, changed) => {
  expect(codeOf(() => verify(changed, [secret], now))).toBe('webhook-unsigned')
})

test('another secret, or none, lets nobody in', () => {
  expect(codeOf(() => verify(signed, [makeSecret()], now))).toBe('webhook-unsigned')
  expect(codeOf(() => verify(signed, [], now))).toBe('webhook-unsigned')
})

test('five minutes are the most', () => {
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  expect(codeOf(() => verify(signed, [secret], at(299)))).toBeNull()
  expect(codeOf(() => verify(signed, [secret], at(301)))).toBe('webhook-late')
  expect(codeOf(() => verify(signed, [secret], at(-301)))).toBe('webhook-late')
})
