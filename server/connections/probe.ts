import type { ConnectionTest } from '#schemas/connection.ts'
import type { Language } from '#schemas/localized.ts'
import { AppError, CallFailed } from '#runtime/sdk/index.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import type { Connections, Openable } from './open.ts'
import type { PostgresConnection } from './postgres/postgres.ts'

const EMPTY: ConnectionTest = {
  ok: false,
  version: null,
  latencyMs: null,
  timezone: null,
  writePrivileges: [],
  grants: null,
  facts: {},
  error: null,
}

const PROVIDER_TIMEOUT_MS = 15_000

const POSTGRES_WRITES = `
select p.name from unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) with ordinality as p(name, n)
where exists (select from pg_class c join pg_namespace s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p') and s.nspname not in ('pg_catalog', 'information_schema') and s.nspname not like 'pg_toast%'
    and has_table_privilege(c.oid, p.name))
union all select 'CREATE' where has_database_privilege(current_database(), 'CREATE')
union all select 'SUPERUSER' from pg_roles where rolname = current_user and rolsuper`

const identifier = (name: string, quote: string): string => `${quote}${name.replaceAll(quote, quote + quote)}${quote}`

/** Statements that make an account which can only read; the password is the administrator's to choose. */
function postgresGrants(database: string): string {
  return [
    `CREATE ROLE alimflow_reader LOGIN PASSWORD 'choose-a-password';`,
    `GRANT CONNECT ON DATABASE ${identifier(database, '"')} TO alimflow_reader;`,
    'GRANT USAGE ON SCHEMA public TO alimflow_reader;',
    'GRANT SELECT ON ALL TABLES IN SCHEMA public TO alimflow_reader;',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO alimflow_reader;',
    'ALTER ROLE alimflow_reader SET default_transaction_read_only = on;',
  ].join('\n')
}

function mysqlGrants(database: string): string {
  return `CREATE USER 'alimflow_reader'@'%' IDENTIFIED BY 'choose-a-password';\nGRANT SELECT ON ${identifier(database, '`')}.* TO 'alimflow_reader'@'%';`
}

async function probePostgres(database: PostgresConnection, name: string): Promise<Partial<ConnectionTest>> {
  const [facts = []] = await database.ask(
    "select current_setting('server_version'), current_setting('TimeZone'), current_database(), current_setting('server_version_num')",
  )
  const [version, timezone, current] = facts
  if (Number(facts[3]) < 120_000)
    throw new AppError('database-too-old', { product: 'PostgreSQL', version: version ?? '?', needed: '12' })
  const writes = await database.ask(POSTGRES_WRITES)
  return {
    version: `PostgreSQL ${version ?? ''}`,
    timezone: timezone ?? null,
    writePrivileges: writes.map(([one]) => one ?? ''),
    grants: postgresGrants(current ?? name),
  }
}

/** What SHOW GRANTS names besides reading. */
function writesIn(grants: readonly string[]): string[] {
  const reading = /^(USAGE|SELECT|SHOW \w+|PROCESS|REFERENCES|EXECUTE|REPLICATION .*|.*MONITOR|SLAVE MONITOR)$/
  const names = grants.flatMap((line) =>
    (/^GRANT (.+?) ON /.exec(line)?.[1] ?? '')
      .replaceAll(/\([^)]*\)/g, '')
      .split(',')
      .map((one) => one.trim().toUpperCase()),
  )
  return [...new Set(names.filter((one) => one !== '' && one !== 'PROXY' && !reading.test(one)))]
}

async function probeMysql(database: MysqlConnection, name: string): Promise<Partial<ConnectionTest>> {
  const [[version, timezone] = []] = await database.ask('select version(), @@session.time_zone')
  const grants = (await database.ask('show grants')).map(([line]) => String(line))
  const product = database.dialect === 'mariadb' ? 'MariaDB' : 'MySQL'
  const [major = 0, minor = 0] = String(version).split('.').map(Number)
  const needed = database.dialect === 'mariadb' ? [10, 5] : [8, 0]
  if (major < (needed[0] ?? 0) || (major === needed[0] && minor < (needed[1] ?? 0))) {
    throw new AppError('database-too-old', { product, version: String(version), needed: needed.join('.') })
  }
  return {
    version: `${product} ${String(version)}`,
    timezone: String(timezone),
    writePrivileges: writesIn(grants),
    grants: mysqlGrants(name),
  }
}

async function probeDatabase(
  connections: Connections,
  from: Openable,
): Promise<{ found: Partial<ConnectionTest>; dialect: string }> {
  const database = await connections.openDatabase(from)
  try {
    const started = performance.now()
    await database.ask('select 1')
    const latencyMs = Math.round((performance.now() - started) * 10) / 10
    const name = typeof from.settings.database === 'string' ? from.settings.database : ''
    const facts = database instanceof MysqlConnection ? await probeMysql(database, name) : await probePostgres(database, name)
    return { found: { ...facts, latencyMs }, dialect: database.dialect }
  } finally {
    await database.close()
  }
}

/** Tries a connection, saved or not, and tells what was found. A failure is an answer (`ok: false`), never a throw. */
export async function probe(
  connections: Connections,
  from: Openable & { role: 'database' | 'provider' },
  language: Language,
): Promise<ConnectionTest & { dialect: string | null }> {
  try {
    if (from.role === 'database') {
      const { found, dialect } = await probeDatabase(connections, from)
      return { ...EMPTY, ...found, ok: true, dialect }
    }
    const started = performance.now()
    const facts = await connections.openProvider(from).session.validate(AbortSignal.timeout(PROVIDER_TIMEOUT_MS))
    return { ...EMPTY, ok: true, facts, latencyMs: Math.round(performance.now() - started), dialect: null }
  } catch (error) {
    const known = error instanceof CallFailed ? error.error : error
    if (!(known instanceof AppError)) throw error
    return { ...EMPTY, error: { code: known.code, message: known.text[language] }, dialect: null }
  }
}
