import { expect, test } from 'vitest'
import { createRegistry } from '#runtime/registry.ts'
import { memoryHost } from '#runtime/test/memory-host.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { tinyNodes } from '#runtime/test/tiny-nodes.ts'
import { stageLines } from '#runtime/test/workflow-case.ts'
import { compile } from './compile.ts'

// Lines that meet again: what the compiler says of them, and which stages they make.

const registry = createRegistry({ nodes: tinyNodes, providers: [] })
const host = memoryHost()
const people = [{ name: 'Kim', contacts: '010', plan: 'pro' }]

const parts: ShortWorkflow['nodes'] = {
  start: { type: 'tiny-trigger' },
  people: { type: 'tiny-source', config: { rows: people } },
  others: { type: 'tiny-source', config: { rows: [{ name: 'Lee', contacts: '011', city: 'Seoul' }] } },
  filter: { type: 'tiny-filter', config: { column: 'plan', is: 'pro' } },
  filter2: { type: 'tiny-filter', config: { column: 'name', is: 'Kim' } },
  branch: { type: 'tiny-branch', config: { cases: [{ id: 'pro', name: 'VIP' }] } },
  dedupe: { type: 'tiny-dedupe', config: { column: 'contacts' } },
  ask: { type: 'tiny-ask', config: { connection: 'shop', sql: 'q' } },
  text: { type: 'tiny-template', config: { text: 'Hi' } },
  text2: { type: 'tiny-template', config: { text: 'Hello', code: 'T1' } },
  merge: { type: 'tiny-merge', config: { mode: 'union' } },
  append: { type: 'tiny-merge', config: { mode: 'append' } },
  sms: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts', text: 'Hi' } },
  sms2: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts', text: 'Hi' } },
  kakao: { type: 'tiny-alimtalk', config: { connection: 'sandbox', address: 'contacts' } },
}

function compiled(edges: readonly string[], changes: ShortWorkflow['nodes'] = {}) {
  const all = ['start.start -> people.start', ...edges]
  const used = Object.entries({ ...parts, ...changes }).filter(([id]) => all.some((edge) => edge.includes(`${id}.`)))
  const described = { ask: { columns: [{ name: 'total', type: 'integer' as const }] } }
  return compile(expand({ nodes: Object.fromEntries(used), edges: all }), {
    registry,
    known: { described, failed: new Set(), timezone: 'UTC', connection: (id) => host.known(id), list: () => null },
  })
}

function stages(...edges: string[]): string[] {
  const { plan, problems } = compiled(edges)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return plan ? stageLines(plan) : []
}

const codes = (...edges: string[]): string[] => compiled(edges).problems.map(({ code, nodeId }) => `${code} ${nodeId}`)

test('branches before any query meet in the audience', () => {
  expect(
    stages(
      'people.rows -> branch.rows',
      'branch.pro -> filter2.rows',
      'filter2.matched -> merge.rows',
      'branch.rest -> merge.rows',
      'merge.rows -> sms.messages',
    ),
  ).toEqual(['audience: people branch filter2 merge | merge.rows → sms', 'send sms from merge.rows:'])
})

test('branches that part and meet behind a query are one row stage; their texts stay with them', () => {
  const edges = [
    'people.rows -> ask.rows',
    'ask.rows -> branch.rows',
    'branch.pro -> text.rows',
    'text.messages -> merge.rows',
    'branch.rest -> text2.rows',
    'text2.messages -> merge.rows',
    'merge.rows -> sms.messages',
  ]
  expect(stages(...edges)).toEqual([
    'audience: people | people.rows → rows',
    'rows: ask branch text text2 merge | merge.rows → sms',
    'send sms from merge.rows:',
  ])
})

test('a line without a text does not fit to one that brings a text', () => {
  const edges = [
    'people.rows -> branch.rows',
    'branch.pro -> text.rows',
    'text.messages -> merge.rows',
    'branch.rest -> merge.rows',
  ]
  const found = compiled([...edges, 'merge.rows -> sms.messages']).problems.filter(({ severity }) => severity === 'error')
  expect(found.map(({ code, nodeId, edgeId }) => [code, nodeId, edgeId])).toEqual([['merge-without-text', 'merge', 'e5']])
})

test('a merge of which one side asks stands in the stage of each side: nobody is on both', () => {
  expect(
    stages(
      'people.rows -> branch.rows',
      'branch.pro -> ask.rows',
      'ask.rows -> merge.rows',
      'branch.rest -> merge.rows',
      'merge.rows -> sms.messages',
    ),
  ).toEqual([
    'audience: people branch | branch.pro → rows, branch.rest → rows',
    'rows: ask merge | merge.rows → sms',
    'rows: merge | merge.rows → sms',
    'send sms from merge.rows:',
  ])
})

test('copies of one person go through one stage, so that each is taken once', () => {
  const { plan } = compiled([
    'people.rows -> ask.rows',
    'ask.rows -> merge.rows',
    'people.rows -> merge.rows',
    'merge.rows -> sms.messages',
  ])
  expect(plan && stageLines(plan)).toEqual([
    'audience: people | people.rows → rows',
    'rows: ask merge | merge.rows → sms',
    'send sms from merge.rows:',
  ])
  expect(plan?.stages[1]).toMatchObject({ entries: [{ to: 'ask' }, { to: 'merge' }] })
})

test('copies that part in the audience and meet behind a query are a problem that says how to mend it', () => {
  const { problems, plan } = compiled([
    'people.rows -> filter.rows',
    'people.rows -> filter2.rows',
    'filter.matched -> ask.rows',
    'ask.rows -> merge.rows',
    'filter2.matched -> merge.rows',
    'merge.rows -> sms.messages',
  ])
  expect(plan).toBeNull()
  const found = problems.find(({ code }) => code === 'placed-wrong')
  expect(found).toMatchObject({ nodeId: 'merge' })
  expect(found?.message.en).toContain('Put the query before "People", or after "Merge"')
})

test('nothing is brought together behind a channel', () => {
  const found = compiled([
    'people.rows -> branch.rows',
    'branch.pro -> sms.messages',
    'sms.undelivered -> merge.rows',
    'branch.rest -> merge.rows',
    'merge.rows -> sms2.messages',
  ]).problems.find(({ code }) => code === 'placed-wrong')
  expect(found).toMatchObject({ nodeId: 'merge' })
  expect(found?.message.en).toContain('Merge before it, or give each channel its own next one')
})

test('two lists that are appended are one audience, read in the order of the lines into the merge', () => {
  const { plan } = compiled([
    'start.start -> others.start',
    'others.rows -> append.rows',
    'people.rows -> append.rows',
    'append.rows -> sms.messages',
  ])
  expect(plan?.audience).toMatchObject({ sources: ['others', 'people'], nodes: ['people', 'others', 'append'] })
  expect(plan?.nodes.append?.inputs.rows).toMatchObject([
    { name: 'name', type: 'text' },
    { name: 'contacts', type: 'text', personal: true },
    { name: 'city', type: 'text', nullable: true },
    { name: 'plan', type: 'text', nullable: true },
  ])
})

test('columns of one list only are told; a column of two types is an error', () => {
  const edges = [
    'start.start -> others.start',
    'others.rows -> append.rows',
    'ask.rows -> append.rows',
    'people.rows -> ask.rows',
    'append.rows -> sms.messages',
  ]
  const { problems } = compiled(edges)
  expect(problems.find(({ code }) => code === 'merge-columns-missing')).toMatchObject({ severity: 'warning', nodeId: 'append' })
  const other = compiled(edges, { others: { type: 'tiny-source', config: { rows: [{ contacts: '010', total: 'a lot' }] } } })
  expect(other.problems.find(({ code }) => code === 'merge-types-differ')).toMatchObject({ severity: 'error', nodeId: 'append' })
  // All of a list has to be seen to know who is on it: not behind a query.
  expect(problems.map(({ code }) => code)).toContain('whole-audience-after-query')
})

test('two lists that never meet, or meet in a union, are problems; the second is mended in one click', () => {
  const two = ['start.start -> others.start', 'people.rows -> sms.messages', 'others.rows -> sms2.messages']
  expect(codes(...two)).toEqual(['several-sources others'])
  const { problems } = compiled([
    'start.start -> others.start',
    'people.rows -> merge.rows',
    'others.rows -> merge.rows',
    'merge.rows -> sms.messages',
  ])
  expect(problems.find(({ code }) => code === 'merge-several-lists')).toMatchObject({
    nodeId: 'merge',
    fix: { nodeId: 'merge', config: { mode: 'append' } },
  })
})

test('a list that was appended may part and meet again', () => {
  expect(
    codes(
      'start.start -> others.start',
      'people.rows -> append.rows',
      'others.rows -> append.rows',
      'append.rows -> branch.rows',
      'branch.pro -> merge.rows',
      'branch.rest -> merge.rows',
      'merge.rows -> sms.messages',
    ),
  ).toEqual(['merge-columns-missing append'])
})

test('one line twice, and one line alone, are told', () => {
  expect(codes('people.rows -> merge.rows', 'people.rows -> merge.rows', 'merge.rows -> sms.messages')).toEqual([
    'line-twice merge',
    'merge-of-one merge',
  ])
})

test('outputs have the ids of the list in the config; one that is gone is a line from nowhere', () => {
  const { problems, plan } = compiled([
    'people.rows -> branch.rows',
    'branch.pro -> sms.messages',
    'branch.gone -> sms2.messages',
  ])
  expect(problems.map(({ code }) => code)).toEqual(['unknown-port'])
  expect(plan).toBeNull()
})

test('a branch of messages gives messages; an approved template and a free text together are no template', () => {
  const edges = ['people.rows -> text2.rows', 'text2.messages -> branch.rows', 'branch.pro -> kakao.messages']
  const { plan, problems } = compiled(edges)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(plan?.nodes.branch?.type.ports.out).toMatchObject({ pro: { kind: 'messages' }, rest: { kind: 'messages' } })
  const mixed = [
    'people.rows -> branch.rows',
    'branch.pro -> text.rows',
    'branch.rest -> text2.rows',
    'text2.messages -> merge.rows',
    'text.messages -> merge.rows',
    'merge.rows -> kakao.messages',
  ]
  expect(codes(...mixed)).toEqual(['form-differs kakao'])
})
