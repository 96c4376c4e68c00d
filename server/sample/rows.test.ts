import { execFileSync } from 'node:child_process'
import mysql from 'mysql2/promise'
import { expect, test } from 'vitest'
import { hasMysql, mariadbMissing, testMariaDb, testMySql, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { calendarOf, dateAt, instantAt } from './calendar.ts'
import { makeSample } from './rows.ts'
import { sampleTables, type Cell, type SampleTableName } from './tables.ts'
import { sampleSqlForMysql } from './write-mysql.ts'

const calendar = calendarOf(new Date('2026-11-26T03:00:00Z'))
const sample = makeSample(calendar)
const tables = Object.values(sampleTables)

/** A column of a table as a list. */
function column(table: SampleTableName, name: string) {
  const index = sampleTables[table].columns.findIndex((candidate) => candidate.name === name)
  return sample[table].map((cells) => cells[index] ?? null)
}

/** What people call the same number: digits from 10 on, without country and first 0. */
const sameNumber = (contacts: Cell) =>
  String(contacts ?? '')
    .replaceAll(/\D/g, '')
    .replace(/^(82)?0?/, '')

test('the week begins on Monday in Seoul, whatever the time zone of the process', () => {
  expect(dateAt(calendarOf(new Date('2026-11-22T14:59:59Z')).monday)).toBe('2026-11-16') // Sunday 23:59:59 in Seoul
  expect(dateAt(calendarOf(new Date('2026-11-22T15:00:00Z')).monday)).toBe('2026-11-23')
  expect(instantAt(calendar.today)).toBe('2026-11-25T15:00:00Z')
})

test('the same calendar gives the same rows, in every time zone', () => {
  const code = `import { createHash } from 'node:crypto'
    const { makeSample } = await import('#server/sample/rows.ts'); const { calendarOf } = await import('#server/sample/calendar.ts')
    console.log(createHash('sha256').update(JSON.stringify(makeSample(calendarOf(new Date('2026-11-26T03:00:00Z'))))).digest('hex'))`
  const hash = (TZ: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { env: { ...process.env, TZ }, encoding: 'utf8' })
  expect(hash('America/Los_Angeles')).toBe(hash('Asia/Seoul'))
})

test('every row fits its table: width, nulls, length', () => {
  for (const table of tables) {
    for (const cells of sample[table.name as SampleTableName]) {
      expect(cells.length).toBe(table.columns.length)
      table.columns.forEach((column, index) => {
        const cell = cells[index]
        if (cell === null && !column.nullable) expect.unreachable(`${table.name}.${column.name} is null`)
        if (column.length !== undefined && String(cell).length > column.length)
          expect.unreachable(`${table.name}.${column.name}: ${cell}`)
      })
    }
  }
})

test('whom a message leaves out: 38 said no, 13 numbers occur twice, 3 are no mobile number, nobody twice over', () => {
  const contacts = column('customers', 'contacts')
  const optedOut = column('customers', 'opted_out_at')
  const left = contacts.map((text, index) => ({ text, number: sameNumber(text), optedOut: optedOut[index] !== null }))
  expect(left.filter((person) => person.optedOut).length).toBe(38)
  const wanted = left.filter((person) => !person.optedOut)
  const mobile = wanted.filter(({ number }) => /^10\d{8}$/.test(number))
  expect(wanted.length - mobile.length).toBe(3)
  expect(mobile.length - new Set(mobile.map(({ number }) => number)).size).toBe(13)
  expect(mobile.length - 13).toBe(4946)
})

test('has the dirt of real tables', () => {
  const contacts = column('customers', 'contacts').map(String)
  for (const form of [/^010-\d{4}-\d{4}$/, /^010\d{8}$/, /^\+82 10-/, /^010 \d{4} /, /^10\d{8}$/, /^\+8210\d{8}$/]) {
    expect(contacts.filter((text) => form.test(text)).length, String(form)).toBeGreaterThan(20)
  }
  const names = column('customers', 'company_name').map(String)
  expect(names.some((name) => name !== name.normalize('NFC'))).toBe(true)
  expect(names.some((name) => /\p{Emoji_Presentation}/u.test(name))).toBe(true)
  expect(names.some((name) => name.length > 70)).toBe(true)
  const bodies = column('reviews', 'body')
  expect(bodies.some((body) => body === null) && bodies.some((body) => body === '')).toBe(true)
})

test('no number of the sample can belong to anybody', () => {
  const numbers = [...column('customers', 'contacts'), ...column('opt_outs', 'contacts')]
    .map(sameNumber)
    .filter((number) => number.length === 10)
  expect(numbers.every((number) => /^10[01]/.test(number))).toBe(true)
})

const servers = [
  { name: 'MariaDB', skip: mariadbMissing, open: testMariaDb },
  ...(hasMysql ? [{ name: 'MySQL', skip: null, open: testMySql }] : []),
]
for (const { name, skip, open } of servers) {
  test.skipIf(skip)(
    `${name} gets the same rows`,
    async () => {
      const server = await open()
      const rows = await loadAndRead(server)
      for (const table of tables) {
        const wanted = sample[table.name as SampleTableName].map((cells) =>
          cells.map((cell) => (cell === null ? null : String(cell))),
        )
        expect(rows[table.name]?.length, table.name).toBe(wanted.length)
        expect(rows[table.name], table.name).toEqual(wanted)
      }
      await server.close()
    },
    120_000,
  )
}

/** Every cell as the text it has in the sample. */
async function loadAndRead({
  host,
  port,
  user,
  password,
  database,
}: TestMySqlDatabase): Promise<Record<string, (string | null)[][]>> {
  const connection = await mysql.createConnection({
    host,
    port,
    user,
    password,
    database,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  })
  for (const statement of sampleSqlForMysql(sample)) await connection.query(statement)
  const read: Record<string, (string | null)[][]> = {}
  for (const table of tables) {
    const [rows] = await connection.query({ sql: `select * from ${table.name} order by id`, rowsAsArray: true })
    // rowsAsArray: each row is a list of cells.
    read[table.name] = (rows as unknown[][]).map((cells) =>
      cells.map((cell, index) => asSample(cell, table.columns[index]?.kind)),
    )
  }
  await connection.end()
  return read
}

function asSample(cell: unknown, kind: string | undefined): string | null {
  if (cell === null || cell === undefined) return null
  const text = String(cell as string | number)
  if (kind === 'boolean') return text === '1' ? 'true' : 'false'
  return kind === 'instant' ? `${text.replace(' ', 'T')}Z` : text
}
