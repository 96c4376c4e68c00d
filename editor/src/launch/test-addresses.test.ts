import { expect, test } from 'vitest'
import { addressesIn, rememberAddresses, rememberedAddresses } from './test-addresses.ts'

test('lines, commas and semicolons part addresses; each is meant once, and blanks are nobody', () => {
  expect(addressesIn(' 010-1234-5678\n\n01099990001, me@example.com;010-1234-5678 ')).toEqual([
    '010-1234-5678',
    '01099990001',
    'me@example.com',
  ])
  expect(addressesIn(' \n , ')).toEqual([])
  // As a Korean keyboard writes them.
  expect(addressesIn('０１０１２３４５６７８')).toEqual(['01012345678'])
})

test('they are remembered only where somebody wished it, and can be forgotten', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  expect(rememberedAddresses(storage)).toBe('')
  rememberAddresses(storage, '01012345678')
  expect(rememberedAddresses(storage)).toBe('01012345678')
  rememberAddresses(storage, null)
  expect(kept.size).toBe(0)
})
