import mysql from 'mysql2/promise'
import { setQueries } from '#runtime/queries/set-queries.ts'
import { MysqlConnection } from '#server/connections/mysql/mysql.ts'
import { startMariaDb } from '#server/test/mariadb-server.ts'
import type { Line } from '../report.ts'
import { spread } from '../stats.ts'

const SQL = 'select count(*) as n, avg(rating) as mean from reviews where company_id = :company_id'
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** An aggregate for 200 companies on a MariaDB without an index: one GROUP BY, and a statement for each company, by turns. */
export async function measureGrouped({ rows, rounds }: { rows: number; rounds: number }): Promise<Line[]> {
  const server = await startMariaDb()
  try {
    const account = { host: '127.0.0.1', port: server.port, user: 'root', password: '', database: 'bench' }
    await fill(account, rows)
    const connection = new MysqlConnection({ ...account, timezone: 'Asia/Seoul' }, quiet, 'mariadb')
    const shape = await connection.describe(SQL)
    const sets = Array.from({ length: 200 }, (_, company_id) => ({ company_id }))
    const times = { together: [] as number[], each: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      times.each.push(await took(() => Promise.all(sets.map((parameters) => connection.query({ sql: SQL, parameters })))))
      times.together.push(await took(() => setQueries.answer(connection, { sql: SQL, shape, sets })))
    }
    await connection.close()
    const ratios = times.each.map((each, i) => each / (times.together[i] ?? each))
    const [ours, baseline, ratio] = [spread(times.together), spread(times.each), spread(ratios)]
    return [
      {
        job: `an aggregate for 200 keys over ${rows} rows without an index, MariaDB`,
        unit: 'ms',
        ours: ours.median,
        baseline: baseline.median,
        ratio,
        bar: '≥ 10',
        reached: ratio.median >= 10,
      },
    ]
  } finally {
    await server.stop()
  }
}

async function fill({ database, ...account }: mysql.ConnectionOptions, rows: number): Promise<void> {
  const writer = await mysql.createConnection(account)
  await writer.query(`create database ${database} character set utf8mb4`)
  await writer.query(`use ${database}`)
  await writer.query(`create table reviews (id int primary key, company_id int, rating int)`)
  await writer.query(`insert into reviews select seq, seq % 500, seq % 5 from seq_1_to_${Math.trunc(rows)}`)
  await writer.end()
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
