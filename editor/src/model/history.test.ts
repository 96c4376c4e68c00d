import { expect, test } from 'vitest'
import type { Change } from './change.ts'
import { emptyHistory, type Moved, perform, redo, undo } from './history.ts'
import { chain } from './fixture.ts'

const start = (): Moved => ({ document: chain(), history: emptyHistory })
const typed = (text: string): Change => ({ kind: 'configure', nodeId: 'text', config: { text } })

test('undo and redo walk through the steps', () => {
  let state = perform(start(), { kind: 'label', nodeId: 'text', label: 'a' }, { now: 0 })
  state = perform(state, { kind: 'remove', nodeIds: ['fill'], edgeIds: [] }, { now: 1 })
  expect(undo(undo(state)).document).toEqual(chain())
  expect(redo(redo(undo(undo(state)))).document).toEqual(state.document)
  expect(undo(start())).toEqual(start())
})

test('typing in one field is one step, a pause begins another', () => {
  let state = perform(start(), typed('ㅇ'), { now: 0, mergeKey: 'text/text' })
  state = perform(state, typed('안'), { now: 400, mergeKey: 'text/text' })
  state = perform(state, typed('안녕'), { now: 5000, mergeKey: 'text/text' })
  expect(state.history.past).toHaveLength(2)
  expect(undo(state).document.nodes[3]?.config).toEqual({ text: '안' })
  expect(undo(undo(state)).document).toEqual(chain())
})

test('typing in another field, and anything in between, is a step of its own', () => {
  let state = perform(start(), typed('a'), { now: 0, mergeKey: 'text/text' })
  state = perform(state, typed('b'), { now: 1, mergeKey: 'text/title' })
  state = perform(state, { kind: 'label', nodeId: 'text', label: 'x' }, { now: 2 })
  state = perform(state, typed('c'), { now: 3, mergeKey: 'text/title' })
  expect(state.history.past).toHaveLength(4)
})

test('a drag in many moves is one step back', () => {
  let state = start()
  for (let x = 1; x <= 50; x += 1)
    state = perform(state, { kind: 'move', positions: { fill: { x, y: x } } }, { now: x, mergeKey: 'move' })
  expect(state.history.past).toHaveLength(1)
  expect(undo(state).document).toEqual(chain())
})

test('a new change forgets what was undone', () => {
  const undone = undo(perform(start(), typed('a'), { now: 0 }))
  const state = perform(undone, { kind: 'label', nodeId: 'text', label: 'x' }, { now: 1 })
  expect(redo(state)).toBe(state)
})
