import { expect, test } from 'vitest'
import { labelGaps } from '#runtime/sdk/test/label-gaps.ts'
import { testNode } from '#runtime/sdk/test/test-node.ts'
import { builtInNodes, builtInProviders } from './all.ts'

for (const type of builtInNodes) testNode(type)

test('a field without a label, or in one language only, is found', () => {
  const text = { 'x-text': { title: { en: 'A', ko: '' }, options: { x: { en: 'X', ko: '엑스' } } } }
  const schema = { properties: { a: {}, b: { ...text, enum: ['x', 'y'] }, c: { 'x-form': { widget: 'hidden' } } } }
  expect(labelGaps(schema)).toEqual(['a: no title', 'b: title without ko', 'b: no y'])
})

test.each(builtInProviders.map((provider) => [provider.kind, provider] as const))(
  '%s has labels in both languages',
  (_kind, provider) => {
    expect([...labelGaps(provider.settings), ...labelGaps(provider.secrets)]).toEqual([])
  },
)
