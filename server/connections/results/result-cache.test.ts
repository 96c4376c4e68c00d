import { expect, test } from 'vitest'
import type { QueryResult } from '#runtime/sdk/index.ts'
import { ResultCache } from './result-cache.ts'

const result = (text: string): QueryResult => ({ columns: [], rows: [[text]], databaseMs: 1 })
const key = (question: string, { connection = 'w/shop', edition = '1/0' } = {}) => ({ connection, edition, question })

test('a result is there until it is too old, and belongs to one edition of one connection', () => {
  let now = 1_000
  const cache = new ResultCache({ now: () => now })
  cache.put(key('a'), result('first'), 500)
  expect(cache.get(key('a'))).toMatchObject({ result: result('first'), at: 1_000 })
  expect(cache.get(key('a', { connection: 'w/other' }))).toBeNull()
  now = 1_499
  expect(cache.get(key('a'))).not.toBeNull()
  now = 1_500
  expect(cache.get(key('a'))).toBeNull()
  cache.put(key('a'), result('second'), 500)
  expect(cache.get(key('a', { edition: '2/0' }))).toBeNull()
  // The old edition is not only passed over: it is gone.
  expect(cache.get(key('a'))).toBeNull()
  cache.close()
})

test('what is held is counted by connection, and let go of by connection', () => {
  let now = 10
  const cache = new ResultCache({ now: () => now })
  cache.put(key('a'), result('x'.repeat(1_000)), 500)
  now = 20
  cache.put(key('b'), result('y'), 500)
  cache.put(key('a', { connection: 'w/other' }), result('z'), 500)
  const held = cache.held('w/shop', '1/0')
  expect(held).toMatchObject({ entries: 2, oldest: 10 })
  expect(held.bytes).toBeGreaterThan(2_000)
  cache.empty('w/shop')
  expect(cache.held('w/shop', '1/0')).toEqual({ entries: 0, bytes: 0, oldest: null })
  expect(cache.held('w/other', '1/0').entries).toBe(1)
  expect(cache.held('w/other', '1/1').entries).toBe(0)
  expect(cache.held('w/other', '1/0').entries).toBe(0)
  cache.close()
})

test('bytes are bounded: the ones not wanted for longest go, and one that is too large is not kept', () => {
  const cache = new ResultCache({ mostBytes: 10_000 })
  for (const name of ['a', 'b', 'c', 'd']) cache.put(key(name), result('x'.repeat(1_000)), 60_000)
  // Wanted again, so b is the oldest wish when the next one needs room.
  expect(cache.get(key('a'))).not.toBeNull()
  cache.put(key('e'), result('x'.repeat(1_000)), 60_000)
  expect(['a', 'b', 'c', 'd', 'e'].filter((name) => cache.get(key(name)))).toEqual(['a', 'c', 'd', 'e'])
  cache.put(key('large'), result('x'.repeat(10_000)), 60_000)
  expect(cache.get(key('large'))).toBeNull()
  expect(cache.held('w/shop', '1/0')).toMatchObject({ entries: 4 })
  expect(cache.held('w/shop', '1/0').bytes).toBeLessThanOrEqual(10_000)
  cache.close()
})

test('what is too old leaves the memory though nobody asks', async () => {
  const cache = new ResultCache()
  cache.put(key('a'), result('somebody'), 1)
  expect(cache.size).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  expect(cache.size).toBe(0)
  cache.close()
})
