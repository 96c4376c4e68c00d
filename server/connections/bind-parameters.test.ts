import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindParameters } from '#nodes/sql/bind-parameters.ts'
import type { ParameterValue } from '#schemas/parameter.ts'
import { testServers, type OpenServer } from './test/each-server.ts'

// Start of the run: 3 November 2026, 00:30 in New York, two days after its clocks went back. The connection's zone is New York as well.
const STARTED = '2026-11-03T05:30:00Z'
const NEW_YORK = 'America/New_York'
// Rows around midnight of 27 October (still summer time there) and of 3 November: instants in UTC, and the wall times of New York.
const ROWS = [
  ['1', '2026-10-26', '2026-10-26 23:59:59', '2026-10-27 03:59:59'],
  ['2', '2026-10-27', '2026-10-27 00:00:00', '2026-10-27 04:00:00'],
  ['3', '2026-11-02', '2026-11-02 23:59:59', '2026-11-03 04:59:59'],
  ['4', '2026-11-03', '2026-11-03 00:00:00', '2026-11-03 05:00:00'],
]
const values = ROWS.map((row) => `(${row.map((value) => `'${value}'`).join(', ')})`).join(', ')

const day = (plus: number) => ({ from: 'day', plus, unit: 'day' }) as const

describe.each(testServers)('$name', ({ skip, dialect, open }) => {
  let server: OpenServer
  beforeAll(async () => {
    if (skip) return
    const [wall, moment] = dialect === 'postgres' ? ['timestamp', 'timestamptz'] : ['datetime', 'timestamp']
    const table = `create table events (id int primary key, on_day date, at_wall ${wall}, at_moment ${moment} not null)`
    server = await open([table, `insert into events values ${values}`], NEW_YORK)
  })
  afterAll(() => server?.close())

  async function ids(where: string, given: Record<string, ParameterValue>, timezone = NEW_YORK) {
    const { connection } = server
    const run = { startedAt: STARTED, previousRunAt: null, trigger: {} }
    const parameters = await bindParameters(given, { connection, context: { run, timezone } })
    const { rows } = await connection.query({ sql: `select id from events where ${where} order by id`, parameters })
    return rows.map(([id]) => id)
  }

  test.skipIf(skip)('the last seven days are the same in every form of a column, over a change of clocks', async () => {
    for (const [column, type] of [
      ['on_day', 'date'],
      ['at_wall', 'datetime'],
      ['at_moment', 'instant'],
    ] as const) {
      const range = { from_day: { type, relative: day(-7) }, to_day: { type, relative: day(1) } }
      expect(await ids(`${column} >= :from_day and ${column} < :to_day`, range), column).toEqual([2, 3, 4])
      expect(await ids(`${column} < :today`, { today: { type, relative: day(0) } }), column).toEqual([1, 2, 3])
    }
  })

  test.skipIf(skip)('today is the day of the workflow, not of the connection', async () => {
    // In Seoul it is 14:30 of the same date; its day began at 10:00 of the day before in New York.
    const since = { since: { type: 'instant', relative: day(0) } } as const
    expect(await ids('at_moment >= :since', since, 'Asia/Seoul')).toEqual([3, 4])
    expect(await ids('at_wall >= :since', { since: { type: 'datetime', relative: day(0) } }, 'Asia/Seoul')).toEqual([3, 4])
  })

  test.skipIf(skip)('values with a type, and texts as before', async () => {
    const typed: Record<string, ParameterValue> = {
      id: { type: 'integer', value: '3' },
      day: { type: 'date', value: '2026-11-02' },
      wall: { type: 'datetime', value: '2026-11-02T23:59:59' },
      moment: { type: 'instant', value: '2026-11-03T13:59:59+09:00' },
    }
    expect(await ids('id = :id and on_day = :day and at_wall = :wall and at_moment = :moment', typed)).toEqual([3])
    expect(await ids('at_moment = :moment', { moment: { type: 'instant', value: '2026-11-02 23:59:59' } })).toEqual([3])
    expect(await ids('id = :id', { id: '2' })).toEqual([2])
    await expect(ids('id = :id', { id: { type: 'integer', value: 'three' } })).rejects.toMatchObject({
      code: 'sql-parameter-unfit',
    })
    await expect(ids('on_day = :d', { d: { type: 'date', value: '2026-02-30' } })).rejects.toMatchObject({
      code: 'sql-parameter-unfit',
    })
  })
})
