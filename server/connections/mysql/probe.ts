import type { ConnectionTest, WriteRights } from '#schemas/connection.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { mysqlReader } from '../read-only-account.ts'
import type { MysqlConnection } from './mysql.ts'

/** What lets an account read, and what changes no data. */
const READING = /^(USAGE|SELECT|SHOW .*|PROCESS|REFERENCES|EXECUTE|REPLICATION .*|.*MONITOR|PROXY|REPLICA .*)$/

/** The rights of a line, with the columns that a right is limited to; commas in brackets part no rights. */
const rightsIn = (list: string): string[] =>
  list.split(/,(?![^()]*\))/).flatMap((one) => {
    const right = one.trim()
    return READING.test(right.replace(/\s*\([^)]*\)/, '').toUpperCase()) || right === '' ? [] : [right.replaceAll('`', '')]
  })

/** What SHOW GRANTS names besides reading: ``GRANT INSERT, UPDATE (`a`) ON `shop`.* TO …``. */
export function writesIn(grants: readonly string[]): WriteRights[] {
  const found = new Map<string, Set<string>>()
  for (const line of grants) {
    const parts = /^GRANT (.+?) ON (?:TABLE |FUNCTION |PROCEDURE |PACKAGE )?(\S.*?) TO /.exec(line)
    if (parts?.[1] === undefined || parts[2] === undefined) continue
    const rights = rightsIn(parts[1])
    if (/ WITH .*GRANT OPTION/.test(line) && rights.length > 0) rights.push('GRANT OPTION')
    if (rights.length === 0) continue
    const on = parts[2].replaceAll('`', '')
    found.set(on, new Set([...(found.get(on) ?? []), ...rights]))
  }
  return [...found].map(([on, rights]) => ({ rights: [...rights], on, tables: null }))
}

/** Also of the roles that are switched on; a server that knows no roles says so by an error. */
async function grantsOf(database: MysqlConnection): Promise<string[]> {
  const own = await database.ask('show grants')
  const roles = database.dialect === 'mariadb' ? 'select role_name from information_schema.enabled_roles' : 'select 1 limit 0'
  const names = await database.ask(roles).catch(() => [])
  const theirs = await Promise.all(
    names.map(([name]) => database.ask(`show grants for \`${String(name).replaceAll('`', '``')}\``).catch(() => [])),
  )
  return [...own, ...theirs.flat()].map(([line]) => String(line))
}

const TABLES =
  "select count(*) from information_schema.tables where table_schema = database() and table_type in ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')"

const NEEDED = { mariadb: [10, 5], mysql: [8, 0] } as const

/** What a MySQL or MariaDB and the account on it are. @throws AppError `database-too-old` */
export async function probeMysql(database: MysqlConnection, name: string): Promise<Partial<ConnectionTest>> {
  const [[version, timezone] = []] = await database.ask('select version(), @@session.time_zone')
  const dialect = database.dialect === 'mariadb' ? 'mariadb' : 'mysql'
  const product = dialect === 'mariadb' ? 'MariaDB' : 'MySQL'
  const [major = 0, minor = 0] = String(version).split('.').map(Number)
  const [neededMajor, neededMinor] = NEEDED[dialect]
  if (major < neededMajor || (major === neededMajor && minor < neededMinor))
    throw new AppError('database-too-old', { product, version: String(version), needed: `${neededMajor}.${neededMinor}` })
  const status = new Map(
    (await database.ask("show session status where variable_name in ('Ssl_version', 'Ssl_cipher')")).map(([key, value]) => [
      String(key),
      String(value),
    ]),
  )
  const tls = status.get('Ssl_version') ?? ''
  const [[tables] = []] = await database.ask(TABLES)
  return {
    // Without what a distribution adds to it.
    version: `${product} ${String(version).split('-')[0]}`,
    timezone: String(timezone),
    tls: tls === '' ? null : { version: tls, cipher: status.get('Ssl_cipher') ?? '' },
    tables: Number(tables),
    writes: writesIn(await grantsOf(database)),
    grants: mysqlReader(name),
  }
}
