import { expect, test } from 'vitest'
import { cronOf, planOf } from './cron.ts'

test.each(['5 * * * *', '30 9 * * *', '0 9 * * 1', '0 9 * * 1,3,5', '0 9 15 * *', '0 18 L * *'])(
  '%s has a friendly form that gives it back',
  (cron) => {
    const plan = planOf(cron)
    expect(plan.kind).not.toBe('custom')
    if (plan.kind !== 'custom') expect(cronOf(plan)).toBe(cron)
  },
)

test('what has no friendly form is left as it is', () => {
  expect(planOf('*/5 * * * *').kind).toBe('custom')
  expect(planOf('0 9 1 * 1').kind).toBe('custom')
  expect(planOf('0 9 * 6 *').kind).toBe('custom')
  for (const none of ['', '* * * *', '60 * * * *', '0 24 * * *', '0 9 32 * *', '0 9 0 * *', '0 9 L * 1'])
    expect(planOf(none).kind, none).toBe('custom')
})
