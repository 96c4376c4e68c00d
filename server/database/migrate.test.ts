import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { migrate, refuseOldServer } from './migrate.ts'
import type { Migration } from './migration.ts'
import { databaseHost } from './unreachable.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})
afterAll(() => database.close())

const one: Migration = { name: '0001-one', up: (sql) => sql('create table one (x int); create table also (y int)') }
const two: Migration = { name: '0002-two', up: (sql) => sql('alter table one add z int') }
const broken: Migration = {
  name: '0003-broken',
  up: async (sql) => {
    await sql('create table half (x int)')
    await sql('select 1/0')
  },
}
const run = (...migrations: Migration[]) => migrate(database.url, quietLog(), migrations)

test('makes each step once, also when several processes start at the same time', async () => {
  const made = await Promise.all([run(one), run(one), run(one)])
  expect(made.flat()).toEqual(['0001-one'])
  expect(await run(one, two)).toEqual(['0002-two'])
  expect(await run(one, two)).toEqual([])
})

test('a step that fails leaves nothing behind and can be made later', async () => {
  await expect(run(one, two, broken)).rejects.toThrow('division by zero')
  expect((await database.pool.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }])
  expect(await run(one, two, { ...broken, up: (sql) => sql('create table half (x int)') })).toEqual(['0003-broken'])
})

test('a database of a newer Alimflow is refused by name and left alone', async () => {
  await expect(run(one)).rejects.toMatchObject({ code: 'database-newer', fields: { found: '0002-two' } })
})

test('an account without the right to create tables is told so', async () => {
  const other = await testDatabase({ empty: true })
  await other.pool.query(`create role weak_${process.pid} login password 'weak'`)
  const url = other.url.replace(/\/\/[^@]+@/, `//weak_${process.pid}:weak@`)
  await expect(migrate(url, quietLog())).rejects.toMatchObject({ code: 'setting-invalid', fields: { name: 'DATABASE_URL' } })
  await other.close()
  await database.pool.query(`drop role weak_${process.pid}`)
})

test('a database that does not answer is named without its password, with what to do', async () => {
  const failure = await migrate('postgresql://me:secret@127.0.0.1:1/shop', quietLog()).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'database-unreachable', fields: { host: '127.0.0.1:1/shop' } })
  expect(String(failure)).toMatch(/nothing listens there/)
  expect(String(failure)).not.toContain('secret')
})

test('a wrong password and a missing database say what they are', async () => {
  await expect(migrate(database.url.replace(/:[^:@]+@/, ':wrong@'), quietLog())).rejects.toThrow(/password is not right/)
  await expect(migrate(database.url.replace(/\/test_\w+/, '/nowhere'), quietLog())).rejects.toThrow(/no database of this name/)
})

test('a server before 15 is refused by its version', () => {
  expect(() => refuseOldServer(140_017, '14.17 (Debian)')).toThrow(/PostgreSQL 14\.17 \(Debian\) is too old.*15 or newer/)
  expect(() => refuseOldServer(150_000, '15.0')).not.toThrow()
})

test('the place of a database never shows its password', () => {
  expect(databaseHost('postgresql://me:secret@db.example.com:5432/shop')).toBe('db.example.com:5432/shop')
  expect(databaseHost('postgresql://me:secret@/shop?host=%2Ftmp%2Fx')).toBe('/tmp/x')
  expect(databaseHost('secret nonsense')).toBe('DATABASE_URL')
})
