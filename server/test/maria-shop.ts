import mysql from 'mysql2/promise'
import { testMariaDb, type TestMySqlDatabase } from './mariadb.ts'

/** A MariaDB with these tables, and what connects it to the product: the body of `POST /api/connections`. */
export async function mariaShop(tables: string): Promise<{ maria: TestMySqlDatabase; connection: object }> {
  const maria = await testMariaDb()
  const { host, port, user, password, database } = maria
  const account = { host, port, user, database }
  const writer = await mysql.createConnection({ ...account, password, charset: 'utf8mb4', multipleStatements: true })
  await writer.query(tables)
  await writer.end()
  return {
    maria,
    connection: { name: '가게', kind: 'mysql', settings: { ...account, timezone: 'Asia/Seoul' }, secrets: { password } },
  }
}
