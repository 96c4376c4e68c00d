import { expect, test } from 'vitest'
import { roomForHeads } from './column-widths.ts'

test('a head over one narrow column can be read: the last of its columns takes what is missing', () => {
  expect(roomForHeads([80], [1])).toEqual([190])
  expect(roomForHeads([120, 120, 56], [2, 1])).toEqual([120, 120, 190])
  expect(roomForHeads([60, 60, 100], [2, 1])).toEqual([60, 130, 190])
  expect(roomForHeads([], [0])).toEqual([])
})
