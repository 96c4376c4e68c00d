import { expect, test } from 'vitest'
import { stateOfAll } from './worker-children.ts'

test('several workers are as well as the best of them', () => {
  expect(stateOfAll(['down', 'ok', 'starting'])).toBe('ok')
  expect(stateOfAll(['down', 'starting'])).toBe('starting')
  expect(stateOfAll(['down', 'down'])).toBe('down')
})
