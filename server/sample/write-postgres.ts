import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { SampleRows } from './rows.ts'
import { sampleTables, type Cell, type ColumnKind, type SampleTable } from './tables.ts'

const types: Readonly<Record<ColumnKind, string>> = {
  int: 'integer',
  bigint: 'bigint',
  smallint: 'smallint',
  text: 'text',
  long: 'text',
  money: 'numeric(12,0)',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
}

/** Makes and fills the tables in an empty PostgreSQL database, in one transaction (about a second). */
export async function writePostgres(client: pg.ClientBase, rows: SampleRows): Promise<void> {
  await client.query('begin')
  for (const table of Object.values(sampleTables)) await client.query(createTable(table))
  for (const table of Object.values(sampleTables)) {
    const names = table.columns.map(({ name }) => name).join(', ')
    const copy = client.query(copyFrom(`copy ${table.name} (${names}) from stdin`))
    await pipeline(Readable.from(copyLines(rows[table.name as keyof SampleRows])), copy)
  }
  for (const table of Object.values(sampleTables)) await client.query(afterwards(table))
  await client.query('commit')
}

function createTable(table: SampleTable): string {
  const columns = table.columns.map(({ name, kind, nullable }, index) => {
    return `${name} ${types[kind]}${nullable ? '' : ' not null'}${index === 0 ? ' primary key' : ''}`
  })
  const comments = table.columns.map(({ name, comment }) => `comment on column ${table.name}.${name} is '${comment}';`)
  return `create table ${table.name} (${columns.join(', ')}); comment on table ${table.name} is '${table.comment}'; ${comments.join(' ')}`
}

/** Indexes and references are cheaper to make once the rows are there. */
function afterwards(table: SampleTable): string {
  const indexes = table.indexes.map((columns) => `create index on ${table.name} (${columns.join(', ')});`)
  const references = Object.entries(table.references).map(
    ([column, target]) => `alter table ${table.name} add foreign key (${column}) references ${target};`,
  )
  return [...indexes, ...references, `analyze ${table.name};`].join(' ')
}

function* copyLines(rows: readonly (readonly Cell[])[]): Generator<string> {
  for (let from = 0; from < rows.length; from += 1000) {
    const lines = rows.slice(from, from + 1000).map((cells) => cells.map(copyCell).join('\t'))
    yield `${lines.join('\n')}\n`
  }
}

/** COPY's text format: `\N` is null; backslash, tab and line breaks are escaped. */
function copyCell(cell: Cell): string {
  if (cell === null) return '\\N'
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
  return String(cell).replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
}
