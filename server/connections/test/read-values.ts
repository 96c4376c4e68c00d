// Run as a process of its own under a zone (value-cases.test.ts): reads all cases by both ways of reading, prints them as JSON.
import { setQueries } from '#runtime/queries/set-queries.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import type { Account } from '../account.ts'
import { MysqlConnection } from '../mysql/mysql.ts'
import { PostgresConnection } from '../postgres/postgres.ts'
import { VALUE_CASES } from './value-cases.ts'

// Given by the test.
const given = JSON.parse(process.argv[2] ?? '{}') as { postgres?: string; mysql?: Account }
const timezone = 'Asia/Seoul'
const connection = given.mysql
  ? new MysqlConnection({ ...given.mysql, timezone }, quietLog())
  : new PostgresConnection({ url: given.postgres ?? '', timezone }, quietLog())

const sql = `select ${VALUE_CASES.map((one, i) => `${given.mysql ? one.mysql : one.postgres} as c${i}`).join(', ')} ${given.mysql ? 'from value_cases' : ''}`
const asked = (await connection.query({ sql, parameters: {} })).rows[0]
let streamed: unknown
for await (const batch of await connection.stream({ sql, parameters: {} })) streamed = batch[0]
const shape = await connection.describe(`${sql} where :one = '1'`)
const { answers } = await setQueries.answer(connection, { sql: `${sql} where :one = '1'`, shape, sets: [{ one: '1' }] })
await connection.close()
process.stdout.write(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, asked, streamed, set: answers[0] }))
