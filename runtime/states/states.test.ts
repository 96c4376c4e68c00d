import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MESSAGE_STATES, RUN_STATES } from '#schemas/states.ts'
import { MESSAGE_MOVES, MESSAGE_RANK, messageStateNumber, messageStateOf, messageStatesBefore } from './message-states.ts'
import { RUN_ENDS, RUN_MOVES, runStateNumber, runStateOf, runStatesBefore } from './run-states.ts'
import { statesPage } from './states-page.ts'

test('docs/states.md says what the tables say', () => {
  const page = readFileSync('docs/states.md', 'utf8')
  for (const part of Object.values(statesPage())) expect(page).toContain(part)
})

test('numbers and states go both ways, and a foreign number is refused', () => {
  for (const state of RUN_STATES) expect(runStateOf(runStateNumber(state))).toBe(state)
  for (const state of MESSAGE_STATES) expect(messageStateOf(messageStateNumber(state))).toBe(state)
  expect(() => runStateOf(99)).toThrow('99')
  expect(() => messageStateOf(-1)).toThrow('-1')
})

test('a run ends in one of three states, and every other state leads to an end', () => {
  expect(RUN_ENDS).toEqual(['completed', 'failed', 'cancelled'])
  for (const state of RUN_STATES) if (!RUN_ENDS.includes(state)) expect(RUN_MOVES[state]).toContain('cancelled')
  // Sending again opens a run that is over, and nothing else does.
  for (const state of RUN_ENDS) expect(RUN_MOVES[state]).toEqual(state === 'failed' ? [] : ['sending'])
})

test('what stands before a state is what may become it', () => {
  expect(runStatesBefore('settling')).toEqual([runStateNumber('sending')])
  expect(messageStatesBefore('delivered')).toEqual(
    ['sent', 'errored', 'failed', 'unconfirmed'].map((s) => MESSAGE_STATES.indexOf(s as 'sent')),
  )
})

test('reports only lead forward: no legal move of a stored message lowers the rank, except a failure that is reported and a wish to send again', () => {
  expect([...MESSAGE_RANK].toSorted()).toEqual([...MESSAGE_STATES].toSorted())
  for (const from of MESSAGE_STATES) {
    if (from === 'pending' || from === 'sending') continue
    for (const to of MESSAGE_MOVES[from])
      if (to !== 'failed' && to !== 'errored')
        expect(MESSAGE_RANK.indexOf(to), `${from} → ${to}`).toBeLessThan(MESSAGE_RANK.indexOf(from))
  }
})
