import { expect, test, vi } from 'vitest'
import { databaseClock } from './database-clock.ts'

test('goes on from the database’s time, whatever this machine’s clock is set to', () => {
  const at = Date.parse('2026-11-30T12:00:00Z')
  let own = 5_000
  const now = databaseClock(at, () => own)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2031-01-01T00:00:00Z') })
  try {
    own += 90_000
    expect(new Date(now()).toISOString()).toBe('2026-11-30T12:01:30.000Z')
  } finally {
    vi.useRealTimers()
  }
})
