import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#server/test/database.ts'
import { int2Array, int4Array, int8Array, textArray } from './array-binary.ts'

let client: pg.Client
let end: () => Promise<void>

beforeAll(async () => {
  const database = await testDatabase()
  client = new pg.Client(database.url)
  await client.connect()
  end = async () => {
    await client.end()
    await database.close()
  }
})
afterAll(() => end())

/** What the server reads out of a binary array, as JSON. */
async function read(type: string, value: Buffer): Promise<unknown> {
  const { rows } = await client.query<{ read: unknown }>(`select to_json($1::${type}[]) as read`, [value])
  return rows[0]?.read
}

test('numbers of each width, nulls among them', async () => {
  expect(await read('int2', int2Array([0, 7, null, -1, 32_767]))).toEqual([0, 7, null, -1, 32_767])
  expect(await read('int4', int4Array([0, null, -5, 2 ** 31 - 1]))).toEqual([0, null, -5, 2 ** 31 - 1])
  expect(await read('int8', int8Array([0, null, 2 ** 32, 2 ** 52 - 1]))).toEqual([0, null, 2 ** 32, 2 ** 52 - 1])
})

test('texts of every kind, without quoting anything', async () => {
  const texts = ['plain', '', 'null', 'NULL', '{a,"b"}', '\\', '가나 😀', null, 'tab\tline\n']
  expect(await read('text', textArray(texts))).toEqual(texts)
  expect(await read('text', textArray(['a\u0000b']))).toEqual(['ab'])
})

test('an array of nulls alone is sent empty: unnest fills up with NULL', async () => {
  expect(await read('int4', int4Array([null, null]))).toEqual([])
  expect(await read('text', textArray([]))).toEqual([])
  const { rows } = await client.query(`select * from unnest($1::int4[], $2::text[]) t(a, b)`, [
    int4Array([1, 2]),
    textArray([null, null]),
  ])
  expect(rows).toEqual([
    { a: 1, b: null },
    { a: 2, b: null },
  ])
})
