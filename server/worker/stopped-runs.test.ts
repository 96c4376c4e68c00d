import { expect, test } from 'vitest'
import { StoppedRuns } from './stopped-runs.ts'

test('what is heard counts at once; a run that goes on is stopped no more', () => {
  const runs = new StoppedRuns()
  runs.heard('a')
  expect(runs.has('a')).toBe(true)
  runs.heard('-a')
  expect(runs.has('a')).toBe(false)
})

test('a look replaces what was heard before it began, but not what was heard meanwhile', () => {
  const runs = new StoppedRuns()
  runs.heard('old')
  runs.look()
  runs.heard('new')
  runs.heard('-resumed')
  runs.learn(new Set(['found', 'resumed']))
  expect(['old', 'new', 'found', 'resumed'].filter((id) => runs.has(id))).toEqual(['new', 'found'])
})
