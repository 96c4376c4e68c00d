import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { ConnectionPage } from '#schemas/api/connections.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { Connection } from '#schemas/connection.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp

beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

test('a connection says which workflows use it, and stays while one does', async () => {
  const body = { name: '연습', kind: 'sandbox', settings: {} }
  const { body: made } = await server.call<Connection>('POST', '/api/connections', { body })
  const document = {
    schemaVersion: 1,
    name: '인사',
    nodes: [
      {
        id: 'send',
        type: 'send-sms',
        typeVersion: 1,
        position: { x: 0, y: 0 },
        config: { connection: made.id, address: 'phone', expiresAfter: 60 },
      },
    ],
    edges: [],
  }
  const { body: workflow } = await server.call<Workflow>('POST', '/api/workflows', { body: document })

  const { body: page } = await server.call<ConnectionPage>('GET', '/api/connections')
  expect(page.items.map(({ id, usedBy }) => [id, usedBy])).toContainEqual([made.id, [{ id: workflow.id, name: '인사' }]])
  expect(page.items.find(({ id }) => id === 'sandbox')?.usedBy).toEqual([])

  const refused = await server.call<ErrorBody>('DELETE', `/api/connections/${made.id}`)
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'connection-in-use' } } })
  expect(refused.body.error.message).toContain('인사')

  await server.call('DELETE', `/api/workflows/${workflow.id}`)
  const { body: free } = await server.call<Connection>('GET', `/api/connections/${made.id}`)
  expect(free.usedBy).toEqual([])
  expect((await server.call('DELETE', `/api/connections/${made.id}`)).status).toBe(204)
  expect((await server.call('GET', `/api/connections/${made.id}`)).status).toBe(404)
})

test('a connection says what holds it back, in the language of who reads, and nothing when all is well', async () => {
  const { body: made } = await server.call<Connection>('POST', '/api/connections', {
    body: { name: '연습', kind: 'sandbox', settings: {} },
  })
  expect((await server.call<Connection>('GET', `/api/connections/${made.id}`)).body.limit).toBeNull()
  await server.database.pool.query(
    `insert into connection_limit (workspace_id, connection_id, opens, open_until) select workspace_id, id, 2, now() + interval '1 minute' from connection where id = $1`,
    [made.id],
  )
  const read = async (language: string) =>
    (await server.call<Connection>('GET', `/api/connections/${made.id}`, { headers: { 'accept-language': language } })).body.limit
  expect(await read('en')).toMatchObject({ code: 'breaker-open', until: expect.any(String) })
  expect((await read('en'))?.message).toMatch(/^연습 does not answer\. One call tries again at \d\d:\d\d:\d\d/)
  expect((await read('ko'))?.message).toMatch(/응답이 없어요/)
  const { body: page } = await server.call<ConnectionPage>('GET', '/api/connections')
  expect(page.items.find(({ id }) => id === made.id)?.limit).toMatchObject({ code: 'breaker-open' })
  expect(page.items.find(({ id }) => id === 'sandbox')?.limit).toBeNull()
  // Whoever mended it need not wait for the next try.
  await server.call('PUT', `/api/connections/${made.id}`, {
    body: { name: '연습', kind: 'sandbox', settings: {}, revision: made.revision },
  })
  expect((await server.call<Connection>('GET', `/api/connections/${made.id}`)).body.limit).toBeNull()
})

test('limits are settings of a connection; those that the provider does not allow are refused', async () => {
  const solapi = (settings: object) => ({
    name: '솔라피',
    kind: 'solapi',
    settings: { from: '0212345678', ...settings },
    secrets: { apiKey: 'k', apiSecret: 's' },
  })
  const make = (settings: object) => server.call<Connection>('POST', '/api/connections', { body: solapi(settings) })
  expect((await make({ callsPerWindow: 50, messagesPerSecond: 30, messagesPerDay: 10_000, reservedPercent: 20 })).status).toBe(
    201,
  )
  expect((await make({ callsPerWindow: 101 })).status).toBe(422)
  expect((await make({ reservedPercent: 95 })).status).toBe(422)
})
