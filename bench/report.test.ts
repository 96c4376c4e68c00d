import { expect, test } from 'vitest'
import { mergeLines } from './report.ts'

test('a job that is measured alone takes its old place, and leaves those of the other jobs', () => {
  const old = [
    { job: 'bulk', unit: 'messages/s', ours: 1 },
    { job: 'single', unit: 'messages/s', ours: 2 },
    { job: 'single', unit: 'MB', ours: 3 },
  ]
  expect(mergeLines(old, [{ job: 'single', unit: 'messages/s', ours: 4 }])).toEqual([
    { job: 'single', unit: 'messages/s', ours: 4 },
    { job: 'bulk', unit: 'messages/s', ours: 1 },
    { job: 'single', unit: 'MB', ours: 3 },
  ])
})
