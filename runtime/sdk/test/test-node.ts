import { describe, expect, test } from 'vitest'
import { faultOfNodeType } from '#runtime/node-faults.ts'
import { portsOf } from '#runtime/ports.ts'
import type { NodeType } from '#runtime/sdk/index.ts'
import type { NodeExample } from '#schemas/node.ts'
import { columnsOf, configOf, runExample } from './example.ts'
import { labelGaps } from './label-gaps.ts'

/**
 * The tests that every node type has to pass, for a file of vitest's. They check its shape, its labels in both languages, its defaults, and
 * run its examples: rows go in frozen, through the same flow as a real run, and must come out as the example says, with the columns
 * that `columns()` promises.
 *
 * @example
 * import { testNode } from '#runtime/sdk/test/test-node.ts'
 * import maskName from './mask-name.ts'
 * testNode(maskName)
 */
export function testNode(type: NodeType): void {
  describe(`node type ${type.type}`, () => {
    test('has the shape of a node type', () => {
      expect(faultOfNodeType(type)).toBeNull()
    })
    test('labels, help and choices are there in Korean and English', () => {
      expect(labelGaps(type.config)).toEqual([])
      expect([type.title.en, type.title.ko, type.help?.en, type.help?.ko].filter((text) => !text)).toEqual([])
    })
    test('what a new step starts with belongs to its config', () => {
      const { properties = {} } = type.config as { properties?: Record<string, unknown> }
      expect(Object.keys(type.defaults).filter((key) => !(key in properties))).toEqual([])
    })
    test('shows at least one example', () => {
      expect(type.examples.length).toBeGreaterThan(0)
    })
    for (const [index, example] of type.examples.entries()) testExample(type, { example, name: `example ${index + 1}` })
  })
}

function testExample(type: NodeType, { example, name }: { example: NodeExample; name: string }): void {
  test(`${name} has a config that fits, and a line about it`, () => {
    const config = configOf(type, example)
    const line = type.summary?.(config, { described: null, describeFailed: true, timezone: 'Asia/Seoul', connection: () => null })
    if (line) expect([line.en, line.ko].filter((text) => text.trim() === '')).toEqual([])
  })
  if (!example.in) return
  test(`${name} has no problem`, () => {
    expect(columnsOf(type, example).problems ?? []).toEqual([])
  })
  test(`${name} comes out as it says`, async () => {
    const given = await runExample(type, example)
    const wanted = example.out ?? {}
    expect(Object.fromEntries(Object.entries(given).filter(([, items]) => items.length > 0))).toEqual(
      Object.fromEntries(Object.entries(wanted).filter(([, items]) => items.length > 0)),
    )
  })
  test(`${name} has the columns that were promised`, async () => {
    const { out } = columnsOf(type, example)
    const given = await runExample(type, example)
    for (const [port, { kind }] of Object.entries(portsOf(type).out)) {
      if (kind !== 'rows' || port === 'failed') continue
      const names = out[port]?.map((column) => column.name).sort()
      // Rows of a `rows` port are records.
      for (const row of (given[port] ?? []) as object[]) expect(Object.keys(row).sort(), `columns of "${port}"`).toEqual(names)
    }
  })
}
