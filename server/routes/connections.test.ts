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
