import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { migrate } from '#server/database/migrate.ts'
import type { Migration } from '#server/database/migration.ts'
import { migrations as all } from '#server/database/migrations/all.ts'
import { unreachable } from '#server/database/unreachable.ts'
import { makePartitions } from '#server/ledger/partitions.ts'
import { nextFire } from '#server/schedules/calendar.ts'
import { ArchiveReader } from './archive.ts'
import { keyFingerprint, readManifest, readTrailer, type Manifest, type Trailer } from './manifest.ts'
import { stopRuns, type Stopped } from './stop-runs.ts'
import { columnList, readTables } from './tables.ts'

export interface RestoreOptions {
  /** postgresql:// address of an empty database. */
  readonly url: string
  readonly file: string
  readonly secretKey: Buffer
  readonly log: Log
  readonly now?: Date
}

export interface Restored extends Stopped {
  readonly manifest: Manifest
  readonly rows: number
}

/**
 * Fills an empty database from a backup: all of it or nothing. Every open run is stopped (stop-runs.ts), schedules go on from now.
 * @throws AppError `backup-unreadable`, `backup-not-empty`, `backup-other-key`, `backup-newer`, `database-unreachable`
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { url, file, log } = options
  const archive = await ArchiveReader.open(file)
  try {
    const manifest = readManifest(await archive.json(), file)
    const steps = stepsOf(manifest, options)
    const client = new pg.Client({ connectionString: url, application_name: 'alimflow restore', connectionTimeoutMillis: 10_000 })
    client.on('error', (error) => log.warn(`The database connection was lost: ${error.message}`))
    await client.connect().catch((error: unknown) => {
      throw unreachable(url, error)
    })
    try {
      await refuseFull(client, manifest)
      await migrate(url, log, steps)
      const restored = await fill(client, { archive, manifest, options })
      await migrate(url, log)
      return { manifest, ...restored }
    } finally {
      await client.end()
    }
  } finally {
    await archive.close()
  }
}

/** The schema of that time: what came later is made after the rows are there, as it was for every other database. */
function stepsOf(manifest: Manifest, { secretKey }: RestoreOptions): Migration[] {
  const known = new Set(all.map(({ name }) => name))
  const foreign = manifest.migrations.find((name) => !known.has(name))
  if (foreign !== undefined) throw new AppError('backup-newer', { version: manifest.version, found: foreign })
  const found = keyFingerprint(secretKey)
  if (found !== manifest.keyFingerprint) throw new AppError('backup-other-key', { needed: manifest.keyFingerprint, found })
  return all.filter(({ name }) => manifest.migrations.includes(name))
}

/** Empty: no tables at all, or those of the same steps with nobody's data in them. */
async function refuseFull(client: pg.Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by 1`,
  )
  if (rows.length === 0) return
  const refuse = (detail: string): never => {
    throw new AppError('backup-not-empty', { detail })
  }
  const names = new Set(rows.map(({ name }) => name))
  if (!names.has('schema_migration')) refuse(rows.map(({ name }) => name).join(', '))
  const made = await client.query<{ name: string }>('select name from schema_migration order by name')
  const later = made.rows.find(({ name }) => !manifest.migrations.includes(name))
  if (later) refuse(later.name)
  if (!names.has('workspace')) return
  const workspaces = await client.query('select name from workspace limit 1')
  if (workspaces.rows.length > 0) refuse('workspace')
}

interface Filling {
  readonly archive: ArchiveReader
  readonly manifest: Manifest
  readonly options: RestoreOptions
}

async function fill(client: pg.Client, { archive, manifest, options }: Filling): Promise<Stopped & { rows: number }> {
  await makePartitions(client, manifest.months)
  await client.query('begin')
  try {
    await compareTables(client, manifest, options.file)
    // What the steps of the schema put there is in the backup too.
    for (const { name } of manifest.tables.toReversed()) await client.query(`delete from "${name}"`)
    const written: Trailer['tables'] = {}
    for (const table of manifest.tables) written[table.name] = await fillTable(client, archive, table)
    compareRows(readTrailer(await archive.json(), options.file), written, options.file)
    for (const [name, { last, called }] of Object.entries(manifest.sequences))
      await client.query('select setval(to_regclass($1), $2::bigint, $3)', [`public."${name}"`, last, called])
    await leaveNumbers(client)
    await goOnFromNow(client, options.now ?? new Date())
    const stopped = await stopRuns(client, manifest)
    await client.query('commit')
    return { ...stopped, rows: Object.values(written).reduce((sum, { rows }) => sum + rows, 0) }
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The names of the file go into statements: they must be the database's own. */
async function compareTables(client: pg.Client, manifest: Manifest, file: string): Promise<void> {
  const there = new Map((await readTables(client)).map(({ name, columns }) => [name, new Set(columns)]))
  for (const { name, columns } of manifest.tables) {
    const lost = there.has(name) ? columns.find((column) => !there.get(name)?.has(column)) : '*'
    if (lost !== undefined) throw new AppError('backup-unreadable', { file, detail: `${name}.${lost} is unknown` })
  }
}

async function fillTable(
  client: pg.Client,
  archive: ArchiveReader,
  table: Manifest['tables'][number],
): Promise<Trailer['tables'][string]> {
  const sha256 = createHash('sha256')
  let bytes = 0
  const copy = client.query(copyFrom(`copy "${table.name}" (${columnList(table)}) from stdin (format binary)`))
  await pipeline(
    Readable.from(archive.blocks()),
    createZstdDecompress(),
    async function* count(parts: AsyncIterable<Buffer>) {
      for await (const part of parts) {
        sha256.update(part)
        bytes += part.length
        yield part
      }
    },
    copy,
  )
  return { bytes, sha256: sha256.digest('hex'), rows: copy.rowCount }
}

function compareRows(expected: Trailer, written: Trailer['tables'], file: string): void {
  for (const [name, facts] of Object.entries(written)) {
    const wanted = expected.tables[name]
    if (wanted?.rows !== facts.rows || wanted.sha256 !== facts.sha256)
      throw new AppError('backup-unreadable', { file, detail: `${name}: ${facts.rows} ≠ ${wanted?.rows ?? 0}` })
  }
}

/** The product that was backed up may have given out some more numbers since; the providers know them. Nobody gets one twice. */
async function leaveNumbers(client: pg.Client): Promise<void> {
  await client.query(`select setval('run_seq', nextval('run_seq') + 1000000), setval('worker_no', nextval('worker_no') + 100000)`)
}

/** A time between the backup and now has fired in the meantime, or was missed: nobody starts it again. */
async function goOnFromNow(client: pg.Client, now: Date): Promise<void> {
  const { rows } = await client.query<{ id: string; cron: string; timezone: string }>('select id, cron, timezone from schedule')
  for (const { id, cron, timezone } of rows)
    await client.query('update schedule set next_fire_at = $2, held_since = null, held_until = null where id = $1', [
      id,
      nextFire({ cron, timezone }, now),
    ])
}
