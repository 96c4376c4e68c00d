import { afterEach, expect, test } from 'vitest'
import { CallFailed, type Composed, type OutgoingMessage, type ProviderSession, type Slice } from '#runtime/sdk/index.ts'
import { loopbackHttp } from '#runtime/sdk/test/loopback-http.ts'
import { testProvider } from '#runtime/sdk/test/test-provider.ts'
import { startFakeSolapi, type FakeSolapi } from './fake.ts'
import { authorization } from './signature.ts'
import solapi from './solapi.ts'

const templates = { 'T-1': { pfId: 'PF-1', content: '#{이름}님, 리뷰 #{리뷰수}' } }
const length = { unit: 'bytes', used: 1, limit: 90, kind: 'SMS' } as const
const sms = (key: string, to: string, body: string): OutgoingMessage => ({
  key,
  to,
  composed: { kind: 'SMS', parts: { body }, length, variables: {} },
})
const ata = (key: string, to: string, variables: Record<string, string>, more: Partial<Composed> = {}): OutgoingMessage => ({
  key,
  to,
  composed: { kind: 'ATA', parts: { body: '?' }, length, variables, kakao: { templateCode: 'T-1', channelId: 'PF-1' }, ...more },
})
const slice = (messages: readonly OutgoingMessage[], key = 'run-1-1-0'): Slice => ({ key, channel: 'sms', messages })
const signal = new AbortController().signal

let fakes: FakeSolapi[] = []
afterEach(async () => {
  for (const fake of fakes) await fake.close()
  fakes = []
})

async function start(options: Parameters<typeof startFakeSolapi>[0] = {}) {
  const fake = await startFakeSolapi({ templates, rateLimits: false, ...options })
  fakes.push(fake)
  return { fake, session: openFor(fake) }
}

function openFor({ url, apiKey, apiSecret }: FakeSolapi, secret = apiSecret): ProviderSession {
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const clock = { now: () => new Date(), sleep: () => Promise.resolve() }
  return solapi.open(
    { settings: { baseUrl: url, from: '0212345678' }, secrets: { apiKey, apiSecret: secret } },
    { log, clock, http: loopbackHttp() },
  )
}

async function sendAll(session: ProviderSession, messages: readonly OutgoingMessage[]) {
  const one = slice(messages)
  const handle = (await session.begin?.(one, signal)) ?? null
  return { handle, one, results: await session.send(one, { handle, signal, timeoutMs: 5000 }) }
}

testProvider(solapi, {
  async start() {
    const fake = await startFakeSolapi({ rateLimits: false })
    return {
      settings: { baseUrl: fake.url, from: '0212345678' },
      secrets: { apiKey: fake.apiKey, apiSecret: fake.apiSecret },
      arrived: () => fake.arrived.length,
      stop: () => fake.close(),
    }
  },
  channel: 'sms',
  messages: [sms('1', '01012345678', '안녕하세요 김서연님'), sms('2', '01087654321', '안녕하세요 박민준님')],
  credentialAnswers: [
    { status: 400, body: { errorCode: 'InvalidApiKey', errorMessage: 'x' } },
    { status: 403, body: { errorCode: 'SignatureDoesNotMatch', errorMessage: 'x' } },
  ],
})

test('signature of the published vector', () => {
  const once = { date: '2026-03-02T01:02:03.000Z', salt: '0123456789abcdef0123456789abcdef' }
  expect(authorization('NCSTESTKEY000001', 'SOLAPISECRET0123456789ABCDEFGHIJ', once)).toBe(
    'HMAC-SHA256 apiKey=NCSTESTKEY000001, date=2026-03-02T01:02:03.000Z, salt=0123456789abcdef0123456789abcdef, signature=d5d3b7b7982d2f52ca17390e996151bed5089f3d522482dc536075dadd0b204a',
  )
})

test('Alimtalk, SMS and LMS arrive with their text, once, under our keys', async () => {
  const { fake, session } = await start()
  const long = '가'.repeat(60)
  const { results, handle } = await sendAll(session, [
    ata(
      'k1',
      '01000000001',
      { 이름: '김서연', 리뷰수: '128건' },
      { parts: { body: '?', buttons: [{ type: 'WL', name: '보기', linkMobile: 'https://a.example' }] } },
    ),
    sms('k2', '01000000002', '안녕하세요'),
    { key: 'k3', to: '01000000003', composed: { kind: 'LMS', parts: { title: '제목', body: long }, length, variables: {} } },
  ])
  expect(results).toEqual([1, 2, 3].map(() => ({ state: 'sent', providerId: null })))
  expect(fake.arrived.map(({ to, text, subject, customFields }) => [to, text, subject, customFields])).toEqual([
    ['01000000001', '김서연님, 리뷰 128건', null, { key: 'k1' }],
    ['01000000002', '안녕하세요', null, { key: 'k2' }],
    ['01000000003', long, '제목', { key: 'k3' }],
  ])
  expect(fake.groups.get(handle ?? '').customFields).toEqual({ slice: 'run-1-1-0' })
})

test.each(['failedMessageList', 'resultList'] as const)(
  'refused messages are told apart (%s); the others go out',
  async (answerForm) => {
    const { fake, session } = await start({ answerForm })
    const { results } = await sendAll(session, [
      sms('k1', '01000000001', '안녕 😀'),
      ata('k2', '01000000002', { 이름: '김' }),
      ata('k3', '01000000003', { 이름: '김', 리뷰수: '1' }, { kakao: { templateCode: 'none', channelId: 'PF-1' } }),
      sms('k4', '01000000004', '안녕'),
    ])
    expect(results.map((result) => (result.state === 'failed' ? [result.code, result.class] : result.state))).toEqual([
      ['1029', 'content'],
      ['1043', 'content'],
      ['1042', 'configuration'],
      'sent',
    ])
    expect(fake.arrived.map(({ to }) => to)).toEqual(['01000000004'])
  },
)

test('nothing is sent when all are refused', async () => {
  const { fake, session } = await start({ senders: ['15880000'] })
  const { results } = await sendAll(session, [sms('k1', '01000000001', '안녕')])
  expect(results).toEqual([
    { state: 'failed', class: 'configuration', code: '1062', detail: 'the sender number is not registered' },
  ])
  expect(fake.calls.filter(({ path }) => path.endsWith('/send'))).toEqual([])
})

test('a number that is meant twice goes out twice', async () => {
  const { fake, session } = await start()
  const { results } = await sendAll(session, [sms('k1', '01000000001', '하나'), sms('k2', '01000000001', '둘')])
  expect(results.map(({ state }) => state)).toEqual(['sent', 'sent'])
  expect(fake.arrived.map(({ text }) => text)).toEqual(['하나', '둘'])
})

test('1,000 in one call; look-up and reports read all pages', async () => {
  const { fake, session } = await start()
  const many = Array.from({ length: 1000 }, (_, i) => sms(`k${i}`, `0101${String(i).padStart(7, '0')}`, `안녕 ${i}`))
  const { handle, one } = await sendAll(session, many)
  expect(new Set(fake.arrived.map(({ to }) => to)).size).toBe(1000)
  expect((await session.lookup?.(one, { handle, signal }))?.size).toBe(1000)
  expect(await session.poll?.(handle ?? '', { cursor: null, signal })).toEqual({ reports: [], cursor: null, done: false })
  fake.report(({ customFields }) => (customFields['key'] === 'k7' ? '3104' : customFields['key'] === 'k8' ? null : '4000'))
  const polled = await session.poll?.(handle ?? '', { cursor: null, signal })
  expect([polled?.reports.length, polled?.done]).toEqual([999, false])
  expect(polled?.reports.find(({ key }) => key === 'k7')).toMatchObject({ state: 'failed', code: '3104', class: 'recipient' })
  fake.report()
  expect((await session.poll?.(handle ?? '', { cursor: null, signal }))?.done).toBe(true)
})

test('the answer of the send is lost: look-up knows that it went out, and it cannot be fenced', async () => {
  const { fake, session } = await start()
  fake.fault = ({ path }) => (path.endsWith('/send') ? { when: 'after', what: 'reset' } : null)
  const one = slice([sms('k1', '01000000001', '안녕')])
  const handle = (await session.begin?.(one, signal)) ?? null
  await expect(session.send(one, { handle, signal, timeoutMs: 5000 })).rejects.toMatchObject({ class: 'unknown' })
  fake.fault = null
  expect(fake.arrived).toHaveLength(1)
  expect([...((await session.lookup?.(one, { handle, signal })) ?? [])].map(([key, { state }]) => [key, state])).toEqual([
    ['k1', 'sent'],
  ])
  expect(await session.fence?.(handle ?? '', signal)).toBe(false)
})

test('cut off before the send: look-up finds nothing, the fence makes that certain', async () => {
  const { fake, session } = await start()
  fake.fault = ({ path }) => (path.endsWith('/send') ? { when: 'before', what: 'reset' } : null)
  const one = slice([sms('k1', '01000000001', '안녕')])
  const handle = (await session.begin?.(one, signal)) ?? null
  await expect(session.send(one, { handle, signal, timeoutMs: 5000 })).rejects.toBeInstanceOf(CallFailed)
  fake.fault = null
  expect((await session.lookup?.(one, { handle, signal }))?.size).toBe(0)
  expect(await session.fence?.(handle ?? '', signal)).toBe(true)
  await expect(session.send(one, { handle, signal, timeoutMs: 5000 })).rejects.toBeInstanceOf(CallFailed)
  expect(fake.arrived).toEqual([])
})

test('a wrong secret is said at once; a right one tells the balance', async () => {
  const { fake, session } = await start()
  expect(await session.validate(signal)).toMatchObject({ balance: 100_000 })
  await expect(openFor(fake, 'another').validate(signal)).rejects.toMatchObject({ class: 'configuration' })
})

test('the limit of calls is temporary, with the time to wait', async () => {
  const { session } = await start({ rateLimits: true })
  let failed: unknown = null
  for (let i = 0; i < 21 && failed === null; i++)
    failed = await session.validate(signal).then(
      () => null,
      (error: unknown) => error,
    )
  expect(failed).toMatchObject({ class: 'temporary', retryAfterMs: 5000 })
})
