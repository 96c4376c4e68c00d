// Writes server/database/schema.ts and tables.ts from the real tables: `node server/database/generate-schema.ts`.
import { writeFileSync } from 'node:fs'
import pg from 'pg'
import { startTemporary } from './embedded/temporary.ts'
import { migrate } from './migrate.ts'

interface ColumnFact {
  table: string
  column: string
  type: string
  array: boolean
  nullable: boolean
  hasDefault: boolean
  always: boolean
}

// Partitions and the list of migrations are not for queries; a partitioned table (kind p) is.
const facts = `
  select c.relname as table, a.attname as column, coalesce(e.typname, t.typname) as type, e.oid is not null as array,
    not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as "hasDefault", a.attidentity = 'a' or a.attgenerated <> '' as always
  from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> 'schema_migration' and a.attnum > 0 and not a.attisdropped
  order by c.relname, a.attnum`

const plain: Readonly<Record<string, string>> = {
  text: 'string',
  uuid: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  float8: 'number',
  bytea: 'Buffer',
  int8: 'Digits',
  numeric: 'Digits',
  date: 'string',
  timestamptz: 'Instant',
  json: 'JsonText',
  jsonb: 'JsonText',
}

const generated =
  '// Generated from the real tables by server/database/generate-schema.ts; schema.test.ts fails when it is out of date.'
const tablesHead = `${generated}
import type { GeneratedAlways } from 'kysely'
import type { Default, Digits, Instant, JsonText, Nullable } from './column-types.ts'
`
const schemaHead = `${generated}
import type * as Tables from './tables.ts'
`

/** The texts of both files for the tables of this database. Throws for a column type that has no TypeScript type yet. */
export async function renderSchema(pool: pg.Pool): Promise<{ 'schema.ts': string; 'tables.ts': string }> {
  const { rows } = await pool.query<ColumnFact>(facts)
  const tables = Map.groupBy(rows, (row) => row.table)
  const interfaces = [...tables].map(([table, columns]) => {
    const lines = columns.map((column) => `  ${column.column}: ${typeOf(column)}`)
    return `export interface ${pascal(table)}Table {\n${lines.join('\n')}\n}`
  })
  const members = [...tables.keys()].map((table) => `  ${table}: Tables.${pascal(table)}Table`)
  const database = `/** Every table by its name. */\nexport interface Database {\n${members.join('\n')}\n}\n`
  return {
    'schema.ts': `${schemaHead}\n${database}`,
    // Without empty lines between the tables: the file is as long as it has facts.
    'tables.ts': `${[tablesHead, ...interfaces].join('\n')}\n`,
  }
}

function typeOf(fact: ColumnFact): string {
  const base = plain[fact.type]
  if (!base) throw new Error(`${fact.table}.${fact.column}: the type ${fact.type} is not known to generate-schema.ts`)
  const type = fact.array ? `${base}[]` : base
  if (fact.always) return `GeneratedAlways<${type === 'Digits' ? 'string' : type}>`
  if (fact.nullable) return `Nullable<${type}>`
  return fact.hasDefault ? `Default<${type}>` : type
}

const pascal = (name: string): string => name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())

if (import.meta.main) {
  const print = (message: string) => console.log(message)
  const log = { debug: () => undefined, info: print, warn: print, error: print }
  const database = await startTemporary(log)
  const pool = new pg.Pool({ connectionString: database.url })
  try {
    await migrate(database.url, log)
    for (const [name, text] of Object.entries(await renderSchema(pool))) writeFileSync(new URL(name, import.meta.url), text)
  } finally {
    await pool.end()
    await database.stop()
  }
}
