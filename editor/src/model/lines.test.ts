import { expect, test } from 'vitest'
import { chain } from './fixture.ts'
import { inFlowOrder, tidyPositions, wraps } from './lines.ts'
import { COLUMN_WIDTH, freePlace, LINE_HEIGHT, placeAfter } from './placing.ts'

test('the fifth step begins the second line, and its line wraps', () => {
  const positions = tidyPositions(chain())
  expect(positions.send).toEqual({ x: 0, y: LINE_HEIGHT })
  expect(positions.text).toEqual({ x: 3 * COLUMN_WIDTH, y: 0 })
  const line = (sourceX: number, sourceY: number, [targetX, targetY]: [number, number]) =>
    wraps({ sourceX, sourceY, targetX, targetY })
  expect(line(660 + 172, 26, [0, 172])).toBe(true)
  expect(line(220 + 172, 26, [0, 172])).toBe(true)
  expect(line(172, 26, [220, 26])).toBe(false)
  // Down to the next row in the same column: drawn as it is.
  expect(line(660 + 172, 80, [660, 272])).toBe(false)
})

test('a side door hangs lower to the right', () => {
  const document = chain()
  document.nodes.push({ id: 'sms', type: 'send-sms', typeVersion: 1, position: { x: 0, y: 0 }, config: {} })
  document.edges.push({ id: 'e5', source: 'send', sourcePort: 'undelivered', target: 'sms', targetPort: 'messages' })
  expect(tidyPositions(document).sms).toEqual({ x: COLUMN_WIDTH, y: LINE_HEIGHT + 100 })
})

test('no two cards cover each other, also with branches and circles', () => {
  const document = chain()
  for (let n = 0; n < 12; n += 1) {
    document.nodes.push({ id: `n${n}`, type: 'filter', typeVersion: 1, position: { x: 0, y: 0 }, config: {} })
    document.edges.push({
      id: `x${n}`,
      source: n % 2 ? `n${n - 1}` : 'audience',
      sourcePort: 'rows',
      target: `n${n}`,
      targetPort: 'rows',
    })
  }
  document.edges.push({ id: 'circle', source: 'n11', sourcePort: 'rest', target: 'n10', targetPort: 'rows' })
  const places = Object.values(tidyPositions(document)).map(({ x, y }) => `${x}/${y}`)
  expect(new Set(places).size).toBe(document.nodes.length)
  expect(new Set(inFlowOrder(document)).size).toBe(document.nodes.length)
})

test('a place that is taken moves down; after a full line comes the next', () => {
  expect(freePlace(chain(), { x: 220, y: 0 }).y).toBeGreaterThan(0)
  expect(placeAfter(chain(), 'text', false)).toEqual({ x: 0, y: LINE_HEIGHT })
})
