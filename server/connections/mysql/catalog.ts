import type { CatalogColumn, CatalogRelation, CatalogTable } from '#schemas/catalog.ts'
import { blankTable } from '#schemas/catalog-blank.ts'
import { namedColumn, type ReadCatalog } from '#server/catalog/blank.ts'
import type { MysqlConnection } from './mysql.ts'
import { columnOf, type Field } from './values.ts'

const TABLES = `
select table_name, table_type, table_rows, table_comment from information_schema.tables
where table_schema = database() and table_type in ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED') order by table_name`

const COLUMNS = `
select table_name, column_name, data_type, column_type, is_nullable, column_key, column_comment, numeric_precision, datetime_precision
from information_schema.columns where table_schema = database() and find_in_set('select', privileges) > 0
order by table_name, ordinal_position`

const INDEXES = `
select table_name, index_name, non_unique, column_name from information_schema.statistics
where table_schema = database() and column_name is not null order by table_name, index_name, seq_in_index`

const FOREIGN_KEYS = `
select table_name, constraint_name, column_name, referenced_table_name, referenced_column_name from information_schema.key_column_usage
where table_schema = database() and referenced_table_schema = database() and referenced_table_name is not null
order by table_name, constraint_name, ordinal_position`

type Line = readonly unknown[]
function text(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('utf8')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
const textOrNull = (value: unknown): string | null => (text(value) === '' ? null : text(value))

/** Type codes of the protocol by the name in `data_type`; values.ts decides by them. What is not here comes as text. */
const CODES: Readonly<Record<string, number>> = {
  tinyint: 1, smallint: 2, mediumint: 9, int: 3, bigint: 8, year: 13, decimal: 246, float: 4, double: 5, date: 10, time: 11, datetime: 12,
  timestamp: 7, bit: 16, json: 245, geometry: 255, point: 255, linestring: 255, polygon: 255, multipoint: 255, multilinestring: 255,
  multipolygon: 255, geometrycollection: 255, geomcollection: 255, tinyblob: 249, mediumblob: 250, longblob: 251, blob: 252, binary: 254,
  varbinary: 253,
} // prettier-ignore
const BINARY = /blob|binary/
const BINARY_CHARSET = 63

/** The definition that the protocol would send for a column. */
function fieldOf([, name, dataType, columnType, , , , precision, fraction]: Line): Field {
  const type = text(dataType).toLowerCase()
  const width = /^tinyint\((\d+)\)/.exec(text(columnType))?.[1]
  return {
    name: text(name),
    type: CODES[type] ?? 253,
    columnLength: type === 'bit' ? Number(precision) : Number(width ?? 0),
    decimals: Number(fraction ?? 0),
    ...(BINARY.test(type) && { characterSet: BINARY_CHARSET }),
  }
}

/** The values of `enum('a','it''s')`. */
function enumValues(columnType: string): string[] {
  return [...columnType.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"))
}

function columnFrom(line: Line): CatalogColumn {
  const [, name, dataType, columnType, nullable, key, comment] = line
  const isEnum = text(dataType).toLowerCase() === 'enum'
  return {
    ...namedColumn({ name: text(name), type: columnOf(fieldOf(line)).type }),
    sourceType: isEnum ? 'enum' : text(columnType),
    nullable: text(nullable) === 'YES',
    primaryKey: text(key) === 'PRI',
    // Who may read some columns only is not told the indexes.
    indexed: ['UNI', 'MUL'].includes(text(key)),
    comment: textOrNull(comment),
    ...(isEnum && { values: enumValues(text(columnType)) }),
  }
}

function tableOf([name, type, rows, comment]: Line): CatalogTable {
  const isView = text(type) === 'VIEW'
  return {
    ...blankTable(text(name)),
    kind: isView ? 'view' : 'table',
    // A view's comment is the word VIEW.
    comment: isView ? null : textOrNull(comment),
    rowEstimate: rows === null || isView ? null : Number(rows),
  }
}

/** Lines of one index or key together: its columns, in their order. */
function grouped(lines: readonly Line[]): Line[][] {
  return [...Map.groupBy(lines, ([table, name]) => JSON.stringify([text(table), text(name)])).values()]
}

/** What is in the database: four statements, whatever the number of its tables. */
export async function readMysqlCatalog(database: Pick<MysqlConnection, 'ask' | 'dialect'>): Promise<ReadCatalog> {
  const tables = new Map((await database.ask(TABLES)).map((line) => [text(line[0]), tableOf(line)]))
  for (const line of await database.ask(COLUMNS)) tables.get(text(line[0]))?.columns.push(columnFrom(line))
  const unique = new Set<string>()
  for (const lines of grouped(await database.ask(INDEXES))) {
    const [first = []] = lines
    const column = tables.get(text(first[0]))?.columns.find(({ name }) => name === text(first[3]))
    if (column) column.indexed = true
    if (Number(first[2]) === 0) unique.add(keyOf(text(first[0]), lines.map((line) => text(line[3])))) // prettier-ignore
  }
  for (const lines of grouped(await database.ask(FOREIGN_KEYS))) {
    const [[from, , , to] = []] = lines
    const target = lines.map((line) => text(line[4]))
    const relation: CatalogRelation = {
      columns: lines.map((line) => text(line[2])),
      to: { table: text(to), columns: target },
      origin: 'declared',
      // InnoDB lets a foreign key refer to columns that are not unique.
      toOne: unique.has(keyOf(text(to), target)),
    }
    if (tables.has(text(to))) tables.get(text(from))?.relations.push(relation)
  }
  // A table without a readable column is none for this account.
  const readable = [...tables.values()].filter(({ columns }) => columns.length > 0)
  const ids = new Set(readable.map(({ id }) => id))
  for (const table of readable) table.relations = table.relations.filter(({ to }) => ids.has(to.table))
  return { dialect: database.dialect === 'mysql' ? 'mysql' : 'mariadb', tables: readable }
}

const keyOf = (table: string, columns: readonly string[]): string => JSON.stringify([table, columns.toSorted()])
