import type { PoolClient } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { judgeBody } from '../sql/body.ts'
import { dangerousPostgres } from '../sql/dangerous.ts'
import { guardPostgres } from '../sql/guard-postgres.ts'
import type { Behind } from '../sql/look-behind.ts'
import type { Named, Uses } from '../sql/uses.ts'

/** Volatile functions of the server itself that only tell something. Every other one is refused, also those of versions to come. */
const HARMLESS =
  /^(random|random_normal|clock_timestamp|timeofday|gen_random_uuid|uuidv4|uuidv7|array_sample|array_shuffle|currval|lastval|current_query|pg_is_in_recovery|pg_(relation|table|total_relation|indexes|database|tablespace)_size)$/
/** Extensions whose volatile functions make ids and salts. */
const HARMLESS_EXTENSIONS = ['uuid-ossp', 'pgcrypto', 'postgis']

// All functions that the names may mean: called by name, as the steps of an aggregate, as `row.name`, behind operators and behind casts.
const FUNCTIONS = `
with named as (select * from unnest($1::text[], $2::text[]) as n(schema, name)),
operators as (select * from unnest($3::text[], $4::text[]) as n(schema, name)),
relations as (select * from unnest($8::text[], $9::text[]) as n(schema, name)),
found as (
  select p.oid from named n join pg_catalog.pg_proc p on p.proname = n.name join pg_catalog.pg_namespace s on s.oid = p.pronamespace
    where case when n.schema is null or n.schema like 'pg\\_temp%' then pg_catalog.pg_function_is_visible(p.oid) or n.schema is not null else s.nspname = n.schema end
  union select p.oid from pg_catalog.pg_proc p join pg_catalog.pg_type t on t.oid = p.proargtypes[0]
    where p.proname = any($5::text[]) and t.typtype in ('c', 'p') and pg_catalog.pg_function_is_visible(p.oid)
  union select o.oprcode from operators n join pg_catalog.pg_operator o on o.oprname = n.name
    where n.schema is not null or pg_catalog.pg_operator_is_visible(o.oid)
  union select c.castfunc from pg_catalog.pg_cast c join pg_catalog.pg_type t on t.oid = c.casttarget
    where c.castfunc <> 0 and t.typname = any($6::text[]) and (
      exists (select from pg_catalog.pg_type f where f.oid = c.castsource and f.typname = any($6::text[]))
      or exists (select from relations n join pg_catalog.pg_class r on r.relname = n.name
        join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.atttypid = c.castsource))
), steps as (
  select oid from found
  union select step.oid from found f join pg_catalog.pg_aggregate a on a.aggfnoid = f.oid
    cross join unnest(array[a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggmfinalfn]::oid[]) as step(oid)
)
select p.proname, s.nspname, p.provolatile, l.lanname,
  case when s.nspname = 'pg_catalog' then null when l.lanname in ('sql', 'plpgsql') then coalesce(nullif(p.prosrc, ''), pg_catalog.pg_get_functiondef(p.oid)) end,
  exists (select from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
    where d.objid = p.oid and d.classid = 'pg_catalog.pg_proc'::regclass and d.deptype = 'e' and e.extname = any($7::text[])),
  pg_catalog.pg_get_expr(p.proargdefaults, 0)
from steps f join pg_catalog.pg_proc p on p.oid = f.oid join pg_catalog.pg_namespace s on s.oid = p.pronamespace join pg_catalog.pg_language l on l.oid = p.prolang`

// What is run when these are read: the query of a view, the policies of a table, the conditions of a domain, also of one within a type.
const DEFINITIONS = `
with recursive types(oid) as (
  select t.oid from pg_catalog.pg_type t where t.typname = any($3::text[])
  union select x.oid from types y join pg_catalog.pg_type t on t.oid = y.oid cross join lateral (
    select a.atttypid from pg_catalog.pg_attribute a where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
    union all select t.typelem where t.typelem <> 0 union all select t.typbasetype where t.typbasetype <> 0) as x(oid)
), named as (select * from unnest($1::text[], $2::text[]) as n(schema, name)),
relations as (
  select c.oid, c.relname, c.relkind, c.relrowsecurity from named n join pg_catalog.pg_class c on c.relname = n.name join pg_catalog.pg_namespace s on s.oid = c.relnamespace
  where s.nspname not in ('pg_catalog', 'information_schema') and case when n.schema is null then pg_catalog.pg_table_is_visible(c.oid) else s.nspname = n.schema end
)
select r.relname, pg_catalog.pg_get_viewdef(r.oid) from relations r where r.relkind = 'v'
union all select r.relname, 'select ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid)
  from relations r join pg_catalog.pg_policy p on p.polrelid = r.oid where r.relrowsecurity and p.polcmd in ('r', '*') and p.polqual is not null
union all select t.typname, 'select ' || pg_catalog.pg_get_expr(c.conbin, 0)
  from types y join pg_catalog.pg_type t on t.oid = y.oid join pg_catalog.pg_constraint c on c.contypid = t.oid where c.conbin is not null`

type FunctionRow = [
  name: string,
  schema: string,
  volatile: string,
  language: string,
  source: string | null,
  known: boolean,
  defaults: string | null,
]

function judgeFunction([name, schema, volatile, language, source, known, defaults]: FunctionRow): Behind {
  if (dangerousPostgres(name)) return { found: `${name}()`, next: [] }
  if (schema === 'pg_catalog') return { found: volatile === 'v' && !HARMLESS.test(name) ? `${name}()` : null, next: [] }
  if (known) return { found: null, next: [] }
  if (source === null && volatile === 'v') return { found: `${name}() (${language}, VOLATILE)`, next: [] }
  // What stands before a body that is no text: its heading.
  const body = (source ?? '').replace(/^CREATE OR REPLACE FUNCTION[^]*?\n(?=BEGIN ATOMIC|RETURN )/, '')
  // What stands for a value that the caller leaves out is run as well.
  const { found, uses } = judgeBody(`${body}\n${defaults ?? ''}`, 'postgres')
  return { found: found === null ? null : `${name}(): ${found}`, next: [uses] }
}

function judgeDefinition([name, definition]: [string, string]): Behind {
  try {
    return { found: null, next: [guardPostgres(definition)] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const found = typeof error.fields.found === 'string' ? error.fields.found : error.code
    return { found: `${name}: ${found}`, next: [] }
  }
}

const schemas = (list: readonly Named[]) => list.map(({ schema }) => schema)
const names = (list: readonly Named[]) => list.map(({ name }) => name)

async function rowsOf<T extends unknown[]>(client: PoolClient, text: string, values: unknown[]): Promise<T[]> {
  return (await client.query<T>({ text, values, rowMode: 'array' })).rows
}

/** What PostgreSQL says of the names in a statement: functions, operators, casts, domains, views and policies. */
export async function behindPostgres(client: PoolClient, uses: Uses): Promise<Behind> {
  const { functions, relations, operators, attributes } = uses
  // A type can be written as a function: `positive(1)`.
  const types = [...uses.types, ...names(functions)]
  const called = await rowsOf<FunctionRow>(client, FUNCTIONS, [
    schemas(functions),
    names(functions),
    schemas(operators),
    names(operators),
    attributes,
    types,
    HARMLESS_EXTENSIONS,
    schemas(relations),
    names(relations),
  ])
  const definitions = await rowsOf<[string, string]>(client, DEFINITIONS, [schemas(relations), names(relations), types])
  const judged = [...called.map(judgeFunction), ...definitions.map(judgeDefinition)]
  return { found: judged.find(({ found }) => found !== null)?.found ?? null, next: judged.flatMap(({ next }) => next) }
}
