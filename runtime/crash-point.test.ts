import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { crashPoints } from './crash-point.ts'

test('without a setting nothing happens', () => {
  const sent: string[] = []
  crashPoints(undefined, (name) => sent.push(name))('after-claim')
  expect(sent).toEqual([])
})

test.each([
  ['after-claim', 'SIGKILL', 1],
  ['after-claim:stop', 'SIGSTOP', 1],
  ['after-claim:kill:3', 'SIGKILL', 3],
] as const)('%s: %s at passage %i, and at no other', (setting, signal, nth) => {
  const sent: [number, string][] = []
  let passage = 0
  const crash = crashPoints(setting, (name) => sent.push([passage, name]))
  for (passage = 1; passage <= 5; passage++) {
    crash('after-record')
    crash('after-claim')
  }
  expect(sent).toEqual([[nth, signal]])
})

test('an order in a file is obeyed once, by one process; the next order counts from its own beginning', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-crash-'))
  const file = join(folder, 'order')
  const sent: string[] = []
  const first = crashPoints(file, () => sent.push('first'))
  const second = crashPoints(file, () => sent.push('second'))
  first('mid-call')
  writeFileSync(file, 'mid-call:kill:2 round 1')
  first('mid-call')
  second('mid-call')
  expect(sent).toEqual([])
  second('mid-call')
  first('mid-call')
  expect(sent).toEqual(['second'])
  expect(existsSync(file)).toBe(false)
  expect(existsSync(`${file}.fired`)).toBe(true)
  rmSync(folder, { recursive: true })
})
