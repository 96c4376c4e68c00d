import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let open: TestApp
let locked: TestApp
const token = 'a-token-of-24-characters'

beforeAll(async () => {
  ;[open, locked] = await Promise.all([testApp(), testApp({ token })])
})
afterAll(() => Promise.all([open.close(), locked.close()]))

const ask = (server: TestApp, headers: Record<string, string>, url = '/api/settings') =>
  server.call<ErrorBody>('GET', url, { headers }).then(({ status, body }) => (status < 400 ? status : body.error.code))

test.each(['127.0.0.1:3000', 'localhost', '[::1]:3000', 'LOCALHOST:80', '127.0.0.2'])('the name %s is ours', async (host) => {
  expect(await ask(open, { host })).toBe(200)
})

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '10.0.0.1', '[::2]'])(
  'the name "%s" is not, without a token',
  async (host) => {
    expect(await ask(open, { host })).toBe('foreign-host')
  },
)

test('pages of others neither ask nor change anything', async () => {
  for (const origin of ['https://evil.example', 'http://127.0.0.1:4000', 'http://localhost:3000', 'not an address']) {
    expect(await ask(open, { origin }), origin).toBe('foreign-origin')
  }
  expect(await ask(open, { origin: 'http://127.0.0.1:3000' })).toBe(200)
  for (const headers of [{ origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
    const { status } = await open.call('PUT', '/api/settings', { body: { name: 'x' }, headers })
    expect(status).toBe(403)
  }
})

/** Asks for a socket over a real connection, as a browser does. @returns the status of the answer; 101: it is open (and closed again) */
async function openSocket(server: TestApp, headers: Record<string, string>): Promise<number | undefined> {
  if (!server.app.server.listening) await server.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.app.server.address() as { port: number } // it listens on a port
  const asked = request({
    agent: false,
    port,
    host: '127.0.0.1',
    path: '/ws',
    headers: {
      host: '127.0.0.1:3000',
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
      ...headers,
    },
  })
  return new Promise((resolve, reject) => {
    asked.on('error', reject)
    asked.on('response', (response) => {
      // Whoever is refused is cut off as well.
      response.resume().on('close', () => resolve(response.statusCode))
    })
    asked.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode)
    })
    asked.end()
  })
}

test('a socket of a foreign page, or of one without a name, is not opened', async () => {
  expect(await openSocket(open, { origin: 'null' })).toBe(403)
  expect(await openSocket(open, { origin: 'https://evil.example' })).toBe(403)
  expect(await openSocket(open, { 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await openSocket(open, { host: 'evil.example' })).toBe(403)
  expect(await openSocket(locked, {})).toBe(401)
  expect(await openSocket(locked, { cookie: `alimflow_token=${token}` })).toBe(101)
  expect(await openSocket(open, { origin: 'http://127.0.0.1:3000' })).toBe(101)
})

test('the token is the lock where there is one', async () => {
  for (const headers of [{}, { authorization: `Bearer ${token}x` }, { authorization: token }, { cookie: 'alimflow_token=no' }]) {
    expect(await ask(locked, headers)).toBe('unauthorized')
  }
  for (const url of ['/api/docs/json', '/schemas/workflow.json', '/api/nothing', '/api/health/database']) {
    expect(await ask(locked, {}, url), url).toBe('unauthorized')
  }
  expect(await ask(locked, { authorization: `Bearer ${token}` })).toBe(200)
  expect(await ask(locked, { cookie: `alimflow_token=${token}`, host: 'alimflow.company.example' })).toBe(200)
  // Another page of the same company is foreign all the same.
  expect(await ask(locked, { cookie: `alimflow_token=${token}`, origin: 'https://wiki.company.example' })).toBe('foreign-origin')
  expect(await ask(locked, {}, '/api/health')).toBe(200)
})

test('the printed address gives a cookie once and cleans itself', async () => {
  const entry = await locked.call('GET', `/runs/7?token=${token}&filter=failed`)
  expect(entry).toMatchObject({ status: 302, headers: { location: '/runs/7?filter=failed' } })
  expect(String(entry.headers['set-cookie'])).toMatch(/^alimflow_token=.*HttpOnly; SameSite=Strict$/)
  const wrong = await locked.call('GET', `/?token=${token}x`)
  expect(wrong.headers['set-cookie']).toBeUndefined()
  // Two slashes would lead to another machine.
  const away = await locked.call('GET', `//evil.example/?token=${token}`)
  expect(String(away.headers.location)).not.toMatch(/^\/\/|^https?:/)
})

test('refusals carry the policies of all answers, and speak the caller’s language', async () => {
  const { headers, body } = await open.call<ErrorBody>('GET', '/api/settings', {
    headers: { origin: 'https://evil.example', 'accept-language': 'en' },
  })
  expect(String(headers['content-security-policy'])).toContain("script-src 'self'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(body.error.message).toMatch(/^Requests from/)
})
