import { expect, test } from 'vitest'
import { asWays, equalShares, moved, newWayId } from './named-ways.ts'

const ways = asWays([{ id: 'a', name: 'VIP', share: 50 }, { id: 'c', name: '일반' }, 'no way', null])

test('what is no way is left out, and a way keeps what it has', () => {
  expect(ways).toEqual([
    { id: 'a', name: 'VIP', share: 50 },
    { id: 'c', name: '일반' },
  ])
  expect(asWays('x')).toEqual([])
})

test('a new way gets an id that no line holds on to', () => {
  expect(newWayId(ways)).toBe('b')
  expect(newWayId([...'abcdefghijklmnopqrstuvwxyz'].map((id) => ({ id, name: id })))).toBe('w1')
})

test('ways move by one place, and not over the end', () => {
  expect(moved(ways, 0, 1).map(({ id }) => id)).toEqual(['c', 'a'])
  expect(moved(ways, 1, 1).map(({ id }) => id)).toEqual(['a', 'c'])
})

test.each([2, 3, 7])('%i equal shares make 100', (count) => {
  const shares = equalShares(count)
  expect(Math.round(shares.reduce((sum, share) => sum + share, 0) * 100)).toBe(10_000)
})
