import Type from 'typebox'
import { expect, test } from 'vitest'
import { createRegistry } from '#runtime/registry.ts'
import { defineNode } from '#runtime/sdk/index.ts'
import { memoryHost } from '#runtime/test/memory-host.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { tinyNodes } from '#runtime/test/tiny-nodes.ts'
import { compile } from './compile.ts'

const columns = ['name', 'contacts', 'plan'].map((name) => ({ name, type: 'text' as const }))

const tinyEvent = defineNode({
  type: 'tiny-event',
  version: 1,
  role: 'trigger',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Event', ko: '이벤트' },
  icon: 'bolt',
  ports: { in: {}, out: { start: 'rows' } },
  config: Type.Object({}),
  defaults: {},
  columns: () => ({ out: { start: columns } }),
  event: () => ({ name: 'signup', columns: columns.map((one) => ({ ...one, required: true, path: one.name })) }),
  examples: [],
})

const registry = createRegistry({ nodes: [...tinyNodes, tinyEvent], providers: [] })
const host = memoryHost()

const parts: ShortWorkflow['nodes'] = {
  start: { type: 'tiny-event' },
  people: { type: 'tiny-source', config: { rows: [{ name: 'Kim', contacts: '010', plan: 'pro' }] } },
  dedupe: { type: 'tiny-dedupe', config: { column: 'contacts' } },
  filter: { type: 'tiny-filter', config: { column: 'plan', is: 'pro' } },
  filter2: { type: 'tiny-filter', config: { column: 'name', is: 'Kim' } },
  merge: { type: 'tiny-merge', config: { mode: 'union' } },
  append: { type: 'tiny-merge', config: { mode: 'append' } },
  sms: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts', text: 'Hi' } },
}

function compiled(...edges: string[]) {
  const used = Object.entries(parts).filter(([id]) => edges.some((edge) => edge.includes(`${id}.`)))
  return compile(expand({ nodes: Object.fromEntries(used), edges }), {
    registry,
    known: { described: {}, failed: new Set(), timezone: 'UTC', connection: (id) => host.known(id), list: () => null },
  })
}

test('the rows of an event come out of its trigger, without a source', () => {
  const { plan, problems } = compiled('start.start -> sms.messages')
  expect(problems).toEqual([])
  expect(plan?.audience).toMatchObject({ sources: ['start'], nodes: ['start'] })
  expect(plan?.audience.outlets).toEqual([{ from: 'start', fromPort: 'start', stage: plan?.nodes.sms?.no }])
})

test('a step that drops rows works after the event was kept', () => {
  const { plan, problems } = compiled('start.start -> filter.rows', 'filter.matched -> sms.messages')
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(plan?.audience.nodes).toEqual(['start'])
  expect(plan?.stages.map(({ kind }) => kind)).toEqual(['audience', 'rows', 'send'])
})

test('a step that needs everyone is a problem: events never are all there', () => {
  const { plan, problems } = compiled('start.start -> dedupe.rows', 'dedupe.rows -> sms.messages')
  expect(plan).toBeNull()
  expect(problems.map(({ code, nodeId }) => ({ code, nodeId }))).toContainEqual({
    code: 'whole-audience-of-events',
    nodeId: 'dedupe',
  })
})

test('an event may start a source, which then is the audience', () => {
  const { plan, problems } = compiled('start.start -> people.start', 'people.rows -> sms.messages')
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(plan?.audience.sources).toEqual(['people'])
  expect(plan?.nodes.people?.inputs.start).toMatchObject(columns)
})

test('lines of one event meet in one row stage, which has both copies of a person at hand', () => {
  const { plan, problems } = compiled(
    'start.start -> filter.rows',
    'start.start -> filter2.rows',
    'filter.matched -> merge.rows',
    'filter2.matched -> merge.rows',
    'merge.rows -> sms.messages',
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(plan?.audience.outlets).toHaveLength(1)
  expect(plan?.stages[1]).toMatchObject({ kind: 'rows', entries: [{ to: 'filter' }, { to: 'filter2' }] })
})

test('events are no list that another could be appended to', () => {
  const { problems } = compiled(
    'start.start -> filter.rows',
    'filter.matched -> append.rows',
    'filter.rest -> append.rows',
    'append.rows -> sms.messages',
  )
  expect(problems.find(({ severity }) => severity === 'error')).toMatchObject({
    code: 'whole-audience-of-events',
    nodeId: 'append',
  })
})
