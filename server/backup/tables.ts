import type { ClientBase } from 'pg'
import type { Manifest } from './manifest.ts'

/** Not in a backup: who works at the moment, and what is found out again. */
export const LEFT_OUT: readonly string[] = ['connection_lease', 'keeper', 'schema_migration', 'worker']

const tables = `
select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all($1)
group by 1 order by 1`

const references = `
select distinct c.conrelid::regclass::text as from, c.confrelid::regclass::text as to
from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conrelid <> c.confrelid`

const sequences = `
select sequencename as name, coalesce(last_value, start_value)::text as last, last_value is not null as called
from pg_sequences where schemaname = 'public' order by 1`

/** All tables with their columns, those that others refer to first. */
export async function readTables(client: Pick<ClientBase, 'query'>): Promise<Manifest['tables']> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(tables, [LEFT_OUT])
  const { rows: edges } = await client.query<{ from: string; to: string }>(references)
  const sorted: typeof rows = []
  const waiting = new Map(rows.map((row) => [row.name, row]))
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ name }) => !edges.some(({ from, to }) => from === name && waiting.has(to)))
    if (free.length === 0) throw new Error(`Tables that refer to each other: ${[...waiting.keys()].join(', ')}`)
    for (const row of free) {
      sorted.push(row)
      waiting.delete(row.name)
    }
  }
  return sorted
}

export async function readSequences(client: Pick<ClientBase, 'query'>): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; last: string; called: boolean }>(sequences)
  return Object.fromEntries(rows.map(({ name, last, called }) => [name, { last, called }]))
}

/** The list of a COPY; names come from the database itself, or from a manifest whose names were compared with it. */
export const columnList = ({ columns }: Pick<Manifest['tables'][number], 'columns'>): string =>
  columns.map((column) => `"${column}"`).join(', ')
