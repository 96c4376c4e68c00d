import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallFailed } from '#runtime/sdk/index.ts'
import { allowedAddresses } from './addresses.ts'
import { createEgress } from './egress.ts'

let server: Server
let base = ''
const open = createEgress({ allows: allowedAddresses('127.0.0.0/8, ::1') })
const strict = createEgress({ allows: allowedAddresses(undefined) })

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/reset') return void request.socket.destroy()
    if (request.url === '/silent') return
    if (request.url === '/redirect') return void response.writeHead(302, { location: '/ok' }).end()
    if (request.url === '/large') return void response.end(Buffer.alloc(11 * 1024 * 1024))
    response.writeHead(200, { 'x-test': 'yes' }).end(`${request.method} 안녕`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await Promise.all([open.close(), strict.close()])
})

const ask = (url: string, { egress = open, timeoutMs = 2000, signal = new AbortController().signal } = {}) =>
  egress.forProvider('Test').request({ method: 'GET', url, timeoutMs, signal })
const classOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof CallFailed ? error.class : String(error)),
  )

test('an answer is an answer, a redirect too', async () => {
  expect(await ask(`${base}/ok`)).toMatchObject({ status: 200, body: 'GET 안녕', headers: { 'x-test': 'yes' } })
  expect(await ask(`${base}/redirect`)).toMatchObject({ status: 302 })
})

test('refused and unknown names can be tried again; reset, silence, too much and an abort cannot be told', async () => {
  expect(await classOf(ask('http://127.0.0.1:1/'))).toBe('temporary')
  expect(await classOf(ask('http://no-such-host.invalid/'))).toBe('temporary')
  expect(await classOf(ask(`${base}/reset`))).toBe('unknown')
  expect(await classOf(ask(`${base}/silent`, { timeoutMs: 100 }))).toBe('unknown')
  expect(await classOf(ask(`${base}/large`))).toBe('unknown')
  expect(await classOf(ask(`${base}/silent`, { signal: AbortSignal.timeout(50) }))).toBe('unknown')
})

test('private addresses are refused, by address, by name, and in other clothes', async () => {
  const { port } = new URL(base)
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '169.254.169.254',
    '10.0.0.1',
    '2130706433',
    '0x7f.1',
  ]) {
    expect(await classOf(ask(`http://${host}:${port}/ok`, { egress: strict, timeoutMs: 1000 })), host).toBe('configuration')
  }
  expect(await classOf(ask('file:///etc/passwd'))).toBe('configuration')
})

test('a node gets an error that says what to do', async () => {
  await expect(strict.http.request({ method: 'GET', url: `${base}/ok` })).rejects.toThrow(/ALIMFLOW_ALLOW_PRIVATE_HTTP/)
  expect((await open.http.request({ method: 'GET', url: `${base}/ok` })).body).toBe('GET 안녕')
})

test('public addresses are allowed, a wrong range is refused', () => {
  const allows = allowedAddresses('10.1.0.0/16')
  expect(['8.8.8.8', '10.1.2.3', '10.2.0.1', '2606:4700::1', 'fe80::1', 'example.org'].map(allows)).toEqual([
    true,
    true,
    false,
    true,
    false,
    false,
  ])
  for (const wrong of ['localhost', '10.0.0.0/33', '10.0.0.0/8/1', '10/8'])
    expect(() => allowedAddresses(wrong)).toThrow(/ALIMFLOW_ALLOW_PRIVATE_HTTP/)
})
