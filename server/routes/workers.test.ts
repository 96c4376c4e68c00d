import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkerList } from '#schemas/api/workers.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { takeIdentity } from '#server/worker/identity.ts'

let server: TestApp
beforeAll(async () => (server = await testApp()))
afterAll(() => server.close())

test('workers are listed with what they can do; one that was killed is shown as gone', async () => {
  await server.database.pool.query(`insert into worker (no, host, pid, node_types) values (9999, 'elsewhere', 1, '{}')`)
  const worker = { databaseUrl: server.database.url, log: quietLog(), nodeTypes: ['filter@1'], lanes: 5, onLost: () => undefined }
  const list = async () => (await server.call<WorkerList>('GET', '/api/workers')).body.items
  expect(await list()).toMatchObject([{ no: 9999, alive: false, nodeTypes: [] }])
  const identity = await takeIdentity(worker)
  const items = await list()
  // Whoever comes tidies up after those that are gone.
  expect(items).toMatchObject([{ no: identity.no, alive: true, lanes: 5, nodeTypes: ['filter@1'] }])
  expect(new Date(items[0]?.seenAt ?? '').getTime()).toBeGreaterThan(0)
  await identity.release()
  expect(await list()).toEqual([])
})
