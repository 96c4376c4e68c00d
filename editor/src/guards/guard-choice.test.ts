import { expect, test } from 'vitest'
import type { Guards } from '#schemas/guards.ts'
import { figureOf, modeOf, withFigure, withMode } from './guard-choice.ts'

const guards: Guards = { maxRecipients: null, jump: { factor: 5 } }

test('not set, switched off and an own figure are three things', () => {
  expect(modeOf(guards, 'maxRecipients')).toBe('off')
  expect(modeOf(guards, 'jump')).toBe('own')
  expect(modeOf(guards, 'cost')).toBe('default')
  expect(figureOf(guards, 'jump')).toBe(5)
})

test('a figure is set, switched off, and taken away without a trace', () => {
  expect(withFigure(guards, 'cost', 1_000)).toEqual({ ...guards, cost: 1_000 })
  expect(withFigure(guards, 'jump', null)).toEqual({ maxRecipients: null, jump: null })
  expect(withFigure(guards, 'jump', undefined)).toEqual({ maxRecipients: null })
})

test('an own figure begins with the one that held so far', () => {
  expect(withMode({}, 'maxRecipients', { mode: 'own', workspace: { maxRecipients: 500 } })).toEqual({ maxRecipients: 500 })
  expect(withMode({}, 'maxRecipients', { mode: 'own', workspace: {} })).toEqual({ maxRecipients: 1_000_000 })
  expect(withMode({}, 'cost', { mode: 'own', workspace: { cost: null } })).toEqual({ cost: 100_000 })
  expect(withMode(guards, 'jump', { mode: 'default', workspace: {} })).toEqual({ maxRecipients: null })
})
