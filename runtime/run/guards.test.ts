import { expect, test } from 'vitest'
import { DEFAULT_GUARDS } from '#schemas/guards.ts'
import { guardsOf, judgeAudience, judgePrepared, judgesPrepared } from './guards.ts'

const audience = { total: 500, leftOut: 20, last: null }

test("a workflow's guard counts before the workspace's, and that before the built-in one; null switches one off", () => {
  expect(guardsOf(undefined, {})).toEqual(DEFAULT_GUARDS)
  expect(guardsOf({ maxRecipients: 5 }, { maxRecipients: 9, empty: 'wait' })).toMatchObject({ maxRecipients: 5, empty: 'wait' })
  expect(guardsOf({ maxRecipients: null }, { maxRecipients: 9 }).maxRecipients).toBeNull()
})

test('the maximum counts those to be sent to, and is reached only above it', () => {
  expect(judgeAudience(guardsOf({ maxRecipients: 480 }, {}), audience)).toBeNull()
  expect(judgeAudience(guardsOf({ maxRecipients: 479 }, {}), audience)).toEqual({
    code: 'guard-recipients',
    fields: { count: 480, limit: 479 },
  })
})

test('nobody to send to ends the run by itself, or waits where that is wished', () => {
  const nobody = { total: 20, leftOut: 20, last: 1000 }
  expect(judgeAudience(guardsOf({}, {}), nobody)).toBeNull()
  expect(judgeAudience(guardsOf({ empty: 'wait' }, {}), nobody)).toEqual({ code: 'guard-empty', fields: {} })
})

test('a jump is more than three times, or less than a third, of a last run that was large enough', () => {
  const judge = (total: number, last: number | null) => judgeAudience(guardsOf({}, {}), { total, leftOut: 0, last })?.code
  expect([judge(300, 100), judge(301, 100), judge(100, 300), judge(99, 300)]).toEqual([
    undefined,
    'guard-jump',
    undefined,
    'guard-jump',
  ])
  expect([judge(900, 99), judge(900, null)]).toEqual([undefined, undefined])
  expect(judgeAudience(guardsOf({ jump: null }, {}), { total: 9000, leftOut: 0, last: 100 })).toBeNull()
})

test('two findings at once: the first is named, the figures of both are there', () => {
  expect(judgeAudience(guardsOf({ maxRecipients: 10 }, {}), { total: 1000, leftOut: 100, last: 100 })).toEqual({
    code: 'guard-recipients',
    fields: { count: 900, limit: 10, last: 100, factor: 3 },
  })
})

test('missing values and cost are judged only where they are set; what cannot be known is asked of a person', () => {
  expect(judgesPrepared(guardsOf({}, {}))).toBe(false)
  expect(judgesPrepared(guardsOf({ cost: 1000 }, {}))).toBe(true)
  const guards = guardsOf({ missingValues: 3, cost: 1000 }, {})
  expect(judgePrepared(guards, { missing: 3, cost: 1000 })).toBeNull()
  expect(judgePrepared(guards, { missing: 4, cost: null })).toEqual({ code: 'guard-missing', fields: { count: 4, limit: 3 } })
  expect(judgePrepared(guards, { missing: 0, cost: null })).toEqual({ code: 'guard-unknown', fields: {} })
  expect(judgePrepared(guardsOf({ missingValues: 3 }, {}), { missing: 0, cost: null })).toBeNull()
  expect(judgePrepared(guards, { missing: 0, cost: 1001 })).toEqual({ code: 'guard-cost', fields: { count: 1001, limit: 1000 } })
})
