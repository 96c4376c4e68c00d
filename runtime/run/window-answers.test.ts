import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Composed } from '#runtime/sdk/index.ts'
import type { PreparedRow } from './prepare.ts'
import type { Answer } from './results.ts'
import { WindowAnswers } from './window-answers.ts'

const composed: Composed = {
  kind: 'SMS',
  parts: { body: 'x' },
  variables: {},
  length: { unit: 'bytes', used: 1, limit: 90, kind: 'SMS' },
}
const ready: PreparedRow = { ready: true, composed, to: '01012345678' }
const unready: PreparedRow = { ready: false, state: 'failed', code: 'phone-invalid' }
const sent = (providerId: string): Answer => ({ state: 'sent', providerId })

test('answers come in any order; what counts is the longest beginning', () => {
  const answers = new WindowAnswers([ready, unready, ready, ready], 0)
  answers.put(2, sent('c'))
  expect(answers.answeredTo(4)).toBe(0)
  answers.put(0, sent('a'))
  expect(answers.answeredTo(4)).toBe(3)
  expect(answers.answeredTo(3)).toBe(3)
  answers.put(3, sent('d'))
  expect(answers.answeredTo(4)).toBe(4)
})

test('taken in the order of the rows, with one proof over all and the longest wait; once', () => {
  const answers = new WindowAnswers([ready, ready, ready], 0)
  answers.put(1, sent('b'), { proof: Buffer.from('2'), retryAfterMs: 500 })
  answers.put(0, sent('a'), { proof: Buffer.from('1'), retryAfterMs: 2000 })
  answers.put(2, sent('c'), { proof: Buffer.from('3') })
  const taken = answers.take(0, 2)
  expect([...taken.answered]).toEqual([
    [0, sent('a')],
    [1, sent('b')],
  ])
  expect(taken.bodyHash).toEqual(createHash('sha256').update('12').digest())
  expect(taken.retryAfterMs).toBe(2000)
  expect(answers.take(0, 2).answered.size).toBe(0)
  expect(answers.take(2, 3).retryAfterMs).toBeUndefined()
})

test('only ready rows without an answer are filled', () => {
  const answers = new WindowAnswers([ready, unready, ready, ready], 0)
  answers.put(2, sent('c'))
  const late: Answer = { state: 'failed', class: 'temporary', code: 'late', detail: '' }
  answers.fill(0, 3, late)
  expect([...answers.take(0, 4).answered]).toEqual([
    [0, late],
    [2, sent('c')],
  ])
})
