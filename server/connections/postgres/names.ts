import type { NamesNow } from '../sql/like-lost.ts'

const COLUMNS = `
select distinct a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
  and c.relname = any(string_to_array($1, chr(1))) and has_table_privilege(c.oid, 'SELECT') limit 2000`

const TABLES = `
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
  and has_table_privilege(c.oid, 'SELECT') limit 5000`

type Ask = (sql: string, values?: readonly string[]) => Promise<readonly (readonly (string | null)[])[]>

const firstOf = (rows: Awaited<ReturnType<Ask>>): string[] => rows.map(([name]) => name ?? '')

/** Names of tables and columns as they are now, where the account may read. */
export function postgresNames(ask: Ask): NamesNow {
  return {
    columnsOf: async (names) => firstOf(await ask(COLUMNS, [names.join('\u0001')])),
    tables: async () => firstOf(await ask(TABLES)),
  }
}
