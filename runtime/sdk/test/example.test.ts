import Type from 'typebox'
import { expect, test } from 'vitest'
import { defineNode, type NodeType, type Outputs, type Row } from '#runtime/sdk/index.ts'
import { columnsOf, configOf, runExample } from './example.ts'

function node(process: (batch: readonly Row[]) => Outputs<'rows'>): NodeType {
  return defineNode({
    type: 'test-example',
    version: 1,
    role: 'transform',
    effect: 'pure',
    scope: 'row',
    title: { en: 'Example', ko: '예' },
    icon: 'x',
    ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
    config: Type.Object({ times: Type.Integer({ default: 2 }) }, { additionalProperties: false }),
    defaults: {},
    columns: (_config, inputs) => ({ out: { rows: inputs.rows ?? [] } }),
    process,
    examples: [],
  })
}
const example = { config: {}, in: [{ name: 'a' }, { name: 'b' }] }

test('rows come out by port, with defaults in the config and columns from the rows', async () => {
  const copy = node((batch) => ({ rows: batch.map((row) => ({ ...row })) }))
  expect(configOf(copy, example)).toEqual({ times: 2 })
  expect(columnsOf(copy, example).out).toEqual({ rows: [{ name: 'name', type: 'text' }] })
  expect(await runExample(copy, example)).toEqual({ rows: example.in })
})

test('a node that changes what it was given is found', async () => {
  const changes = node((batch) => {
    for (const row of batch) (row as Record<string, unknown>)['name'] = 'x'
    return { rows: batch }
  })
  await expect(runExample(changes, example)).rejects.toThrow(/read only/)
})

test('a node that loses rows, or gives some at a port it does not have, is found', async () => {
  await expect(
    runExample(
      node((batch) => ({ rows: batch.slice(1) })),
      example,
    ),
  ).rejects.toThrow(/2/)
  // A plugin in JavaScript has no compiler to tell it.
  const elsewhere = node((batch) => ({ others: batch }) as Outputs<'rows'>)
  await expect(runExample(elsewhere, example)).rejects.toThrow(/others/)
})

test('a config that the schema refuses is named', () => {
  expect(() =>
    configOf(
      node((batch) => ({ rows: batch })),
      { config: { times: 'x' } },
    ),
  ).toThrow('config/times must be integer')
})
