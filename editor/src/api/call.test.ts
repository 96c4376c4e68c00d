import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import i18next from 'i18next'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { words } from '#editor/words/ko/all.ts'
import { api, ApiError, OfflineError } from './client.ts'

// A browser's fetch knows the page it is on; Node's does not. Apart from that these are real calls to a real server.
const realFetch = globalThis.fetch
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
const server = createServer((request, response) => answer(request, response))

beforeAll(async () => {
  await i18next.init({ lng: 'ko', resources: { ko: { translation: words } } })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo
  globalThis.fetch = (input, init) => {
    if (typeof input !== 'string') throw new Error('the client gives paths')
    return realFetch(new URL(input, `http://127.0.0.1:${port}`), init)
  }
})

afterAll(async () => {
  globalThis.fetch = realFetch
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const thrown = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error,
  )

test('a call carries language, body and idempotency key, and gives the parsed body', async () => {
  const seen: unknown[] = []
  answer = (request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const { 'accept-language': language, 'content-type': type, 'idempotency-key': key } = request.headers
      seen.push([request.method, request.url, language, type, key, body])
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"runId":"r1"}')
    })
  }
  await expect(api.post('/api/workflows/w/execute', { version: 'draft' }, { idempotencyKey: 'k1' })).resolves.toEqual({
    runId: 'r1',
  })
  await api.get('/api/runs', { state: 'failed', cursor: null })
  expect(seen).toEqual([
    ['POST', '/api/workflows/w/execute', 'ko', 'application/json', 'k1', '{"version":"draft"}'],
    ['GET', '/api/runs?state=failed', 'ko', undefined, undefined, ''],
  ])
})

test('an empty answer is no error', async () => {
  answer = (_, response) => response.writeHead(204).end()
  await expect(api.delete('/api/connections/c')).resolves.toBeUndefined()
})

test('a refusal keeps what the server said', async () => {
  const error = { code: 'wrong-input', message: '이름이 비어 있어요', fields: [], hint: '이름을 적어 주세요', requestId: 'req-1' }
  answer = (_, response) => response.writeHead(422).end(JSON.stringify({ error }))
  const caught = await thrown(api.put('/api/workflows/w', {}))
  expect(caught).toBeInstanceOf(ApiError)
  expect(caught).toMatchObject({ status: 422, ...error })
})

test('an answer that is not ours is told as such, with an error status and with a good one', async () => {
  for (const status of [502, 200]) {
    answer = (_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Proxy</h1>')
    const caught = await thrown(api.get('/api/health'))
    expect(caught).toBeInstanceOf(ApiError)
    expect(caught).toMatchObject({ status, code: `http-${status}`, requestId: '' })
    expect(String(caught)).toContain(String(status))
  }
})

test('no answer, or one that breaks off, is being offline; a call that was called off is not', async () => {
  answer = (request) => request.socket.destroy()
  expect(await thrown(api.get('/api/health'))).toBeInstanceOf(OfflineError)
  answer = (request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"half"')
    setTimeout(() => request.socket.destroy(), 20)
  }
  const broken = await thrown(api.get('/api/health'))
  expect(broken).toBeInstanceOf(OfflineError)
  expect(broken).toMatchObject({ message: words.parts.error.offline })
  const controller = new AbortController()
  answer = () => controller.abort()
  const aborted = await thrown(api.get('/api/health', undefined, { signal: controller.signal }))
  expect(aborted).not.toBeInstanceOf(OfflineError)
  expect(aborted).toMatchObject({ name: 'AbortError' })
})
