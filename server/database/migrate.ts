import pg from 'pg'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import type { Migration } from './migration.ts'
import { migrations as all } from './migrations/all.ts'
import { databaseHost, unreachable } from './unreachable.ts'

/** One number for all Alimflow processes of one database: only one migrates at a time, the others wait. */
const migrationLock = 7000
const oldestServer = 15

/**
 * Brings the database at `url` to this version's schema; gives the names of the steps that were made now.
 * Throws `database-unreachable`, `database-too-old`, `database-newer`, and what PostgreSQL says of a step.
 */
export async function migrate(url: string, log: Log, migrations: readonly Migration[] = all): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'alimflow migrate' })
  client.on('error', (error) => log.warn(`The database connection was lost while migrating: ${error.message}`))
  try {
    await client.connect().catch((error: unknown) => {
      throw unreachable(url, error)
    })
    await checkServer(client)
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    const missing = await missingSteps(client, { url, migrations })
    for (const migration of missing) await apply(client, migration)
    return missing.map((migration) => migration.name)
  } finally {
    await client.end() // releases the lock
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  )
  const { number = 0, version = '' } = rows[0] ?? {}
  refuseOldServer(number, version)
}

/** `number` as in server_version_num: 150004 is 15.4. Throws `database-too-old`. */
export function refuseOldServer(number: number, version: string): void {
  if (number >= oldestServer * 10_000) return
  throw new AppError('database-too-old', { product: 'PostgreSQL', version, needed: oldestServer })
}

async function missingSteps(client: pg.Client, known: { url: string; migrations: readonly Migration[] }): Promise<Migration[]> {
  await client
    .query('create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())')
    .catch((error: unknown) => {
      throw mayNotCreate(known.url, error)
    })
  const { rows } = await client.query<{ name: string }>('select name from schema_migration order by name')
  const names = new Set(known.migrations.map((migration) => migration.name))
  const foreign = rows.find((row) => !names.has(row.name))
  if (foreign) throw new AppError('database-newer', { found: foreign.name })
  const done = new Set(rows.map((row) => row.name))
  return known.migrations.filter((migration) => !done.has(migration.name))
}

function mayNotCreate(url: string, error: unknown): unknown {
  const insufficientPrivilege = '42501'
  if (!(error instanceof pg.DatabaseError) || error.code !== insufficientPrivilege) return error
  const detail = 'The account may not create tables there. Use the account that owns the database.'
  return new AppError('setting-invalid', { name: 'DATABASE_URL', value: databaseHost(url), detail }, { cause: error })
}

/** A step and the note that it was made are one transaction: half a step is never left behind. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await migration.up(async (text) => void (await client.query(text)))
    await client.query('insert into schema_migration (name) values ($1)', [migration.name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
