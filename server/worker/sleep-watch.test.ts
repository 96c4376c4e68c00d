import { expect, test } from 'vitest'
import { SleepWatch } from './sleep-watch.ts'

function clocks() {
  const at = { wall: 1_000_000, own: 5_000, up: 90_000 }
  const pass = (ms: number): void => {
    for (const name of ['wall', 'own', 'up'] as const) at[name] += ms
  }
  return { at, pass, watch: new SleepWatch({ wall: () => at.wall, own: () => at.own, uptime: () => at.up / 1000 }) }
}

test('time that passes, and a clock that is set, are no sleep', () => {
  const { at, pass, watch } = clocks()
  pass(3_600_000)
  expect(watch.slept()).toBe(false)
  at.wall += 7_200_000
  expect(watch.slept()).toBe(false)
  at.wall -= 9_000_000
  expect(watch.slept()).toBe(false)
  // A clock that goes wrong slowly never counts.
  for (let minute = 0; minute < 60; minute++) {
    at.wall += 10_000
    pass(60_000)
    expect(watch.slept()).toBe(false)
  }
})

test('a machine that slept is noticed at once, and for good', () => {
  const { at, pass, watch } = clocks()
  pass(1_000)
  at.wall += 60_000
  at.up += 60_000
  expect(watch.slept()).toBe(true)
  pass(100_000)
  expect(watch.slept()).toBe(true)
})

test('the clocks of this machine go together', () => {
  expect(new SleepWatch().slept()).toBe(false)
})
