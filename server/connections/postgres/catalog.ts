import type { CatalogColumn, CatalogRelation, CatalogTable } from '#schemas/catalog.ts'
import { blankTable } from '#schemas/catalog-blank.ts'
import { namedColumn, type ReadCatalog } from '#server/catalog/blank.ts'
import type { PostgresConnection } from './postgres.ts'
import { columnOf } from './values.ts'

// What the account may read, but for the database's own: system schemas, parts of a partitioned table, what extensions brought along.
const SEEN = `
with seen as (
  select c.oid, c.relname, c.relkind, c.reltuples, n.nspname, n.nspname = coalesce(current_schema(), 'public') as first
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
    and has_schema_privilege(n.oid, 'USAGE') and has_any_column_privilege(c.oid, 'SELECT')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))`

// Never analysed: what was counted while it was written, where anything was. A partitioned table is the sum of its parts.
const TABLES = `${SEEN}
select s.oid, s.nspname, s.relname, s.first, s.relkind in ('v', 'm'), obj_description(s.oid, 'pg_class'), round(case
  when s.relkind = 'p' then (select sum(greatest(c.reltuples, pg_stat_get_live_tuples(c.oid), 0)) from pg_partition_tree(s.oid) t
    join pg_class c on c.oid = t.relid where t.isleaf)
  when s.relkind in ('v', 'f') then null
  when s.reltuples >= 0 then s.reltuples
  else nullif(pg_stat_get_live_tuples(s.oid), 0) end)::int8
from seen s order by not s.first, s.nspname, s.relname`

// A domain's values are those of its base type, and so is what the protocol calls it.
const COLUMNS = `${SEEN}
select a.attrelid, a.attname, b.oid, b.typname, not (a.attnotnull or t.typnotnull), col_description(a.attrelid, a.attnum),
  (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = b.oid)
from seen s join pg_attribute a on a.attrelid = s.oid join pg_type t on t.oid = a.atttypid
  join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
where a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'SELECT')
order by a.attrelid, a.attnum`

// An expression has no column; a partial index does not serve every condition.
const INDEXES = `${SEEN}
select i.indrelid, i.indisprimary, (select json_agg(a.attname order by k.n) from unnest(i.indkey) with ordinality k(attnum, n)
  left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where k.n <= i.indnkeyatts)
from pg_index i join seen s on s.oid = i.indrelid where i.indisvalid and i.indpred is null`

const FOREIGN_KEYS = `${SEEN}
select k.conrelid, k.confrelid,
  (select json_agg(a.attname order by c.n) from unnest(k.conkey) with ordinality c(attnum, n)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.attnum),
  (select json_agg(a.attname order by c.n) from unnest(k.confkey) with ordinality c(attnum, n)
    join pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.attnum)
from pg_constraint k join seen s on s.oid = k.conrelid join seen t on t.oid = k.confrelid
where k.contype = 'f' order by k.conrelid, k.conname`

type Line = readonly (string | null)[]

/** From `json_agg`: an array of texts, with null for what is no column. */
const names = (json: string | null | undefined): (string | null)[] => JSON.parse(json ?? '[]') as (string | null)[]
const told = (json: string | null | undefined): string[] => names(json).filter((name) => name !== null)

function tableOf([, schema, name, first, view, comment, estimate]: Line): CatalogTable {
  return {
    ...blankTable(name ?? ''),
    id: first === 't' ? (name ?? '') : `${schema}.${name}`,
    schema: schema ?? null,
    kind: view === 't' ? 'view' : 'table',
    comment: comment ?? null,
    rowEstimate: estimate === null || estimate === undefined ? null : Number(estimate),
  }
}

function columnFrom([, name, oid, typeName, nullable, comment, values]: Line): CatalogColumn {
  const { type, sourceType } = columnOf({ name: name ?? '', dataTypeID: Number(oid) })
  return {
    ...namedColumn({ name: name ?? '', type }),
    sourceType: sourceType ?? typeName ?? '',
    nullable: nullable === 't',
    comment: comment ?? null,
    ...(values !== null && { values: told(values) }),
  }
}

/** What is in the database: four statements, whatever the number of its tables. */
export async function readPostgresCatalog(database: Pick<PostgresConnection, 'ask'>): Promise<ReadCatalog> {
  const tables = new Map((await database.ask(TABLES)).map((line) => [line[0] ?? '', tableOf(line)]))
  for (const line of await database.ask(COLUMNS)) tables.get(line[0] ?? '')?.columns.push(columnFrom(line))
  for (const [oid, primary, of] of await database.ask(INDEXES)) {
    const columns = names(of)
    for (const column of tables.get(oid ?? '')?.columns ?? []) {
      if (primary === 't' && columns.includes(column.name)) column.primaryKey = true
      if (columns[0] === column.name) column.indexed = true
    }
  }
  for (const [from, to, columns, target] of await database.ask(FOREIGN_KEYS)) {
    const table = tables.get(to ?? '')
    if (!table) continue
    // PostgreSQL's foreign keys refer to unique columns only.
    const relation: CatalogRelation = {
      columns: told(columns),
      to: { table: table.id, columns: told(target) },
      origin: 'declared',
      toOne: true,
    }
    tables.get(from ?? '')?.relations.push(relation)
  }
  return { dialect: 'postgres', tables: [...tables.values()] }
}
