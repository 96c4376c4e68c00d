import { expect, test } from 'vitest'
import { problemCounter, type CounterLimits } from './problem-counter.ts'
import type { WorkflowRow } from './rows.ts'

const limits: CounterLimits = { kept: 3, freshMs: 60_000, patienceMs: 30, atOnce: 2 }
// The counter reads these two only.
const row = (id: string, revision = 1) => ({ id, revision }) as WorkflowRow
const error = { severity: 'error' as const }
const warning = { severity: 'warning' as const }

test('a draft is judged once a revision', async () => {
  let asked = 0
  const count = problemCounter(
    {
      thoroughly: () => {
        asked += 1
        return Promise.resolve([error, warning, warning])
      },
      atOnce: () => Promise.resolve([]),
    },
    limits,
  )
  expect([await count(row('a')), await count(row('a'))]).toEqual([
    { errors: 1, warnings: 2 },
    { errors: 1, warnings: 2 },
  ])
  expect(asked).toBe(1)
  await count(row('a', 2))
  expect(asked).toBe(2)
})

test('a database that does not answer holds nobody up, and its answer is taken when it comes', async () => {
  let answer: (problems: (typeof error)[]) => void = () => undefined
  const count = problemCounter(
    {
      thoroughly: () => new Promise((resolve) => (answer = resolve)),
      atOnce: () => Promise.resolve([warning]),
    },
    limits,
  )
  expect(await count(row('a'))).toEqual({ errors: 0, warnings: 1 })
  answer([error])
  expect(await count(row('a'))).toEqual({ errors: 1, warnings: 0 })
})

test('one that fails is asked again the next time', async () => {
  let asked = 0
  const count = problemCounter(
    {
      thoroughly: () => {
        asked += 1
        return asked === 1 ? Promise.reject(new Error('gone')) : Promise.resolve([error])
      },
      atOnce: () => Promise.resolve([]),
    },
    limits,
  )
  expect(await count(row('a'))).toEqual({ errors: 0, warnings: 0 })
  expect(await count(row('a'))).toEqual({ errors: 1, warnings: 0 })
})

test('a few at a time', async () => {
  let now = 0
  let most = 0
  const count = problemCounter(
    {
      async thoroughly() {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 2))
        now -= 1
        return []
      },
      atOnce: () => Promise.resolve([]),
    },
    { ...limits, patienceMs: 5000 },
  )
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => count(row(id))))
  expect({ now, most }).toEqual({ now: 0, most: 2 })
})
