import { expect, test } from 'vitest'
import { CallFailed, type OutgoingMessage, type ProviderSession, type Slice } from '#runtime/sdk/index.ts'
import { testProvider } from '#runtime/sdk/test/test-provider.ts'
import { loopbackHttp } from '#runtime/sdk/test/loopback-http.ts'
import sandbox from './sandbox.ts'

const length = { unit: 'characters', used: 2, limit: 1000, kind: 'ATA' } as const
const messages = Array.from({ length: 400 }, (_, i): OutgoingMessage => {
  const to = `0101${String(i).padStart(7, '0')}`
  return { key: `m1-2-${i.toString(36)}-1`, to, composed: { kind: 'ATA', parts: { body: '안녕' }, length, variables: {} } }
})
const slice = (channel = 'alimtalk', attempt = 1): Slice => ({
  key: `1-2-3-0`,
  channel,
  messages: messages.map((message) => ({ ...message, key: message.key.replace(/1$/, String(attempt)) })),
})
const signal = new AbortController().signal

function open(settings: Record<string, number> = {}, clock = { at: 0 }): ProviderSession {
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const sleep = (ms: number) => ((clock.at += ms), Promise.resolve())
  const context = {
    log,
    clock: { now: () => new Date(clock.at), sleep },
    http: loopbackHttp(() => Promise.reject(new Error('it asks nobody'))),
  }
  return sandbox.open({ settings, secrets: {} }, context)
}
const send = (session: ProviderSession, one = slice()) => session.send(one, { handle: null, signal, timeoutMs: 1000 })
const count = async (session: ProviderSession, code: string, one = slice()) =>
  (await send(session, one)).filter((result) => result.state === 'failed' && result.code === code).length

testProvider(sandbox, {
  start: () => Promise.resolve({ settings: {}, secrets: {}, stop: () => Promise.resolve() }),
  channel: 'alimtalk',
  messages: messages.slice(0, 3),
  skip: [
    {
      reason: 'it asks nobody',
      tests: [
        'a refused connection is temporary',
        'a lost answer is unknown',
        '429 is temporary, at the time the vendor says',
        'every 5xx is unknown',
        'a wrong key is a matter of configuration',
        'an unreadable answer is unknown',
        'stops at the deadline',
        'never shows secrets, numbers or texts',
      ],
    },
    {
      reason: 'it keeps nothing that could be looked up',
      tests: ['look-up finds what was accepted', 'a fenced handle sends nothing'],
    },
  ],
})

test('accepts all, with an id of each', async () => {
  const results = await send(open())
  expect(new Set(results.map((result) => (result.state === 'sent' ? result.providerId : result.code))).size).toBe(400)
})

test('refuses about the share it was told, always the same people, on Alimtalk only', async () => {
  const refused = (await send(open({ refuseShare: 0.25 }))).map(({ state }) => state)
  expect(refused.filter((state) => state === 'failed').length).toBeGreaterThan(60)
  expect(refused.filter((state) => state === 'failed').length).toBeLessThan(140)
  expect((await send(open({ refuseShare: 0.25 }), slice('alimtalk', 2))).map(({ state }) => state)).toEqual(refused)
  expect(await count(open({ refuseShare: 0.25 }), '3104', slice('sms'))).toBe(0)
  expect(await count(open({ refuseShare: 1 }), '3104')).toBe(400)
})

test('fails for a moment: the first attempt only, also the eleventh is no first one', async () => {
  expect(await count(open({ failShare: 1 }), '503')).toBe(400)
  for (const attempt of ['2', 'a', '11']) {
    const again = { ...slice(), messages: messages.map((message) => ({ ...message, key: message.key.replace(/1$/, attempt) })) }
    expect(await count(open({ failShare: 1 }), '503', again), attempt).toBe(0)
  }
})

test('loses answers', async () => {
  await expect(send(open({ unknownShare: 1 }))).rejects.toBeInstanceOf(CallFailed)
  await expect(send(open({ unknownShare: 1 }))).rejects.toMatchObject({ class: 'unknown' })
})

test('is slow on the clock it was given', async () => {
  const clock = { at: 0 }
  await send(open({ slowMs: 700 }, clock))
  expect(clock.at).toBe(700)
})

test('reports come when they are due, from any process, each once', async () => {
  const clock = { at: 0 }
  const handle = (await open({}, clock).begin?.(slice(), signal)) ?? ''
  const later = open({ reportLateMs: 60_000, undeliveredShare: 0.25 }, clock)
  expect(await later.poll?.(handle, { cursor: null, signal })).toEqual({ reports: [], cursor: null, done: false })
  clock.at = 60_000
  const polled = await later.poll?.(handle, { cursor: null, signal })
  expect(polled?.done).toBe(true)
  expect(polled?.reports).toHaveLength(400)
  expect(polled?.reports.filter(({ state }) => state === 'failed').length).toBeGreaterThan(60)
  expect((await later.poll?.(handle, { cursor: polled?.cursor ?? null, signal }))?.reports).toEqual([])
})
