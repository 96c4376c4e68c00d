import { expect, test } from 'vitest'
import { arranged, type Arrangement } from './arrange.ts'

const boxes = [
  { name: 'a', x: 0, y: 10, width: 100, height: 50 },
  { name: 'b', x: 300, y: 0, width: 200, height: 100 },
  { name: 'c', x: 110, y: 200, width: 100, height: 60 },
]
const places = (how: Arrangement) => Object.values(arranged(boxes, how)).map(({ x, y }) => [x, y])

test('things come to one edge or middle; the other direction stays', () => {
  expect(places('left')).toEqual([
    [0, 10],
    [0, 0],
    [0, 200],
  ])
  expect(places('center')).toEqual([
    [200, 10],
    [150, 0],
    [200, 200],
  ])
  expect(places('right')).toEqual([
    [400, 10],
    [300, 0],
    [400, 200],
  ])
  expect(places('top')).toEqual([
    [0, 0],
    [300, 0],
    [110, 0],
  ])
  expect(places('middle')).toEqual([
    [0, 105],
    [300, 80],
    [110, 100],
  ])
  expect(places('bottom')).toEqual([
    [0, 210],
    [300, 160],
    [110, 200],
  ])
})

test('spreading makes the gaps the same and leaves the outermost where they are', () => {
  // 500 wide, 400 of it covered: two gaps of 50.
  expect(places('spreadAcross')).toEqual([
    [0, 10],
    [300, 0],
    [150, 200],
  ])
  // 260 high, 210 covered: two gaps of 25. The tall one begins first.
  expect(places('spreadDown')).toEqual([
    [0, 125],
    [300, 0],
    [110, 200],
  ])
})
