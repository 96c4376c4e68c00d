import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { renderSchema } from './generate-schema.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('schema.ts and tables.ts are what the migrations make; if not: node server/database/generate-schema.ts', async () => {
  const written = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
  expect(await renderSchema(database.pool)).toEqual({ 'schema.ts': written('schema.ts'), 'tables.ts': written('tables.ts') })
})

test('instants are ISO text with Z and microseconds, int8 digits, json parsed, also on a server with another zone', async () => {
  const read = async (zone: string) => {
    const client = await database.pool.connect()
    try {
      await client.query(`set timezone to '${zone}'`)
      const text = `select timestamptz '2026-11-26 00:52:50.123456Z' as at, timestamptz '-infinity' as never, 9007199254740993::int8 as big,
        date '2026-11-26' as day, '{"b":1,"a":[2]}'::json as json, '\\x00ff'::bytea as bytes`
      return (await client.query(text)).rows[0]
    } finally {
      client.release(true)
    }
  }
  const rest = {
    never: '-infinity',
    big: '9007199254740993',
    day: '2026-11-26',
    json: { b: 1, a: [2] },
    bytes: Buffer.from([0, 255]),
  }
  expect(await read('UTC')).toEqual({ at: '2026-11-26T00:52:50.123456Z', ...rest })
  expect(await read('Asia/Seoul')).toEqual({ at: '2026-11-26T00:52:50.123Z', ...rest })
  expect(await read('Asia/Kolkata')).toEqual({ at: '2026-11-26T00:52:50.123Z', ...rest })
})

test('kysely reads and writes with these types', async () => {
  const id = '00000000-0000-7000-8000-000000000001'
  await database.db
    .insertInto('workspace')
    .values({ id, name: '가게', hash_key_enc: Buffer.from('x') })
    .execute()
  const row = await database.db.selectFrom('workspace').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ name: '가게', timezone: 'Asia/Seoul', hash_key_enc: Buffer.from('x') })
  expect(row.created_at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
})
