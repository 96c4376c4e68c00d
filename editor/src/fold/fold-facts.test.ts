import { expect, test } from 'vitest'
import type { AudienceCheck } from '#schemas/audience.ts'
import type { Problem } from '#schemas/problem.ts'
import { audienceOf, entryOf, problemsOf } from './fold-facts.ts'

const fold = { people: ['rows', 'leave-out'], content: ['fill', 'text'], sending: ['start', 'talk', 'sms'] }

test('a problem lies on the card of its step; one of no step where it would be run; remarks on none', () => {
  const problem = (nodeId: string | undefined, severity: Problem['severity'] = 'error'): Problem => ({
    ...(nodeId !== undefined && { nodeId }),
    code: 'x',
    severity,
    message: { en: '', ko: '' },
  })
  const all = [problem('text'), problem(undefined), problem('leave-out', 'warning'), problem('rows', 'info'), problem('gone')]
  const found = problemsOf(fold, all)
  expect(found.people).toEqual([all[2]])
  expect(found.content).toEqual([all[0]])
  expect(found.sending).toEqual([all[1], all[4]])
})

test('how many get it is what the first channel can send; who is left out counts by reason, the most first', () => {
  const left = (nodeId: string, code: string, count: number) => ({ nodeId, code, message: code, count })
  const check: AudienceCheck = {
    id: '1',
    state: 'done',
    people: 500,
    complete: true,
    limit: 200_000,
    tookMs: 1,
    missing: [],
    leftOut: [
      left('leave-out', 'duplicate', 3),
      left('rows', 'opted-out', 4),
      left('leave-out', 'opted-out', 5),
      left('fill', 'no', 1),
    ],
    channels: ['talk', 'sms'].map((nodeId, place) => ({
      nodeId,
      channel: nodeId,
      fallback: place > 0,
      messages: 487 + place,
      kinds: {},
      refused: [],
      repeated: 0,
      cases: { longest: null, missing: null, costliest: null, tooLong: null, notCarried: null },
    })),
    error: null,
  }
  const audience = audienceOf(check, fold, 'talk')
  expect(audience).toMatchObject({ counted: true, people: 487, read: 500 })
  expect(audience?.leftOut.map(({ code, count }) => [code, count])).toEqual([
    ['opted-out', 9],
    ['duplicate', 3],
  ])
  // Half a count is none, and neither is one that ended at its limit.
  expect(audienceOf({ ...check, state: 'running' }, fold, 'talk')?.counted).toBe(false)
  expect(audienceOf({ ...check, complete: false }, fold, 'talk')?.counted).toBe(false)
  expect(audienceOf({ ...check, error: { code: 'x', message: '' } }, fold, 'talk')).toBeNull()
  expect(audienceOf(null, fold, 'talk')).toBeNull()
})

test('a person is known by what her text says of her', () => {
  const variables = { 상호명: '행복분식', 리뷰수: '128건', 메모: ' ', 평점: '4.6점', 기간: '11월\n16일' }
  expect(entryOf({ name: '임**', address: '010', variables })).toEqual({ title: '행복분식', line: '임** · 128건 · 4.6점' })
  expect(entryOf({ name: null, address: '010-****-0001', variables: { 이름: '김하나' } })).toEqual({
    title: '김하나',
    line: '010-****-0001',
  })
  expect(entryOf({ name: '임**', address: '010', variables: {} })).toEqual({ title: '임**', line: '' })
  expect(entryOf({ name: '김하나', address: null, variables: { 이름: '김하나' } })).toEqual({ title: '김하나', line: '' })
})
