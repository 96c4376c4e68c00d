import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#server/config.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { startPublicDoor, type PublicDoor } from './start.ts'

let t: TestApp
const doors: PublicDoor[] = []
beforeAll(async () => {
  t = await testApp()
})
afterAll(async () => {
  await Promise.all(doors.map((door) => door.close()))
  await t.close()
})

/** A door that two requests a minute may pass, and how it answers to whoever the proxy (this process) says. */
async function door(trusted: string | undefined) {
  const { trustedProxies } = readConfig({ ALIMFLOW_TRUST_PROXY: trusted })
  const opened = await startPublicDoor(t, { host: '127.0.0.1', port: 0, requestsPerMinute: 2, trustedProxies })
  doors.push(opened)
  return async (forwarded: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${opened.port}/health`, { headers: { 'x-forwarded-for': forwarded } })).status
}

test('behind a proxy that is named each caller has a limit of its own', async () => {
  const call = await door('10.9.0.0/16, 127.0.0.1')
  expect([await call('203.0.113.1'), await call('203.0.113.1'), await call('203.0.113.1')]).toEqual([200, 200, 429])
  expect(await call('203.0.113.2')).toBe(200)
  // What the caller wrote itself stands before what the proxy added, and is not believed.
  expect(await call('198.51.100.7, 203.0.113.1')).toBe(429)
  // Through two proxies of ours.
  expect(await call('203.0.113.1, 10.9.1.1')).toBe(429)
  expect(await call('203.0.113.3, 10.9.1.1')).toBe(200)
})

test.each([undefined, '10.9.0.0/16'])('nobody else is believed (%s)', async (trusted) => {
  const call = await door(trusted)
  expect([await call('203.0.113.1'), await call('203.0.113.2'), await call('203.0.113.3')]).toEqual([200, 200, 429])
})

test.each(['true', '*', '1', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '10.0.0.5,x'])(
  'a setting that cannot be meant is refused: %s',
  (text) => {
    expect(() => readConfig({ ALIMFLOW_TRUST_PROXY: text })).toThrow(/ALIMFLOW_TRUST_PROXY/)
  },
)

test('addresses and ranges, of both kinds', () => {
  expect(readConfig({ ALIMFLOW_TRUST_PROXY: ' 10.0.0.5, fd00::/8 ,' }).trustedProxies).toEqual(['10.0.0.5', 'fd00::/8'])
  expect(readConfig({}).trustedProxies).toEqual([])
})
