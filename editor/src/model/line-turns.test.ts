import { expect, test } from 'vitest'
import { chain, types } from './fixture.ts'
import { turnOf } from './line-turns.ts'

test('lines out of one card bend one after the other, the highest port last', () => {
  const document = chain()
  const lines = [
    { id: 'a', source: 'send', sourcePort: 'sent', target: 'fill', targetPort: 'rows' },
    { id: 'b', source: 'send', sourcePort: 'undelivered', target: 'fill', targetPort: 'rows' },
  ]
  const branched = { document: { ...document, edges: [...document.edges, ...lines] }, types }
  const [first, second] = lines.map(({ source, sourcePort: port }) => turnOf(branched, { source, port }))
  expect(first).toBeGreaterThan(0)
  expect(second).toBe(-(first ?? 0))
  expect(turnOf({ document, types }, { source: 'send', port: 'sent' })).toBeNull()
  expect(turnOf(branched, { source: 'send', port: 'gone' })).toBeNull()
})
