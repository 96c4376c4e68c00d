import { afterEach, expect, test } from 'vitest'
import { startFakeSolapi, type FakeSolapi } from '#nodes/providers/solapi/fake.ts'
import solapi from '#nodes/providers/solapi/solapi.ts'
import { loopbackHttp } from '#runtime/sdk/test/loopback-http.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { readyOf } from './ready.ts'

// What the vendor's stand-in tells over real HTTP becomes the checklist.

const templates = { 'T-1': { pfId: 'PF-1', content: '#{이름}님' } }
let fake: FakeSolapi | undefined
afterEach(() => fake?.close())

async function ready(given: {
  from?: string
  named?: { channels: string[]; templates: string[] }
  secret?: string
  fault?: FakeSolapi['fault']
}) {
  fake = await startFakeSolapi({ templates, rateLimits: false })
  fake.fault = given.fault ?? null
  const settings = { baseUrl: fake.url, from: given.from ?? '0212345678' }
  const secrets = { apiKey: fake.apiKey, apiSecret: given.secret ?? fake.apiSecret }
  const clock = { now: () => new Date(), sleep: () => Promise.resolve() }
  const session = solapi.open({ settings, secrets }, { log: quietLog(), clock, http: loopbackHttp() })
  const named = given.named ?? { channels: [], templates: [] }
  return readyOf({ kind: 'solapi', provider: { type: solapi, name: 'SOLAPI', settings, session }, named, language: 'en' })
}

const states = ({ items }: Awaited<ReturnType<typeof ready>>) => items.map(({ check, state, name }) => [check, state, name])

test('everything is there: the balance, the number, the channel, the template', async () => {
  const answer = await ready({ named: { channels: ['PF-1'], templates: ['T-1'] } })
  expect(answer.balance).toEqual({ amount: '100000', currency: 'KRW' })
  expect(states(answer)).toEqual([
    ['key', 'ok', null],
    ['sender', 'ok', '0212345678'],
    ['channel', 'ok', 'PF-1'],
    ['template', 'ok', 'T-1'],
  ])
})

test('a number, a channel and a template that the account does not have are to be done; none named is to be done too', async () => {
  const answer = await ready({ from: '0299999999', named: { channels: ['PF-9'], templates: ['T-9'] } })
  expect(states(answer).map(([, state]) => state)).toEqual(['ok', 'todo', 'todo', 'todo'])
  expect(answer.items.at(-1)?.detail).toBe('missing')
  await fake?.close()
  expect(states(await ready({})).slice(2)).toEqual([
    ['channel', 'todo', null],
    ['template', 'todo', null],
  ])
})

test('a wrong key is said as such; the rest cannot be known', async () => {
  const answer = await ready({ secret: 'wrong', named: { channels: ['PF-1'], templates: ['T-1'] } })
  expect(states(answer).map(([, state]) => state)).toEqual(['todo', 'unknown', 'unknown', 'unknown'])
  expect(answer.items[0]?.detail).toContain('API key')
})

test('what the vendor does not answer is unknown, never guessed', async () => {
  const body = '{"errorCode":"InternalError"}'
  const answer = await ready({
    fault: ({ path }) =>
      path.includes('/kakao/') || path.includes('/senderid/') ? { when: 'before', what: { status: 500, body } } : null,
    named: { channels: ['PF-1'], templates: ['T-1'] },
  })
  expect(states(answer).map(([, state]) => state)).toEqual(['ok', 'unknown', 'unknown', 'unknown'])
})

test('asking changes nothing at the vendor', async () => {
  await ready({ named: { channels: ['PF-1'], templates: ['T-1'] } })
  expect(fake?.calls.every(({ method }) => method === 'GET')).toBe(true)
})
