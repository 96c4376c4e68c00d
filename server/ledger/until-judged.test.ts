import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { untilJudged } from './until-judged.ts'

/** Says "once more" so many times. */
function sayer(times: number): { say: () => Promise<boolean>; count: () => number } {
  let count = 0
  return { say: () => Promise.resolve(++count > times), count: () => count }
}

test('it is said until it is heard, and given up after the last look', async () => {
  const [soon, never] = [sayer(2), sayer(Infinity)]
  await untilJudged(soon.say, { waitsMs: [1, 1, 1, 1] })
  await untilJudged(never.say, { waitsMs: [1, 1] })
  expect([soon.count(), never.count()]).toEqual([3, 3])
})

test('a process that ends says it a last time and waits no longer', async () => {
  const never = sayer(Infinity)
  const stop = new AbortController()
  const said = untilJudged(never.say, { waitsMs: [3_600_000, 3_600_000], signal: stop.signal })
  await setImmediate()
  stop.abort()
  await said
  expect(never.count()).toBe(2)
})
