import type { SampleRows } from './rows.ts'
import { sampleTables, type Cell, type SampleColumn, type SampleTable } from './tables.ts'

/**
 * The sample as statements for MySQL 8 and MariaDB, one by one: run them in order on an empty database, or write them to a
 * file with `;` behind each. Every session setting it needs is in it.
 */
export function* sampleSqlForMysql(rows: SampleRows): Generator<string> {
  // Instants are written in UTC; NO_BACKSLASH_ESCAPES is off, so that one way of quoting holds everywhere.
  yield `set names utf8mb4, time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES', foreign_key_checks = 0`
  for (const table of Object.values(sampleTables)) yield createTable(table)
  for (const table of Object.values(sampleTables)) yield* inserts(table, rows[table.name as keyof SampleRows])
  yield 'set foreign_key_checks = 1'
}

function createTable(table: SampleTable): string {
  const columns = table.columns.map((column) => `${column.name} ${typeOf(column)} comment ${quote(column.comment)}`)
  const keys = table.indexes.map((names) => `key (${names.join(', ')})`)
  const references = Object.entries(table.references).map(
    ([column, target]) => `foreign key (${column}) references ${target} (id)`,
  )
  const parts = [...columns, `primary key (${table.columns[0]?.name ?? 'id'})`, ...keys, ...references]
  return `create table ${table.name} (\n  ${parts.join(',\n  ')}\n) engine = InnoDB default charset = utf8mb4 comment = ${quote(table.comment)}`
}

function typeOf(column: SampleColumn): string {
  const types = {
    int: 'int',
    bigint: 'bigint',
    smallint: 'smallint',
    text: `varchar(${column.length ?? 200})`,
    long: 'text',
    money: 'decimal(12,0)',
    boolean: 'tinyint(1)',
    date: 'date',
    instant: 'timestamp',
  } as const
  // Without an explicit `null` or default, old servers make the first timestamp change by itself.
  return `${types[column.kind]} ${column.nullable ? 'null default null' : column.kind === 'instant' ? 'not null default current_timestamp' : 'not null'}`
}

function* inserts(table: SampleTable, rows: readonly (readonly Cell[])[]): Generator<string> {
  const names = table.columns.map(({ name }) => name).join(', ')
  const kinds = table.columns.map(({ kind }) => kind)
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((cells) => {
      const literals = cells.map((cell, index) =>
        kinds[index] === 'instant' && cell !== null ? quote(wallTime(String(cell))) : literal(cell),
      )
      return `(${literals.join(', ')})`
    })
    yield `insert into ${table.name} (${names}) values\n${values.join(',\n')}`
  }
}

const wallTime = (instant: string): string => instant.replace('T', ' ').replace('Z', '')

function literal(cell: Cell): string {
  if (cell === null) return 'null'
  if (typeof cell === 'boolean') return cell ? '1' : '0'
  return typeof cell === 'number' ? String(cell) : quote(cell)
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
}
