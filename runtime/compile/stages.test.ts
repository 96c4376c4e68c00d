import { expect, test } from 'vitest'
import { createRegistry } from '#runtime/registry.ts'
import { memoryHost } from '#runtime/test/memory-host.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { tinyNodes } from '#runtime/test/tiny-nodes.ts'
import { compile } from './compile.ts'
import type { Plan, Stage } from './plan.ts'

const registry = createRegistry({ nodes: tinyNodes, providers: [] })
const host = memoryHost()
const answer = { columns: [{ name: 'total', type: 'integer' as const }] }

const parts: ShortWorkflow['nodes'] = {
  start: { type: 'tiny-trigger' },
  people: { type: 'tiny-source', config: { rows: [{ name: 'Kim', contacts: '010', plan: 'pro' }] } },
  dedupe: { type: 'tiny-dedupe', config: { column: 'contacts' } },
  filter: { type: 'tiny-filter', config: { column: 'plan', is: 'pro' } },
  ask: { type: 'tiny-ask', config: { connection: 'shop', sql: 'q' } },
  ask2: { type: 'tiny-ask', config: { connection: 'shop', sql: 'q' } },
  map: { type: 'tiny-mapping', config: { variables: { 이름: { column: 'name' } } } },
  map2: { type: 'tiny-mapping', config: { variables: {} } },
  text: { type: 'tiny-template', config: { text: '#{이름}', code: 'T1' } },
  text2: { type: 'tiny-template', config: { text: 'Hi' } },
  kakao: { type: 'tiny-alimtalk', config: { connection: 'sandbox', address: 'contacts' } },
  sms: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts' } },
  sms2: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts' } },
  wait: { type: 'tiny-wait' },
  wait2: { type: 'tiny-wait' },
  merge: { type: 'tiny-merge', config: { mode: 'union' } },
  own: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts', text: 'Hi' } },
}

/** Compiles the parts that the edges name. Numbers grow with the distance from the start: the shorter branch comes first. */
function compiled(...edges: string[]) {
  const all = ['start.start -> people.start', ...edges]
  const used = Object.entries(parts).filter(([id]) => all.some((edge) => edge.includes(`${id}.`)))
  const described = Object.fromEntries(
    used
      .filter(([, { type }]) => type === 'tiny-ask')
      .map(([id]) => [
        id,
        id === 'ask2' ? { columns: [{ ...answer.columns[0], name: 'total2', type: 'integer' as const }] } : answer,
      ]),
  )
  return compile(expand({ nodes: Object.fromEntries(used), edges: all }), {
    registry,
    known: { described, failed: new Set(), timezone: 'UTC', connection: (id) => host.known(id), list: () => null },
  })
}

function planOf(...edges: string[]): Plan {
  const { plan, problems } = compiled(...edges)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  if (!plan) throw new Error('no plan')
  return plan
}

/** A stage in one line: `send kakao: ask, map, text from people.rows reads ask`. */
function line(plan: Plan, stage: Stage): string {
  const name = (no: number): string =>
    plan.stages.flatMap((one) => (one.no === no ? [one.kind === 'send' ? one.channel : one.kind] : [])).join()
  const out = stage.outlets.map(({ from, fromPort, stage: no }) => `${from}.${fromPort}→${name(no)}`).join(' ')
  const way = out === '' ? '' : ` | ${out}`
  if (stage.kind === 'audience') return `audience: ${stage.nodes.join(' ')}${way}`
  const entry = stage.kind === 'send' ? stage.entry : stage.entries[0]
  const head = `${stage.kind === 'send' ? stage.channel : 'rows'} from ${entry.from}.${entry.fromPort}: ${stage.nodes.join(' ')}`
  const after = stage.after ? ` after ${stage.after.channel}.${stage.after.port}` : ''
  if (stage.kind === 'rows') return head + after + way
  return `${head}${stage.reads.length > 0 ? ` reads ${stage.reads.join(' ')}` : ''}${after} line ${name(stage.line)}${stage.waited === 'none' ? '' : ` waited${stage.waited === 'some' ? ' some' : ''}`}${way}`
}

const lines = (plan: Plan): string[] => plan.stages.map((stage) => line(plan, stage))

test('a straight line: the source alone is the audience, the rest goes with the channel', () => {
  const plan = planOf(
    'people.rows -> ask.rows',
    'ask.rows -> map.rows',
    'map.rows -> text.rows',
    'text.messages -> kakao.messages',
  )
  expect(lines(plan)).toEqual([
    'audience: people | people.rows→kakao',
    'kakao from people.rows: ask map text reads ask line kakao',
  ])
  expect(plan.stages[0]).toBe(plan.audience)
  const [, send] = plan.stages
  // Wires of a send stage: between its nodes, and into the channel; the entry leads to the first node.
  expect(send).toMatchObject({
    entry: { to: 'ask', toPort: 'rows' },
    wires: [
      { from: 'ask', to: 'map' },
      { from: 'map', to: 'text' },
      { from: 'text', fromPort: 'messages', to: 'kakao', toPort: 'messages' },
    ],
  })
  expect(Object.values(plan.nodes).map(({ no }) => no)).toEqual([1, 2, 3, 4, 5, 6])
})

test('nodes that need everyone, and what stands before them, are in the audience', () => {
  expect(
    lines(
      planOf(
        'people.rows -> map2.rows',
        'map2.rows -> dedupe.rows',
        'dedupe.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
      ),
    ),
  ).toEqual(['audience: people map2 dedupe | dedupe.rows→kakao', 'kakao from dedupe.rows: map text line kakao'])
})

test('a fork before any query is in the audience; each branch has its channel', () => {
  expect(
    lines(
      planOf(
        'people.rows -> filter.rows',
        'filter.matched -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
        'filter.rest -> text2.rows',
        'text2.messages -> sms.messages',
      ),
    ),
  ).toEqual([
    'audience: people filter | filter.matched→kakao filter.rest→sms',
    'sms from filter.rest: text2 line sms',
    'kakao from filter.matched: map text line kakao',
  ])
})

test('a source with two lines is no fork of a node: both branches start at the source', () => {
  expect(
    lines(
      planOf(
        'people.rows -> text2.rows',
        'text2.messages -> sms.messages',
        'people.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
      ),
    ),
  ).toEqual([
    'audience: people | people.rows→sms people.rows→kakao',
    'sms from people.rows: text2 line sms',
    'kakao from people.rows: map text line kakao',
  ])
})

test('a node that drops rows behind a query makes a row stage; the query belongs to it', () => {
  expect(
    lines(
      planOf(
        'people.rows -> ask.rows',
        'ask.rows -> filter.rows',
        'filter.matched -> ask2.rows',
        'ask2.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
      ),
    ),
  ).toEqual([
    'audience: people | people.rows→rows',
    'rows from people.rows: ask filter | filter.matched→kakao',
    'kakao from filter.matched: ask2 map text reads ask2 line kakao',
  ])
})

test('a connected `failed` port reshapes: its rows take another way', () => {
  expect(
    lines(
      planOf(
        'people.rows -> ask.rows',
        'ask.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
        'ask.failed -> text2.rows',
        'text2.messages -> sms.messages',
      ),
    ),
  ).toEqual([
    'audience: people | people.rows→rows',
    'rows from people.rows: ask | ask.rows→kakao ask.failed→sms',
    'sms from ask.failed: text2 line sms',
    'kakao from ask.rows: map text line kakao',
  ])
})

test('one text to two channels: the fork stands behind the query, messages are in the new chunks', () => {
  expect(
    lines(
      planOf(
        'people.rows -> ask.rows',
        'ask.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
        'text.messages -> sms.messages',
      ),
    ),
  ).toEqual([
    'audience: people | people.rows→rows',
    'rows from people.rows: ask map text | text.messages→kakao text.messages→sms',
    'kakao from text.messages:  line kakao',
    'sms from text.messages:  line sms',
  ])
})

test('two reshaping nodes in one branch behind a query share one row stage', () => {
  const plan = planOf(
    'people.rows -> ask.rows',
    'ask.rows -> filter.rows',
    'filter.matched -> map.rows',
    'map.rows -> text.rows',
    'text.messages -> kakao.messages',
    'filter.rest -> ask2.rows',
    'ask2.rows -> text2.rows',
    'text2.messages -> sms.messages',
    'ask2.failed -> own.messages',
  )
  expect(lines(plan)).toEqual([
    'audience: people | people.rows→rows',
    'rows from people.rows: ask filter ask2 | filter.matched→kakao ask2.rows→sms ask2.failed→own',
    'own from ask2.failed:  line own',
    'kakao from filter.matched: map text line kakao',
    'sms from ask2.rows: text2 line sms',
  ])
})

test('fallbacks: one line of channels, with nodes between; a text of its own is made from the same row', () => {
  const plan = planOf(
    'people.rows -> ask.rows',
    'ask.rows -> map.rows',
    'map.rows -> text.rows',
    'text.messages -> kakao.messages',
    'kakao.undelivered -> text2.rows',
    'text2.messages -> sms.messages',
    'sms.undelivered -> sms2.messages',
  )
  expect(lines(plan)).toEqual([
    'audience: people | people.rows→kakao',
    'kakao from people.rows: ask map text reads ask line kakao | kakao.undelivered→sms',
    'sms from kakao.undelivered: text2 after kakao.undelivered line kakao | sms.undelivered→sms2',
    'sms2 from sms.undelivered:  after sms.undelivered line kakao',
  ])
})

test('what was sent and goes on is another line; a query between asks anew', () => {
  expect(
    lines(
      planOf(
        'people.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
        'kakao.sent -> ask.rows',
        'ask.rows -> text2.rows',
        'text2.messages -> sms.messages',
      ),
    ),
  ).toEqual([
    'audience: people | people.rows→kakao',
    'kakao from people.rows: map text line kakao | kakao.sent→sms',
    'sms from kakao.sent: ask text2 reads ask after kakao.sent line sms',
  ])
})

test('a branch that ends without a channel is cut off, with a warning; what it does is not done', () => {
  const result = compiled(
    'people.rows -> filter.rows',
    'filter.matched -> text2.rows',
    'text2.messages -> sms.messages',
    'filter.rest -> map.rows',
  )
  expect(result.problems.map(({ code, nodeId }) => [code, nodeId])).toEqual([['leads-nowhere', 'map']])
  expect(result.plan && lines(result.plan)).toEqual([
    'audience: people filter | filter.matched→sms',
    'sms from filter.matched: text2 line sms',
  ])
})

test('everyone at once is not possible behind a query or a channel', () => {
  const behindQuery = compiled(
    'people.rows -> ask.rows',
    'ask.rows -> dedupe.rows',
    'dedupe.rows -> text2.rows',
    'text2.messages -> sms.messages',
  )
  expect(behindQuery.problems).toMatchObject([
    {
      code: 'whole-audience-after-query',
      nodeId: 'dedupe',
      message: { en: '"Tiny" needs everyone at once and cannot stand after "Ask".' },
    },
  ])
  const behindChannel = compiled(
    'people.rows -> text2.rows',
    'text2.messages -> sms.messages',
    'sms.undelivered -> dedupe.rows',
    'dedupe.rows -> map.rows',
    'map.rows -> text.rows',
    'text.messages -> sms2.messages',
  )
  expect(behindChannel.problems).toMatchObject([{ code: 'whole-audience-after-query', nodeId: 'dedupe' }])
  expect(behindChannel.plan).toBe(null)
})

test('choosing and splitting behind a channel is refused, also two ways from one exit', () => {
  expect(
    compiled(
      'people.rows -> text2.rows',
      'text2.messages -> sms.messages',
      'sms.undelivered -> filter.rows',
      'filter.matched -> map.rows',
      'map.rows -> text.rows',
      'text.messages -> sms2.messages',
    ).problems,
  ).toMatchObject([{ code: 'placed-wrong', nodeId: 'filter' }])
  expect(
    compiled(
      'people.rows -> map.rows',
      'map.rows -> text.rows',
      'text.messages -> kakao.messages',
      'kakao.undelivered -> sms.messages',
      'kakao.undelivered -> sms2.messages',
    ).problems,
  ).toMatchObject([{ code: 'placed-wrong', nodeId: 'kakao' }])
})

test('a wait is a stage of its own: what is before it is done at once, what is behind it when the time has come', () => {
  expect(
    lines(
      planOf(
        'people.rows -> filter.rows',
        'filter.matched -> ask.rows',
        'ask.rows -> wait.rows',
        'wait.after -> ask2.rows',
        'ask2.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
      ),
    ),
  ).toEqual([
    'audience: people filter | filter.matched→rows',
    'rows from filter.matched: ask wait | wait.after→kakao',
    'kakao from wait.after: ask2 map text reads ask2 line kakao waited',
  ])
})

test('choosing behind a wait, and a second wait, are stages of their own; who is past takes another way', () => {
  expect(
    lines(
      planOf(
        'people.rows -> wait.rows',
        'wait.after -> filter.rows',
        'filter.matched -> wait2.rows',
        'wait2.after -> text2.rows',
        'text2.messages -> sms.messages',
        'wait.past -> own.messages',
      ),
    ),
  ).toEqual([
    'audience: people | people.rows→rows',
    'rows from people.rows: wait | wait.after→rows wait.past→own',
    'rows from wait.after: filter wait2 | wait2.after→sms',
    'own from wait.past:  line own',
    'sms from wait2.after: text2 line sms waited',
  ])
})

test('messages wait as messages, also between a channel and its fallback, or behind what was sent', () => {
  expect(
    lines(
      planOf(
        'people.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> wait.rows',
        'wait.after -> kakao.messages',
        'kakao.undelivered -> wait2.rows',
        'wait2.after -> sms.messages',
      ),
    ),
  ).toEqual([
    'audience: people | people.rows→rows',
    'rows from people.rows: map text wait | wait.after→kakao',
    'kakao from wait.after:  line kakao waited | kakao.undelivered→rows',
    'rows from kakao.undelivered: wait2 after kakao.undelivered | wait2.after→sms',
    'sms from wait2.after:  after kakao.undelivered line kakao waited',
  ])
})

test('a wait gives what it gets: rows need a text behind it, and its lines are judged by that', () => {
  const rows = compiled('people.rows -> wait.rows', 'wait.after -> kakao.messages')
  expect(rows.problems).toMatchObject([{ code: 'message-needed', nodeId: 'kakao' }])
  const first = compiled('people.rows -> wait.rows', 'wait.after -> dedupe.rows', 'dedupe.rows -> own.messages')
  expect(first.problems).toMatchObject([{ code: 'whole-audience-after-wait', nodeId: 'dedupe' }])
  const start = compiled('people.rows -> own.messages', 'start.start -> wait.rows')
  expect(start.problems.map(({ code }) => code)).toContain('port-kinds-differ')
})

test('whoever waits on one of two lines that meet again would go on twice: refused; who is past may join the others', () => {
  const twice = compiled(
    'people.rows -> wait.rows',
    'people.rows -> merge.rows',
    'wait.after -> merge.rows',
    'merge.rows -> own.messages',
  )
  expect(twice.problems.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'placed-wrong', nodeId: 'merge' }])
  expect(
    lines(
      planOf('people.rows -> wait.rows', 'wait.after -> merge.rows', 'wait.past -> merge.rows', 'merge.rows -> own.messages'),
    ),
  ).toEqual([
    'audience: people | people.rows→rows',
    'rows from people.rows: wait | wait.after→rows wait.past→rows',
    'rows from wait.after: merge | merge.rows→own',
    'own from merge.rows:  line own waited some',
  ])
})
