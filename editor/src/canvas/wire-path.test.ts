import { expect, test } from 'vitest'
import { wirePath } from './wire-path.ts'

/** Where a line of this path goes straight up or down: its x, each once. */
function bendsOf(ends: Parameters<typeof wirePath>[0], turn: number | null = null): number[] {
  const path = wirePath(ends, turn)
  if (path.kind === 'wrap') return []
  const points = [...path.path.matchAll(/(-?[\d.]+)[ ,](-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))
  return [
    ...new Set(
      points.filter((point, at) => at > 0 && points[at - 1]?.x === point.x && points[at - 1]?.y !== point.y).map(({ x }) => x),
    ),
  ]
}

test('between neighbouring cards a line bends once, and lines of one card bend beside each other', () => {
  // The gap of two columns, without the rings of the ports.
  const ends = { sourceX: 0, sourceY: 0, targetX: 36, targetY: 90 }
  expect(bendsOf(ends)).toEqual([18])
  expect(bendsOf(ends, 9)).toEqual([27])
  expect(bendsOf({ ...ends, targetY: -90 }, 9)).toEqual([9])
  // Never behind the ports.
  expect(bendsOf(ends, 40)).toEqual([32])
})

test('a long line bends beside the card where ways part, else beside the one where they meet', () => {
  const ends = { sourceX: 0, sourceY: 0, targetX: 476, targetY: 90 }
  expect(bendsOf(ends, 0)).toEqual([18])
  expect(bendsOf(ends)).toEqual([458])
})

test('a line to the left goes around', () => {
  expect(bendsOf({ sourceX: 300, sourceY: 0, targetX: 200, targetY: 90 }).length).toBeGreaterThan(1)
})
