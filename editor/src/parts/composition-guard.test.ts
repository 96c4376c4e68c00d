import { expect, test } from 'vitest'
import { isComposing } from './composition-guard.ts'

test('a key of a composition is told by either sign', () => {
  expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true)
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true)
  expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false)
})
