import Type from 'typebox'
import { expect, test } from 'vitest'
import { defineNode, type NodeType } from './index.ts'

// These are tests of the compiler: `tsc` fails where a line marked so compiles after all. It does not look for a wrong name beside a right
// one in what a callback returns; the flow refuses that at the first batch (`node-unknown-output`), and so do the node's examples.
const base = {
  type: 'test-ports',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Ports', ko: '포트' },
  icon: 'x',
  config: Type.Object({ plan: Type.String() }),
  defaults: {},
  examples: [],
} as const

const split = defineNode({
  ...base,
  ports: { in: { rows: 'rows' }, out: { matched: 'rows', rest: 'rows' } },
  columns: (_config, inputs) => ({ out: { matched: inputs.rows ?? [] } }),
  process: (batch, { plan }) => ({ matched: batch.filter((row) => row['plan'] === plan), failed: [], skipped: [] }),
})

const misspelt = defineNode({
  ...base,
  ports: { in: { rows: 'rows' }, out: { matched: 'rows', rest: 'rows' } },
  columns: () => ({ out: {} }),
  // @ts-expect-error: there is no port `matchd`
  process: (batch) => ({ matchd: batch }),
})

const misspeltInOpen = defineNode({
  ...base,
  ports: { in: { rows: 'rows' }, out: { matched: 'rows' } },
  columns: () => ({ out: {} }),
  // @ts-expect-error: there is no port `rest`
  open: () => ({ process: (batch) => ({ rest: batch }) }),
})

const wrongConfig = defineNode({
  ...base,
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
  columns: () => ({ out: {} }),
  // @ts-expect-error: the config has no `plann`
  process: (batch, { plann }) => ({ rows: batch.filter(() => plann) }),
})

test('the compiler says so; what it refuses is still one shape at run time', () => {
  const types: NodeType[] = [split, misspelt, misspeltInOpen, wrongConfig]
  expect(types.map(({ configType }) => configType)).toEqual(['checked', 'checked', 'checked', 'checked'])
})
