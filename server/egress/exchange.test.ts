import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Pool } from 'undici'
import { exchange, type Question } from './exchange.ts'

let server: Server
let pool: Pool
/** What the server was asked, in order. */
const asked: string[] = []
/** Answers that are still owed. */
const owed: (() => void)[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/parts')
      return void response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).write('반', () => response.end('갑'))
    if (request.url === '/echo') return void request.pipe(response)
    if (request.url?.startsWith('/owed')) return void owed.push(() => response.end('at last'))
    response.writeHead(200).end('yes')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1 })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await pool.destroy()
})

const ask = (
  path: string,
  { body = null as Question['body'], timeoutMs = 5_000, signal = undefined as AbortSignal | undefined } = {},
) => exchange(pool, { path, method: body === null ? 'GET' : 'POST', headers: {}, body }, { timeoutMs, signal })

test('an answer in parts is one text, a header that comes twice one line', async () => {
  expect(await ask('/parts')).toMatchObject({ status: 200, body: '반갑', headers: { 'set-cookie': 'a=1, b=2' } })
  expect((await ask('/echo', { body: Buffer.from('안녕') })).body).toBe('안녕')
})

test('what is cut off while it waits for a connection never goes out, and those behind it do', async () => {
  const first = ask('/owed/1')
  const cut = new AbortController()
  const second = ask('/never', { signal: cut.signal })
  const third = ask('/third', { signal: new AbortController().signal })
  await expect.poll(() => owed.length).toBe(1)
  cut.abort(new Error('stopped'))
  await expect(second).rejects.toThrow('stopped')
  owed.pop()?.()
  expect((await first).body).toBe('at last')
  expect((await third).body).toBe('yes')
  expect(asked).not.toContain('/never')
})

test('one signal ends all calls that share it, and none that is over', async () => {
  const cut = new AbortController()
  const done = await ask('/ok', { signal: cut.signal })
  const both = [ask('/owed/2', { signal: cut.signal }), ask('/owed/3', { signal: cut.signal })]
  await expect.poll(() => owed.length).toBe(1)
  cut.abort(new Error('claim is over'))
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(done.body).toBe('yes')
  await expect(ask('/ok', { signal: cut.signal })).rejects.toThrow('claim is over')
  owed.splice(0)
})

test('a time-out ends the call, and the connection is used no more', async () => {
  await expect(ask('/owed/4', { timeoutMs: 50 })).rejects.toMatchObject({ name: 'TimeoutError' })
  owed.splice(0)
  expect((await ask('/ok')).body).toBe('yes')
})
