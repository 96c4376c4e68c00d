import Type from 'typebox'
import { afterEach, expect, test } from 'vitest'
import type { PlanNode, Wire } from '#runtime/compile/plan.ts'
import {
  AppError,
  defineNode,
  type FailedRow,
  type Message,
  type NodeContext,
  type NodeType,
  type Row,
  type SkippedRow,
} from '#runtime/sdk/index.ts'
import { deepFreeze } from '#runtime/test/deep-freeze.ts'
import { tinyDedupe, tinyFilter, tinyMapping, tinyReverse, tinyTemplate } from '#runtime/test/tiny-nodes.ts'
import { createFlow } from './flow.ts'
import { nodeOfError } from './node-error.ts'
import { numbered, numberOf } from './recipient.ts'

function planNode(id: string, type: NodeType, config: Record<string, unknown> = {}): PlanNode {
  return { id, type, config, no: 1, label: `Step ${id}`, inputs: {}, outputs: {}, described: null }
}

function wire(text: string): Wire {
  const [from = '', fromPort = '', to = '', toPort = ''] = text.split(/[ .]|->/)
  return { from, fromPort, to, toPort }
}

const logged: unknown[] = []
let stop = new AbortController()
afterEach(() => {
  stop = new AbortController()
})

function context(signal: AbortSignal): NodeContext {
  const log = { debug() {}, info() {}, warn() {}, error: (...line: unknown[]) => void logged.push(line) }
  // Only what the tiny nodes touch is there; anything else they reached for would throw.
  return { signal, log, report: () => {}, described: null, inputs: {} } as unknown as NodeContext
}

async function flowOf(nodes: PlanNode[], wires: string[], outlets: string[] = []) {
  const out: Record<string, (Row | Message)[]> = {}
  const failed: [string, FailedRow][] = []
  const skipped: [string, SkippedRow][] = []
  const counts: Record<string, number> = {}
  const flow = await createFlow({
    plan: { nodes: Object.fromEntries(nodes.map((node) => [node.id, node])) },
    nodes: nodes.map(({ id }) => id),
    wires: wires.map(wire),
    outlets: outlets.map((text) => {
      const [from = '', fromPort = ''] = text.split('.')
      return { from, fromPort }
    }),
    context: () => context(stop.signal),
    sinks: {
      outlet: (from, port, items) => void (out[`${from}.${port}`] ??= []).push(...items),
      failed: (id, rows) => void failed.push(...rows.map((row): [string, FailedRow] => [id, row])),
      skipped: (id, rows) => void skipped.push(...rows.map((row): [string, SkippedRow] => [id, row])),
      count: (id, port, rows) => void (counts[`${id}.${port ?? 'in'}`] = (counts[`${id}.${port ?? 'in'}`] ?? 0) + rows),
    },
  })
  return { flow, out, failed, skipped, counts }
}

/** Without the recipients' numbers, which ride along under a symbol. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const people = (...names: string[]): Row[] => names.map((name, index) => deepFreeze(numbered({ name, plan: 'pro' }, index + 1)))

/** A plugin with a mistake in it. */
function wrongNode(process: (rows: Row[]) => unknown, more: Partial<NodeType> = {}): NodeType {
  return {
    ...defineNode({
      type: 'wrong',
      version: 1,
      role: 'transform',
      effect: 'pure',
      scope: 'row',
      title: { en: 'Wrong', ko: '틀림' },
      icon: 'x',
      ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
      config: Type.Object({}),
      defaults: {},
      columns: () => ({ out: {} }),
      examples: [],
    }),
    // What it gives back may be anything: that is the mistake.
    process: process as unknown as NonNullable<NodeType['process']>,
    ...more,
  }
}

async function errorOf(type: NodeType, rows: Row[] = people('a', 'b')): Promise<AppError> {
  const { flow } = await flowOf([planNode('n', type)], [], ['n.rows'])
  const error: unknown = await flow.push('n', 'rows', rows).then(
    () => flow.finish(),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  expect(nodeOfError(error)).toBe('n')
  return error as AppError
}

test('rows run along the wires; a port with two wires gives the same rows to both', async () => {
  const nodes = [
    planNode('filter', tinyFilter, { column: 'name', is: 'Kim' }),
    planNode('left', tinyMapping, { variables: { 이름: { column: 'name' } } }),
    planNode('right', tinyMapping, { variables: {} }),
  ]
  const { flow, out, counts } = await flowOf(
    nodes,
    ['filter.matched left.rows', 'filter.matched right.rows'],
    ['left.rows', 'right.rows'],
  )
  await flow.push('filter', 'rows', people('Kim', 'Lee', 'Kim'))
  expect(plain(out['left.rows'])).toEqual([
    { name: 'Kim', plan: 'pro', 이름: 'Kim' },
    { name: 'Kim', plan: 'pro', 이름: 'Kim' },
  ])
  expect(out['right.rows']?.map((row) => numberOf(row as Row))).toEqual([1, 3])
  expect(counts).toEqual({
    'filter.in': 3,
    'filter.matched': 2,
    'filter.rest': 1,
    'left.in': 2,
    'left.rows': 2,
    'right.in': 2,
    'right.rows': 2,
  })
})

test('an audience node gives the rest at the end, through the nodes behind it', async () => {
  const nodes = [planNode('reverse', tinyReverse), planNode('map', tinyMapping, { variables: {} })]
  const { flow, out } = await flowOf(nodes, ['reverse.rows map.rows'], ['map.rows'])
  await flow.push('reverse', 'rows', people(...Array.from({ length: 1_500 }, (_, index) => `p${index}`)))
  expect(out['map.rows']).toBeUndefined()
  await flow.finish()
  expect(out['map.rows']).toHaveLength(1_500)
  expect(numberOf(out['map.rows']?.[0] as Row)).toBe(1_500)
})

test('a message loses its text where it goes into an input for rows, from a wire and from outside', async () => {
  const nodes = [planNode('text', tinyTemplate, { text: 'Hi' }), planNode('map', tinyMapping, { variables: {} })]
  const { flow, out } = await flowOf(nodes, ['text.messages map.rows'], ['text.messages', 'map.rows'])
  await flow.push('text', 'rows', people('Kim'))
  expect(plain(out['text.messages'])).toEqual([
    { row: { name: 'Kim', plan: 'pro' }, template: null, variables: {}, parts: { body: 'Hi' } },
  ])
  expect(plain(out['map.rows'])).toEqual([{ name: 'Kim', plan: 'pro' }])
  await flow.push('map', 'rows', out['text.messages'] ?? [])
  expect(out['map.rows']).toHaveLength(2)
})

test('emit: rows of a source, which is no node of the flow', async () => {
  const { flow, out, counts } = await flowOf(
    [planNode('map', tinyMapping, { variables: {} })],
    ['source.rows map.rows'],
    ['source.rows', 'map.rows'],
  )
  await flow.emit('source', 'rows', people('Kim'))
  expect(plain(out)).toEqual({ 'source.rows': [{ name: 'Kim', plan: 'pro' }], 'map.rows': [{ name: 'Kim', plan: 'pro' }] })
  expect(counts).toMatchObject({ 'source.rows': 1, 'map.in': 1 })
})

const failing = wrongNode((batch) => ({ failed: batch.map((row) => ({ row, error: new AppError('address-missing', {}) })) }))

test('failed rows go to the sink, or along a connected `failed` port with code and message', async () => {
  const alone = await flowOf([planNode('n', failing)], [])
  await alone.flow.push('n', 'rows', people('Kim'))
  expect(alone.failed.map(([id, { error }]) => [id, error.code])).toEqual([['n', 'address-missing']])

  const connected = await flowOf(
    [planNode('n', failing), planNode('map', tinyMapping, { variables: {} })],
    ['n.failed map.rows'],
    ['map.rows'],
  )
  await connected.flow.push('n', 'rows', people('Kim'))
  expect(connected.failed).toEqual([])
  expect(plain(connected.out['map.rows'])).toEqual([
    { name: 'Kim', plan: 'pro', error_code: 'address-missing', error_message: '번호나 주소가 없어요.' },
  ])
  expect(connected.counts).toMatchObject({ 'n.failed': 1, 'map.in': 1 })
})

test('left-out rows go to their sink with the reason, and the balance of an audience node holds', async () => {
  const { flow, skipped, counts } = await flowOf([planNode('d', tinyDedupe, { column: 'plan' })], [], ['d.rows'])
  await flow.push('d', 'rows', people('Kim', 'Lee'))
  await flow.finish()
  expect(skipped.map(([id, { row, reason }]) => [id, row.name, reason])).toEqual([['d', 'Lee', 'duplicate']])
  expect(counts).toEqual({ 'd.in': 2, 'd.rows': 1, 'd.skipped': 1 })
})

test.each<[string, NodeType, string]>([
  ['a port that is not declared', wrongNode((rows) => ({ other: rows })), 'node-unknown-output'],
  ['fewer rows without drops', wrongNode((rows) => ({ rows: rows.slice(1) })), 'node-lost-rows'],
  ['more rows', wrongNode((rows) => ({ rows: [...rows, ...rows] })), 'node-lost-rows'],
  ['a row built anew', wrongNode((rows) => ({ rows: rows.map(({ name }) => ({ name: name ?? null })) })), 'node-lost-recipient'],
  ['the same row twice', wrongNode(([row]) => ({ rows: row ? [row, row] : [] })), 'node-repeats-recipient'],
  [
    "somebody else's row",
    wrongNode((rows) => ({ rows: rows.map((row, index) => (index ? numbered(row, 99) : row)) })),
    'node-lost-recipient',
  ],
  ['no array', wrongNode(() => ({ rows: 'x' as unknown as Row[] })), 'node-broken'],
  ['neither process nor open', { ...wrongNode(() => ({})), process: undefined } as unknown as NodeType, 'node-broken'],
])('%s is refused with the name of the step', async (_what, type, code) => {
  const error = await errorOf(type).catch(async () => {
    // Without process and open it fails when the flow is opened.
    const opened = await flowOf([planNode('n', type)], []).catch((thrown: unknown) => thrown)
    return opened as AppError
  })
  expect(error.code).toBe(code)
  expect(error.text.en).toContain('Step n')
  expect(error.text.ko).toContain('Step n')
})

test('an audience node that keeps a row for itself is refused at the end', async () => {
  const type = wrongNode(() => ({}), { scope: 'audience' })
  const { flow } = await flowOf([planNode('n', type)], [])
  await flow.push('n', 'rows', people('Kim'))
  await expect(flow.finish()).rejects.toMatchObject({ code: 'node-lost-rows', fields: { in: 1, out: 0 } })
})

test('an audience node that loses the numbers only at its end is refused', async () => {
  const kept: Row[] = []
  const type = wrongNode(() => ({}), {
    scope: 'audience',
    open: () => ({
      process: (rows) => (kept.push(...rows), {}),
      finish: () => ({ rows: kept.map(({ name }) => ({ name: name ?? null })) }),
    }),
  })
  const { flow } = await flowOf([planNode('n', type)], [])
  await flow.push('n', 'rows', people('Kim'))
  await expect(flow.finish()).rejects.toMatchObject({ code: 'node-lost-recipient' })
})

test('rows without numbers (an audience that is not numbered) need none', async () => {
  const { flow, out } = await flowOf(
    [
      planNode(
        'n',
        wrongNode((rows) => ({ rows: rows.map((row) => ({ ...row })) })),
      ),
    ],
    [],
    ['n.rows'],
  )
  await flow.push('n', 'rows', [{ name: 'Kim' }])
  expect(out['n.rows']).toEqual([{ name: 'Kim' }])
})

test('an AppError passes; anything else is internal, with the cause, and in the log', async () => {
  const known = await errorOf(
    wrongNode(() => {
      throw new AppError('sql-timeout', { seconds: 30 })
    }),
  )
  expect(known.code).toBe('sql-timeout')
  const cause = new TypeError('x is not a function')
  logged.length = 0
  const bug = await errorOf(
    wrongNode(() => {
      throw cause
    }),
  )
  expect(bug).toMatchObject({ code: 'internal', cause, fields: { requestId: 'step n' } })
  expect(JSON.stringify(logged)).toContain('x is not a function')
})

test('a throw after the signal fired is a cancellation', async () => {
  const type = wrongNode(() => {
    stop.abort()
    throw new Error('aborted')
  })
  const { flow } = await flowOf([planNode('n', type)], [])
  await expect(flow.push('n', 'rows', people('Kim'))).rejects.toMatchObject({ code: 'cancelled' })
})

test('each awaited: a slow sink slows the flow down', async () => {
  const events: string[] = []
  const flow = await createFlow({
    plan: { nodes: { m: planNode('m', tinyMapping, { variables: {} }) } },
    nodes: ['m'],
    wires: [],
    outlets: [{ from: 'm', fromPort: 'rows' }],
    context: () => context(new AbortController().signal),
    sinks: {
      async outlet() {
        await new Promise((resolve) => setTimeout(resolve, 5))
        events.push('written')
      },
      failed() {},
      skipped() {},
    },
  })
  await flow.push('m', 'rows', people('Kim'))
  events.push('pushed')
  expect(events).toEqual(['written', 'pushed'])
})
