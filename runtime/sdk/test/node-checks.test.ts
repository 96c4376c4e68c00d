import Type from 'typebox'
import { expect, test } from 'vitest'
import { defineNode, type NodeType, type Outputs, type Row } from '#runtime/sdk/index.ts'
import { notJson } from './json-safe.ts'
import { nodeChecks } from './node-checks.ts'

function node(
  process: (batch: readonly Row[]) => Outputs<'rows'> | Promise<Outputs<'rows'>>,
  more: Partial<NodeType> = {},
): NodeType {
  return {
    ...defineNode({
      type: 'test-checked',
      version: 1,
      role: 'transform',
      effect: 'pure',
      scope: 'row',
      title: { en: 'Checked', ko: '검사' },
      help: { en: 'Is checked.', ko: '검사해요.' },
      icon: 'x',
      ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
      config: Type.Object({}, { additionalProperties: false }),
      defaults: {},
      columns: (_config, inputs) => ({ out: { rows: inputs.rows ?? [] } }),
      process,
      examples: [{ config: {}, in: [{ n: 'a' }, { n: 'b' }], out: { rows: [{ n: 'a' }, { n: 'b' }] } }],
    }),
    ...more,
  }
}

/** What the kit says about a node, by the name of the check. */
async function faultsOf(type: unknown): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {}
  // Whatever a file brings is checked, whether it is a node type or not.
  for (const { name, run } of nodeChecks(type as NodeType)) {
    const faults = await run()
    if (faults.length > 0) found[name.en] = faults
  }
  return found
}

test('a good node has nothing to mend', async () => {
  expect(await faultsOf(node((batch) => ({ rows: batch })))).toEqual({})
})

test('what is no node type is said once, and nothing else is looked at', async () => {
  expect(await faultsOf({ type: 'Not Kebab' })).toEqual({
    'has the shape of a node type': ['`type` must be a name like "my-step" (small letters, digits, hyphens).'],
  })
})

test('rows that come out differently are named by port, row and both values', async () => {
  const found = await faultsOf(node((batch) => ({ rows: batch.map((row) => ({ ...row, n: 'x' })) })))
  expect(found['example 1 comes out as it says']).toEqual([
    'port "rows", row 1: wanted {"n":"a"}, came {"n":"x"}',
    'port "rows", row 2: wanted {"n":"b"}, came {"n":"x"}',
  ])
})

test('a node that remembers between batches is found', async () => {
  let calls = 0
  const found = await faultsOf(node((batch) => ({ rows: batch.map((row) => ({ ...row, n: String(++calls) })) })))
  expect(found['example 1 comes out the same again, and row by row']?.[0]).toMatch(/^the second time: port "rows", row 1/)
})

test('one that stops for everybody when a value is empty, or never ends, is found', async () => {
  const throws = await faultsOf(node((batch) => ({ rows: batch.map((row) => ({ n: (row['n'] as string).trim() })) })))
  expect(throws['example 1 goes on with empty values']?.[0]).toMatch(/^empty values stop the whole step/)
  const endless = node(() => new Promise(() => undefined))
  const stops = nodeChecks(endless).find(({ name }) => name.en === 'example 1 ends when it is told to stop')
  expect(await stops?.run()).toEqual(['it was still at work 2 s after context.signal fired'])
})

test('columns that are not as promised, values that JSON cannot hold, holes in defaults and texts are found', async () => {
  const found = await faultsOf(
    node((batch) => ({ rows: batch.map((row) => ({ ...row, at: new Date(0) as unknown as string })) }), {
      config: Type.Object({ size: Type.Integer() }),
      defaults: { other: 1 },
      title: { en: 'Checked', ko: '' },
    }),
  )
  expect(found['has the shape of a node type']).toEqual(['`title` must have a text in `en` and in `ko`.'])
  const form = await faultsOf(
    node((batch) => ({ rows: batch }), { config: Type.Object({ size: Type.Integer() }), defaults: { other: 1 } }),
  )
  expect(form['starts with a config that its form can show']).toEqual([
    'defaults.other: the config has no such field',
    'defaults.size: the config needs this field; give it a value to start from',
  ])
  expect(form['has its texts in Korean and English']).toEqual(['size: no title'])
  const values = await faultsOf(
    node((batch) => ({ rows: batch.map((row) => ({ ...row, at: new Date(0) as unknown as string })) })),
  )
  expect(values['example 1 has the columns that were promised']?.[0]).toBe(
    'port "rows", row 1: columns() promises n; the row has at, n',
  )
  expect(values['example 1 gives values that JSON can hold']).toEqual(['rows/0/at: a Date', 'rows/1/at: a Date'])
})

test('what JSON cannot hold is found at its place', () => {
  expect(notJson({ a: [1, 'x', null, true, { b: 2 }] })).toEqual([])
  expect(notJson({ a: [Number.NaN], b: undefined, c: new Map(), d: 1n })).toEqual([
    'a/0: NaN',
    'b: undefined',
    'c: a Map',
    'd: bigint',
  ])
})
