import { expect, test } from 'vitest'
import { createRegistry } from '#runtime/registry.ts'
import { defineNode } from '#runtime/sdk/index.ts'
import { memoryHost, shop } from '#runtime/test/memory-host.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { tinyAsk, tinyNodes } from '#runtime/test/tiny-nodes.ts'
import { check } from './check.ts'
import { askedAnew, createDescriptionCache, type DescriptionCache } from './description-cache.ts'

const clumsy = defineNode({
  ...tinyAsk,
  type: 'acme-clumsy',
  describe: () => {
    throw new Error('oops')
  },
})
const registry = createRegistry({ nodes: [...tinyNodes, clumsy], providers: [] })

const workflow = (sql: string, more: ShortWorkflow['nodes'] = {}): ShortWorkflow => ({
  nodes: {
    start: { type: 'tiny-trigger' },
    people: { type: 'tiny-source', config: { rows: [{ name: 'Kim', contacts: '010' }] } },
    ask: { type: 'tiny-ask', config: { connection: 'shop', sql } },
    map: { type: 'tiny-mapping', config: { variables: { 건수: { column: 'total' } } } },
    text: { type: 'tiny-template', config: { text: '#{건수}건' } },
    send: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts' } },
    ...more,
  },
  edges: [
    'start.start -> people.start',
    'people.rows -> ask.rows',
    'ask.rows -> map.rows',
    'map.rows -> text.rows',
    'text.messages -> send.messages',
  ],
})

const statements = {
  good: [{ name: 'total', type: 'integer' as const }],
  broken: { error: 'sql-error' as const, line: 3 },
  dead: { error: 'connection-failed' as const },
  contact: [{ name: 'manager_phone', type: 'text' as const }],
}

function deps(connections = [shop, ...memoryConnections()]) {
  const host = memoryHost({ statements, connections })
  let now = 0
  const cache: DescriptionCache = createDescriptionCache({ now: () => new Date(now) })
  return {
    host,
    cache,
    pass: (ms: number) => void (now += ms),
    checked: (document: ShortWorkflow, kept = cache) =>
      check(expand(document), { registry, host, cache: kept, timezone: 'Asia/Seoul', signal: new AbortController().signal }),
  }
}

function memoryConnections() {
  return [{ id: 'sandbox', name: 'Sandbox', kind: 'sandbox', role: 'provider' as const, channels: ['sms'], dialect: null }]
}

test('what the database knows becomes columns; asked once for the same statement and inputs', async () => {
  const { host, checked } = deps()
  const first = await checked(workflow('good'))
  expect(first.problems).toEqual([])
  expect(first.plan?.nodes.ask?.described).toMatchObject({ columns: [{ name: 'total' }] })
  expect(first.columns.ask?.out.rows?.map(({ name }) => name)).toEqual(['name', 'contacts', 'total'])
  expect(first.described).toMatchObject({ ask: { columns: [{ name: 'total' }], parameters: [] } })
  await checked(workflow('good'))
  expect(host.asked).toEqual(['good'])
})

test('asked again after five minutes, for another statement, and for other inputs', async () => {
  const { host, checked, pass } = deps()
  await checked(workflow('good'))
  pass(5 * 60_000)
  await checked(workflow('good'))
  await checked(workflow('contact'))
  await checked(workflow('good', { people: { type: 'tiny-source', config: { rows: [{ id: '1', contacts: '010' }] } } }))
  expect(host.asked).toEqual(['good', 'good', 'contact', 'good'])
})

test('a broken statement is a problem at its field and place, what lies behind stays quiet; remembered for seconds only', async () => {
  const { host, checked, pass } = deps()
  const { problems, plan, columns } = await checked(workflow('broken'))
  expect(problems).toMatchObject([
    { nodeId: 'ask', field: 'sql', code: 'sql-error', severity: 'error', position: { line: 3, column: 1 } },
  ])
  expect(plan).toBe(null)
  expect(Object.keys(columns).sort()).toEqual(['ask', 'people', 'start'])
  await checked(workflow('broken'))
  expect(host.asked).toHaveLength(1)
  pass(5_001)
  await checked(workflow('broken'))
  expect(host.asked).toHaveLength(2)
})

test('a database that does not answer is not remembered at all', async () => {
  const { host, checked } = deps()
  const { problems } = await checked(workflow('dead'))
  expect(problems).toMatchObject([{ nodeId: 'ask', field: 'connection', code: 'connection-failed' }])
  await checked(workflow('dead'))
  expect(host.asked).toHaveLength(2)
})

test('nobody is asked over a connection that is missing or of the wrong kind', async () => {
  const { host, checked } = deps(memoryConnections())
  expect((await checked(workflow('good'))).problems).toMatchObject([
    { nodeId: 'ask', field: 'connection', code: 'connection-missing' },
  ])
  const wrongKind = { ask: { type: 'tiny-ask', config: { connection: 'sandbox', sql: 'good' } } }
  expect((await checked(workflow('good', wrongKind))).problems).toMatchObject([
    { nodeId: 'ask', code: 'connection-unfit', message: { en: expect.stringContaining('a database is needed') } },
  ])
  expect(host.asked).toEqual([])
})

test('a describe with a bug is a problem of its step', async () => {
  const { checked } = deps()
  const { problems } = await checked(
    workflow('good', { ask: { type: 'acme-clumsy', config: { connection: 'shop', sql: 'good' } } }),
  )
  expect(problems).toMatchObject([{ nodeId: 'ask', code: 'node-broken', message: { ko: expect.stringContaining('oops') } }])
})

test('columns that look personal are marked', async () => {
  const { columns } = await deps().checked(workflow('contact'))
  expect(columns.ask?.out.rows).toMatchObject([
    { name: 'name', personal: true },
    { name: 'contacts', personal: true },
    { name: 'manager_phone', personal: true },
  ])
})

test('a check whose caller is gone throws, it does not invent problems', async () => {
  const host = memoryHost({ statements })
  const abort = new AbortController()
  abort.abort(new Error('gone'))
  const cache = createDescriptionCache(host.clock)
  await expect(
    check(expand(workflow('broken')), { registry, host, cache, timezone: 'UTC', signal: abort.signal }),
  ).rejects.toThrow('gone')
})

test('who wants to know how it is now is answered anew, unless it was asked a moment ago; everybody has the new answer', async () => {
  const { host, cache, checked, pass } = deps()
  await checked(workflow('good'))
  pass(4_000)
  await checked(workflow('good'), askedAnew(cache))
  expect(host.asked).toHaveLength(1)
  pass(1_000)
  await checked(workflow('good'), askedAnew(cache))
  expect(host.asked).toHaveLength(2)
  pass(4 * 60_000)
  await checked(workflow('good'))
  expect(host.asked).toHaveLength(2)
})

test('the cache forgets what was not used for longest', async () => {
  const cache = createDescriptionCache({ now: () => new Date(0) }, 2)
  const description = { described: { columns: [] } }
  await cache.set('a', description, 10)
  await cache.set('b', description, 10)
  await cache.get('a')
  await cache.set('c', description, 10)
  expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([description, null, description])
})
