import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { chunkOf, itemsOf, placeOf, type ChunkRows } from '#runtime/run/chunk.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import { createAddressHash } from './address-hash.ts'
import { numberArray, textArray } from './array-literal.ts'
import { decodeChunk, encodeChunk } from './codec.ts'
import { makeRunNo, monthRange } from './run-no.ts'

const place = { runNo: 82 * 2 ** 32 + 7, nodeNo: 3, no: 1 }
const rows: ChunkRows = {
  names: ['id', 'name', '__proto__x'],
  seqs: [2, 5, 9],
  columns: [
    ['9007199254740993', '0.10', '007'],
    [null, '', '이름\u0000"\\'],
    [0, { a: [1, null] }, false],
  ],
  messages: null,
}

test('a chunk comes back as it went in: digits, null, empty text, nested values', () => {
  const key = randomBytes(32)
  expect(decodeChunk(key, place, encodeChunk(key, place, rows))).toEqual(rows)
})

test('a chunk opens neither with another key nor at another place', () => {
  const key = randomBytes(32)
  const bytes = encodeChunk(key, place, rows)
  expect(bytes.includes('9007199254740993')).toBe(false)
  expect(() => decodeChunk(randomBytes(32), place, bytes)).toThrow('')
  expect(() => decodeChunk(key, { ...place, no: 2 }, bytes)).toThrow('')
})

test('items and chunk go both ways, ordered by number', () => {
  const items = itemsOf(rows)
  expect(chunkOf(items.toReversed())).toEqual(rows)
  expect(items.map((item) => numberOf(item as never))).toEqual([2, 5, 9])
  expect([placeOf(rows.seqs, 5), placeOf(rows.seqs, 6)]).toEqual([1, -1])
})

test('messages keep their text beside their row', () => {
  const message = {
    row: itemsOf(rows)[0] as never,
    template: { id: 't', version: 2 },
    variables: { 이름: 'a' },
    parts: { body: 'hello a' },
  }
  const key = randomBytes(32)
  const back = itemsOf(decodeChunk(key, place, encodeChunk(key, place, chunkOf([message]))))
  expect(back).toEqual([message])
})

test('address hashes: keyed, by kind, 52 bits, null stays null, the same for the same person', () => {
  const key = randomBytes(32)
  const hash = createAddressHash(key)
  const [a, none, again] = hash('phone', ['+821012345678', null, '+821012345678'])
  expect(again).toBe(a)
  expect(none).toBeNull()
  expect(a).not.toBe(createAddressHash(randomBytes(32))('phone', ['+821012345678'])[0])
  expect(createAddressHash(key)('phone', ['+821012345678'])[0]).toBe(a)
  expect(hash('email', ['a@b.kr'])[0]).not.toBe(hash('token', ['a@b.kr'])[0])
  const many = hash(
    'phone',
    Array.from({ length: 20_000 }, (_, i) => `+8210${String(i).padStart(8, '0')}`),
  )
  expect(new Set(many).size).toBe(20_000)
  expect(many.every((n) => Number.isSafeInteger(n) && (n as number) < 2 ** 52)).toBe(true)
})

test('array literals quote what needs it', () => {
  expect(numberArray([1, null, 4503599627370495])).toBe('{1,NULL,4503599627370495}')
  expect(textArray(['G1-0', null, '', 'NuLL', 'a b', '"\\', '{,}'])).toBe('{G1-0,NULL,"","NuLL","a b","\\"\\\\","{,}"}')
})

test('run numbers lie in the range of their month', () => {
  const runNo = makeRunNo(new Date('2026-12-31T23:59:59Z'), 2 ** 31 - 1)
  const month = monthRange(83)
  expect(month.name).toBe('2026_12')
  expect(runNo).toBeGreaterThanOrEqual(month.from)
  expect(runNo).toBeLessThan(month.to)
})
