import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { takeIdentity } from '#server/worker/identity.ts'
import { serverIsHealthy, workerIsHealthy } from './healthy.ts'

let server: TestApp
beforeAll(async () => (server = await testApp()))
afterAll(() => server.close())

test('a worker is well while it holds its place, on its own machine', async () => {
  const { url } = server.database
  expect(await workerIsHealthy(url)).toBe(false)
  const worker = { databaseUrl: url, log: quietLog(), nodeTypes: [], lanes: 1, onLost: () => undefined }
  const identity = await takeIdentity(worker)
  expect(await workerIsHealthy(url)).toBe(true)
  expect(await workerIsHealthy(url, `${hostname()}-other`)).toBe(false)
  await identity.release()
  expect(await workerIsHealthy(url)).toBe(false)
  expect(await workerIsHealthy('postgresql://nobody@127.0.0.1:1/nothing')).toBe(false)
})

test('a server is well while it and its database answer', async () => {
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.app.server.address() as AddressInfo // it listens on a port, not on a socket file
  expect(await serverIsHealthy(port)).toBe(true)
  await server.loseDatabase()
  expect(await serverIsHealthy(port)).toBe(false)
  expect(await serverIsHealthy(1)).toBe(false)
})
