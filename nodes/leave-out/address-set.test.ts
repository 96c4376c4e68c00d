import { expect, test } from 'vitest'
import { HashSet64 } from './address-set.ts'

test('keeps what a Set keeps, also when it grows', () => {
  const set = new HashSet64()
  const known = new Set<string>()
  for (let i = 0; i < 20_000; i++) {
    const key = `+8210${(i * 7919) % 15_000}`
    expect(set.add(key)).toBe(!known.has(key))
    known.add(key)
  }
  for (const key of known) expect(set.has(key)).toBe(true)
  expect(set.has('+82109999999')).toBe(false)
})
