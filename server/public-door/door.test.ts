import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { published, welcome } from '#server/events/test/event-workflow.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { sign } from './signature.ts'
import { startPublicDoor, type PublicDoor } from './start.ts'

let t: TestApp
let door: PublicDoor
beforeAll(async () => {
  t = await testApp()
  door = await startPublicDoor(t, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await door.close()
  await t.close()
})
beforeEach(() => t.database.pool.query('delete from event_trigger'))

interface Made {
  id: string
  path: string
  secret: string
}
const person = { name: '김서연', phone: '010-1234-5678', plan: null }

async function hooked(): Promise<{ id: string; hook: Made }> {
  const id = await published(t, welcome({ hook: true }))
  const { body } = await t.call<Made>('POST', `/api/workflows/${id}/webhooks`, { body: { nodeId: 'start' } })
  return { id, hook: body }
}
async function call(
  path: string,
  {
    secret,
    id = 'msg_1',
    text = JSON.stringify(person),
    at = new Date(),
    headers = {},
  }: { secret: string; id?: string; text?: string; at?: Date; headers?: Record<string, string> },
) {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const response = await fetch(`http://127.0.0.1:${door.port}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': sign(secret, { id, timestamp, body: Buffer.from(text) }),
      ...headers,
    },
    body: text,
  })
  return { status: response.status, body: (await response.json()) as { accepted?: number; error?: { code: string } } }
}
const totals = async (id: string) =>
  (await t.database.pool.query<{ total: number }>('select total from workflow_run where workflow_id = $1', [id])).rows.map(
    ({ total }) => total,
  )

test('a signed call becomes a row of the workflow, once per id', async () => {
  const { id, hook } = await hooked()
  expect(await call(hook.path, { secret: hook.secret })).toEqual({ status: 202, body: { accepted: 1 } })
  expect(await call(hook.path, { secret: hook.secret })).toEqual({ status: 202, body: { accepted: 1 } })
  expect(await totals(id)).toEqual([1])
  expect((await call(hook.path, { secret: hook.secret, id: 'msg_2', text: JSON.stringify([person, person]) })).body).toEqual({
    accepted: 2,
  })
  expect(await totals(id)).toEqual([3])
  // The same id with another body is a replay of somebody who changed it, or a slip.
  expect((await call(hook.path, { secret: hook.secret, text: JSON.stringify({ ...person, name: 'x' }) })).body.error?.code).toBe(
    'idempotency-key-reused',
  )
})

test('who does not know the secret, comes late or sends rubbish is refused', async () => {
  const { id, hook } = await hooked()
  expect(await call(hook.path, { secret: 'whsec_AAAA' })).toMatchObject({
    status: 401,
    body: { error: { code: 'webhook-unsigned' } },
  })
  expect(await call(hook.path, { secret: hook.secret, at: new Date(Date.now() - 600_000) })).toMatchObject({
    status: 401,
    body: { error: { code: 'webhook-late' } },
  })
  expect(await call('/hooks/nobody', { secret: hook.secret })).toMatchObject({ status: 404 })
  expect(await call(hook.path, { secret: hook.secret, text: '{"name":' })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid-json' } },
  })
  expect(await call(hook.path, { secret: hook.secret, text: '7' })).toMatchObject({ status: 400 })
  expect(await call(hook.path, { secret: hook.secret, text: '{"name":"x"}' })).toMatchObject({
    status: 422,
    body: { error: { code: 'invalid-fields' } },
  })
  expect(
    await call(hook.path, { secret: hook.secret, text: JSON.stringify({ ...person, name: 'x'.repeat(300_000) }) }),
  ).toMatchObject({ status: 413 })
  expect(await totals(id)).toEqual([])
})

test('after a rotation the new secret and the one before count, an older one does not', async () => {
  const { id, hook } = await hooked()
  const rotate = async () => (await t.call<Made>('POST', `/api/workflows/${id}/webhooks/${hook.id}/rotate`)).body
  const second = await rotate()
  expect(second.secret).not.toBe(hook.secret)
  expect((await call(hook.path, { secret: hook.secret, id: 'a' })).status).toBe(202)
  expect((await call(hook.path, { secret: second.secret, id: 'b' })).status).toBe(202)
  const third = await rotate()
  expect((await call(hook.path, { secret: hook.secret, id: 'c' })).status).toBe(401)
  expect((await call(hook.path, { secret: second.secret, id: 'd' })).status).toBe(202)
  expect((await call(hook.path, { secret: third.secret, id: 'e' })).status).toBe(202)
})

test('a secret is told once', async () => {
  const { id } = await hooked()
  const again = await t.call<Partial<Made>>('POST', `/api/workflows/${id}/webhooks`, { body: { nodeId: 'start' } })
  expect(again).toMatchObject({ status: 200, body: { nodeId: 'start' } })
  expect(again.body.secret).toBeUndefined()
  const list = await t.call<{ items: Partial<Made>[] }>('GET', `/api/workflows/${id}/webhooks`)
  expect(list.body.items).toHaveLength(1)
  expect(JSON.stringify(list.body)).not.toContain('whsec_')
  const { rows } = await t.database.pool.query<{ secrets_enc: Buffer }>('select secrets_enc from webhook')
  expect(rows.some(({ secrets_enc }) => secrets_enc.includes('whsec_'))).toBe(false)
})

test('a workflow that is switched off takes nothing', async () => {
  const { id, hook } = await hooked()
  await t.call('POST', `/api/workflows/${id}/disable`)
  expect(await call(hook.path, { secret: hook.secret })).toMatchObject({ status: 409, body: { error: { code: 'not-by-event' } } })
})

test('there is nothing else behind this door, and looking changes nothing', async () => {
  const { hook } = await hooked()
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${door.port}${path}`)).status
  expect(await get('/health')).toBe(200)
  for (const path of ['/', '/api/health', '/api/workflows', '/ws', '/schemas/workflow', hook.path, '/api/events'])
    expect([path, await get(path)]).toEqual([path, 404])
})
