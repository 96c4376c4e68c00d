import type { ConnectionTest, WriteRights } from '#schemas/connection.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { postgresReader } from '../read-only-account.ts'
import type { PostgresConnection } from './postgres.ts'

const FACTS = `select current_setting('server_version'), current_setting('TimeZone'), current_database(), current_setting('server_version_num'),
  (select version from pg_stat_ssl where pid = pg_backend_pid()), (select cipher from pg_stat_ssl where pid = pg_backend_pid()), current_user`

const READABLE = `select s.nspname, count(*) from pg_class c join pg_namespace s on s.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and s.nspname not in ('pg_catalog', 'information_schema') and s.nspname !~ '^pg_(toast|temp)'
  and has_schema_privilege(s.oid, 'USAGE') and has_any_column_privilege(c.oid, 'SELECT') group by 1 order by 1`

// Tables of a schema on which the account has the same rights are one row: how many they are, of how many, and the first names.
const TABLES = `
with tables as (
  select s.nspname, c.relname, array_remove(array[
    case when has_any_column_privilege(c.oid, 'INSERT') then 'INSERT' end, case when has_any_column_privilege(c.oid, 'UPDATE') then 'UPDATE' end,
    case when has_table_privilege(c.oid, 'DELETE') then 'DELETE' end, case when has_table_privilege(c.oid, 'TRUNCATE') then 'TRUNCATE' end], null) as rights
  from pg_class c join pg_namespace s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and s.nspname not in ('pg_catalog', 'information_schema') and s.nspname !~ '^pg_(toast|temp)'
)
select array_to_string(rights, ','), nspname, count(*), (select count(*) from tables t where t.nspname = tables.nspname),
  array_to_string((array_agg(relname order by relname))[1:3], ', ')
from tables where rights <> '{}' group by rights, nspname order by nspname, 3 desc`

const REST = `
select 'CREATE', 'schema ' || nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' and has_schema_privilege(oid, 'CREATE')
union all select 'CREATE', 'database ' || current_database() where has_database_privilege(current_database(), 'CREATE')
union all select array_to_string(array_remove(array[case when rolsuper then 'SUPERUSER' end, case when rolcreaterole then 'CREATEROLE' end,
    case when rolcreatedb then 'CREATEDB' end, case when rolreplication then 'REPLICATION' end, case when rolbypassrls then 'BYPASSRLS' end], null), ','), 'role ' || rolname
  from pg_roles where rolname = current_user and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
union all select 'MEMBER', 'role ' || r.rolname from pg_roles r
  where not (select rolsuper from pg_roles where rolname = current_user) and r.rolname <> current_user and pg_has_role(current_user, r.oid, 'MEMBER') and (
    r.rolname in ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program', 'pg_signal_backend', 'pg_maintain') or r.rolsuper or r.rolcreaterole
    or exists (select from pg_class c join pg_namespace s on s.oid = c.relnamespace where c.relkind in ('r', 'p') and s.nspname !~ '^pg_' and s.nspname <> 'information_schema'
      and (has_table_privilege(r.oid, c.oid, 'INSERT') or has_table_privilege(r.oid, c.oid, 'UPDATE') or has_table_privilege(r.oid, c.oid, 'DELETE'))))`

const listOf = (text: string | null | undefined): string[] => (text ?? '').split(',').filter((one) => one !== '')

async function writesOf(database: PostgresConnection): Promise<WriteRights[]> {
  const [tables, rest] = [await database.ask(TABLES), await database.ask(REST)]
  return [
    ...tables.map(([rights, schema, count, of, names]): WriteRights => {
      const all = count === of
      return {
        rights: listOf(rights),
        on: all ? `${schema}.*` : `${schema}: ${names}`,
        tables: { count: Number(count), of: Number(of) },
      }
    }),
    ...rest.map(([rights, on]): WriteRights => ({ rights: listOf(rights), on: on ?? '', tables: null })),
  ]
}

/** What a PostgreSQL and the account on it are. @throws AppError `database-too-old` */
export async function probePostgres(database: PostgresConnection, name: string): Promise<Partial<ConnectionTest>> {
  const [[version, timezone, current, number, tls, cipher] = []] = await database.ask(FACTS)
  if (Number(number) < 120_000)
    throw new AppError('database-too-old', { product: 'PostgreSQL', version: version ?? '?', needed: '12' })
  const readable = await database.ask(READABLE)
  return {
    version: `PostgreSQL ${version ?? ''}`,
    timezone: timezone ?? null,
    tls: tls === null || tls === undefined ? null : { version: tls, cipher: cipher ?? '' },
    tables: readable.reduce((sum, [, count]) => sum + Number(count), 0),
    writes: await writesOf(database),
    grants: postgresReader(
      current ?? name,
      readable.map(([schema]) => schema ?? ''),
    ),
  }
}
