import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { expect, test } from 'vitest'
import { testDatabase } from '#server/test/database.ts'
import { mariadbMissing, testMariaDb } from '#server/test/mariadb.ts'
import { readersOf } from '../mysql/values.ts'
import { VALUE_CASES } from './value-cases.ts'

const run = promisify(execFile)
const expected = VALUE_CASES.map(({ value }) => value)
const TABLE = [
  'create table value_cases (n int, yes bool, at timestamp not null)',
  "set time_zone = '+09:00'",
  "insert into value_cases values (0, true, '2026-03-01 00:30:00')",
]

async function readIn(zone: string, given: object): Promise<unknown> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'read-values.ts'), JSON.stringify(given)], {
    env: { ...process.env, TZ: zone },
  })
  return JSON.parse(stdout)
}

const zones = ['America/Los_Angeles', 'Asia/Seoul']

test('PostgreSQL: the same values under two process zones, asked, streamed and as a set', { timeout: 30_000 }, async () => {
  const database = await testDatabase({ empty: true })
  try {
    for (const zone of zones) {
      expect(await readIn(zone, { postgres: database.url })).toEqual({
        zone,
        asked: expected,
        streamed: expected,
        set: { values: expected },
      })
    }
  } finally {
    await database.close()
  }
})

test.skipIf(mariadbMissing !== null)('MariaDB: the same, and by the text protocol too', { timeout: 30_000 }, async () => {
  const database = await testMariaDb()
  const { host, port, user, password, database: name } = database
  const address = { host, port, user, password, database: name }
  const admin = await mysql.createConnection({
    ...address,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
  })
  try {
    for (const statement of TABLE) await admin.query(statement)
    for (const zone of zones) {
      expect(await readIn(zone, { mysql: address })).toEqual({
        zone,
        asked: expected,
        streamed: expected,
        set: { values: expected },
      })
    }
    const [rows, fields] = await admin.query({
      sql: `select ${VALUE_CASES.map((one, i) => `${one.mysql} as c${i}`).join(', ')} from value_cases`,
      rowsAsArray: true,
    })
    const readers = readersOf(fields, 'Asia/Seoul')
    // `rowsAsArray`: rows are arrays; the driver's types do not follow the option.
    expect((rows as unknown as unknown[][])[0]?.map((value, i) => readers[i]?.(value))).toEqual(expected)
  } finally {
    await admin.end()
    await database.close()
  }
})
