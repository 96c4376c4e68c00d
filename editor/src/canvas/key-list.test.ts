import { expect, test } from 'vitest'
import { canvasKeys } from './canvas-keys.ts'
import { KEYS } from './key-list.ts'

/** The browser's own events, the search of every screen, and the way to the folded view and back: they have no act in the canvas' list. */
const ELSEWHERE = ['copy', 'cut', 'paste', 'find', 'fold']

test('the list of keys shows every key that the canvas handles, and no other', () => {
  expect(KEYS.map(({ key }) => key).toSorted()).toEqual([...canvasKeys.map(({ name }) => name), ...ELSEWHERE].toSorted())
})
