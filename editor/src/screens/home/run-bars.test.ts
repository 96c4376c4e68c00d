import { expect, test } from 'vitest'
import { barHeights } from './run-bars.tsx'

test('a handful of failures among thousands can be seen, and so can a handful sent among failures', () => {
  expect(barHeights(4_935, 11, 4_946)).toEqual({ height: 30, bad: 5 })
  expect(barHeights(2, 998, 1_000)).toEqual({ height: 30, bad: 25 })
  expect(barHeights(0, 10, 10)).toEqual({ height: 30, bad: 30 })
})

test('a small run beside a big one is still a bar, with its failures', () => {
  expect(barHeights(3, 0, 5_000)).toEqual({ height: 5, bad: 0 })
  expect(barHeights(3, 1, 5_000)).toEqual({ height: 10, bad: 5 })
  expect(barHeights(0, 0, 5_000)).toEqual({ height: 5, bad: 0 })
})
