import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AudienceCheck } from '#schemas/audience.ts'
import type { RunPage } from '#schemas/api/runs.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`create table customers (id int primary key, name text, phone text);
    insert into customers select i, '고객' || i, '0101000' || lpad(i::text, 4, '0') from generate_series(1, 3500) i;
    update customers set name = null where id in (5, 3000);
    update customers set phone = '12' where id = 9;
    update customers set phone = '01010000001' where id = 3400`)
})
afterAll(() => server.close())

const edge = (from: string, to: string) => {
  const [source = '', sourcePort = ''] = from.split('.')
  const [target = '', targetPort = ''] = to.split('.')
  return { id: `${source}-${target}`, source, sourcePort, target, targetPort }
}

function workflow({ text = '#{이름}님', sql = 'select name, phone from customers order by id', x = 0 } = {}): WorkflowDocument {
  const node = (id: string, type: string, config: Record<string, unknown>) => ({
    id,
    type,
    typeVersion: 1,
    position: { x, y: 0 },
    config,
  })
  return {
    schemaVersion: 1,
    name: '인사',
    nodes: [
      node('start', 'manual-trigger', {}),
      node('people', 'sql-source', { connection: 'sample-shop', sql }),
      node('fill', 'mapping', { variables: { 이름: { column: 'name' } } }),
      node('text', 'template', { text }),
      node('send', 'send-sms', { connection: 'sandbox', address: 'phone', expiresAfter: 60 }),
    ],
    edges: [
      edge('start.start', 'people.start'),
      edge('people.rows', 'fill.rows'),
      edge('fill.rows', 'text.rows'),
      edge('text.messages', 'send.messages'),
    ],
  }
}

async function create(): Promise<string> {
  return (await server.call<Workflow>('POST', '/api/workflows', { body: workflow() })).body.id
}
const ask = async (id: string, document?: WorkflowDocument, language = 'ko') =>
  server.call<AudienceCheck>('POST', `/api/workflows/${id}/audience-checks`, {
    body: document ? { document } : {},
    headers: { 'accept-language': language },
  })
const read = (id: string, check: string) => server.call<AudienceCheck>('GET', `/api/workflows/${id}/audience-checks/${check}`)

async function finished(id: string, check: string): Promise<AudienceCheck> {
  return expect
    .poll(async () => (await read(id, check)).body, { timeout: 20_000, interval: 30 })
    .toSatisfy(({ state }: AudienceCheck) => state !== 'waiting' && state !== 'running')
    .then(async () => (await read(id, check)).body)
}

test('the whole audience of the saved draft is counted, and the same draft is not counted twice', async () => {
  const id = await create()
  const { status, body } = await ask(id)
  expect(status).toBe(202)
  const done = await finished(id, body.id)
  expect(done).toMatchObject({ state: 'done', people: 3500, complete: true, error: null })
  expect(done.missing).toEqual([{ nodeId: 'fill', variable: '이름', column: 'name', count: 2, refused: 2 }])
  expect(done.channels[0]).toMatchObject({ messages: 3497, repeated: 1 })
  expect(done.channels[0]?.refused).toMatchObject([{ code: 'address-unusable', count: 1 }])
  // Where its cards stand makes it no other draft; a word of its text does.
  expect((await ask(id, workflow({ x: 90 }))).body.id).toBe(body.id)
  expect((await ask(id, workflow({ text: '#{이름}님!' }))).body.id).not.toBe(body.id)
})

test('nothing was sent and nothing stored', async () => {
  const id = await create()
  await finished(id, (await ask(id)).body.id)
  const { body } = await server.call<RunPage>('GET', '/api/runs')
  expect(body.items).toEqual([])
})

test('a newer draft calls the older one off, and so does a person; the database is asked no longer', async () => {
  const id = await create()
  const holder = await server.shop.pool.connect()
  const reading = async (): Promise<number> => {
    const { rows } = await holder.query<{ n: number }>('select count(*)::int as n from pg_locks where not granted')
    return rows[0]?.n ?? 0
  }
  try {
    // Whoever reads the customers waits for this one: no check ends by itself.
    await holder.query('begin; lock table customers in access exclusive mode')
    const held = workflow({ sql: 'select name, phone from customers where id > 0 order by id' })
    const first = (await ask(id, held)).body
    await expect.poll(reading, { timeout: 20_000, interval: 10 }).toBe(1)
    const second = (await ask(id, { ...held, nodes: held.nodes.map((node) => ({ ...node, label: `${node.id}!` })) })).body
    expect((await read(id, first.id)).body.state).toBe('cancelled')
    await expect.poll(async () => (await read(id, second.id)).body.state, { timeout: 20_000 }).toBe('running')
    const called = await server.call('DELETE', `/api/workflows/${id}/audience-checks/${second.id}`)
    expect(called.status).toBe(204)
    expect((await read(id, second.id)).body.state).toBe('cancelled')
    await expect.poll(reading, { timeout: 20_000, interval: 10 }).toBe(0)
  } finally {
    await holder.query('rollback')
    holder.release()
  }
})

test('a database that refuses is said, in the language of whoever asks', async () => {
  const id = await create()
  const document = workflow({ sql: 'select name, phone, 1 / (id - id) as x from customers' })
  const failed = await finished(id, (await ask(id, document, 'en')).body.id)
  expect(failed).toMatchObject({ state: 'failed', complete: false })
  expect(failed.error?.message).toMatch(/division by zero/)
})

test('a check that is not there, and one of another workflow, are not found', async () => {
  const [id, other] = [await create(), await create()]
  const { body } = await ask(id)
  expect((await read(other, body.id)).status).toBe(404)
  expect((await read(id, 'nowhere')).status).toBe(404)
  await finished(id, body.id)
})

test('other people in a list are counted anew', async () => {
  const columns = [{ name: 'phone', label: '휴대폰', kind: 'phone' }]
  const people = (count: number) => Array.from({ length: count }, (_, at) => [`0101000${String(at).padStart(4, '0')}`])
  const body = { name: '고객', columns, rows: people(3) }
  const list = (await server.call<{ id: string }>('POST', '/api/lists', { body })).body.id
  const id = await create()
  const document = workflow()
  const nodes = document.nodes.map((node) => {
    if (node.id === 'people') return { ...node, type: 'list-source', config: { list } }
    return node.id === 'fill' ? { ...node, config: { variables: { 이름: { column: 'phone' } } } } : node
  })
  const counted = async () => (await finished(id, (await ask(id, { ...document, nodes })).body.id)).people
  expect(await counted()).toBe(3)
  expect((await server.call('PUT', `/api/lists/${list}/rows`, { body: { rows: people(5) } })).status).toBe(200)
  expect(await counted()).toBe(5)
})
