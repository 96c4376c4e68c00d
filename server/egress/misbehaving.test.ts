import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import solapi from '#nodes/providers/solapi/solapi.ts'
import { CallFailed, type OutgoingMessage, type ProviderSession, type Slice } from '#runtime/sdk/index.ts'
import { allowedAddresses } from './addresses.ts'
import { createEgress } from './egress.ts'

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let behave: Behaviour
/** Requests that carried messages off: what a provider would have sent. */
let sends = 0
const egress = createEgress({ allows: allowedAddresses('127.0.0.0/8') })

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url?.endsWith('/send')) {
        sends++
        behave(request, response)
      } else if (request.method === 'PUT') response.end('{"resultList":[]}')
      else response.end('{"groupId":"G1","status":"PENDING"}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await egress.close()
})

const log = { debug() {}, info() {}, warn() {}, error() {} }
const length = { unit: 'bytes', used: 1, limit: 90, kind: 'SMS' } as const
const message: OutgoingMessage = {
  key: 'm-1',
  to: '01012345678',
  composed: { kind: 'SMS', parts: { body: '안녕' }, length, variables: {} },
}
const slice: Slice = { key: 's-1', channel: 'sms', messages: [message] }

function open(baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`): ProviderSession {
  const clock = { now: () => new Date(), sleep: () => Promise.resolve() }
  return solapi.open(
    { settings: { baseUrl, from: '0212345678' }, secrets: { apiKey: 'k', apiSecret: 's' } },
    { log, clock, http: egress.forProvider('SOLAPI') },
  )
}

/** What the run learns of the call: the class of its failure and when to try again. */
async function outcome(session: ProviderSession): Promise<{ class: string; retryAfterMs?: number | undefined }> {
  const signal = new AbortController().signal
  try {
    await session.send(slice, { handle: 'G1', signal, timeoutMs: 400 })
    return { class: 'sent' }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    return { class: error.class, ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }) }
  }
}

const answers = (status: number, body: string, headers: Record<string, string> = {}): Behaviour => {
  return (_, response) => void response.writeHead(status, headers).end(body)
}
const cases: readonly [name: string, behaviour: Behaviour, expected: { class: string; retryAfterMs?: number }][] = [
  ['an answer', answers(200, '{}'), { class: 'sent' }],
  ['500 after accepting', answers(500, '{"errorCode":"InternalError"}'), { class: 'unknown' }],
  ["502 with a gateway's page", answers(502, '<html>Bad Gateway</html>'), { class: 'unknown' }],
  ['503', answers(503, '{}', { 'retry-after': '1' }), { class: 'unknown' }],
  ['429 with seconds', answers(429, '{}', { 'retry-after': '7' }), { class: 'temporary', retryAfterMs: 7_000 }],
  ['429 without a time', answers(429, 'slow down'), { class: 'temporary' }],
  ['429 with a time that nobody can read', answers(429, '{}', { 'retry-after': 'later' }), { class: 'temporary' }],
  ['a wrong key', answers(401, '{"errorCode":"InvalidAPIKey"}'), { class: 'configuration' }],
  ['a reset', (request) => void request.socket.resetAndDestroy(), { class: 'unknown' }],
  ['no answer at all', () => undefined, { class: 'unknown' }],
  ['a body that never ends', (_, response) => void response.writeHead(200).write('{"a":'), { class: 'unknown' }],
  [
    'half an answer',
    (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a"')
      setTimeout(() => response.destroy(), 20)
    },
    { class: 'unknown' },
  ],
  ['JSON that is none', answers(200, '{"groupId":'), { class: 'unknown' }],
  ['a page of a portal', answers(200, '<html>Please log in</html>'), { class: 'unknown' }],
]

test.each(cases)('%s', async (_, behaviour, expected) => {
  behave = behaviour
  const before = sends
  expect(await outcome(open())).toEqual(expected)
  // Nothing is tried again behind the run's back.
  expect(sends).toBe(before + 1)
})

test('429 with a date is that date', async () => {
  behave = answers(429, '{}', { 'retry-after': new Date(Date.now() + 30_000).toUTCString() })
  const { retryAfterMs = 0, ...rest } = await outcome(open())
  expect(rest).toEqual({ class: 'temporary' })
  expect(retryAfterMs > 25_000 && retryAfterMs <= 30_000).toBe(true)
})

test('a refused connection and a name that nobody knows: nothing was asked, it can be tried again', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  expect(await outcome(open(`http://127.0.0.1:${port}`))).toEqual({ class: 'temporary' })
  expect((await outcome(open('http://nobody.invalid'))).class).toBe('temporary')
})

test('half an outage: each call says for itself what became of it', async () => {
  let call = 0
  behave = (request, response) => answers(call++ % 2 === 0 ? 200 : 500, '{}')(request, response)
  const session = open()
  const got: string[] = []
  for (let i = 0; i < 6; i++) got.push((await outcome(session)).class)
  expect(got).toEqual(['sent', 'unknown', 'sent', 'unknown', 'sent', 'unknown'])
})
