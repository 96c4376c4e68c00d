import { link, rm } from 'node:fs/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { unreachable } from '#server/database/unreachable.ts'
import { monthsThere } from '#server/ledger/partitions.ts'
import { ArchiveWriter } from './archive.ts'
import { keyFingerprint, type Manifest, type Trailer } from './manifest.ts'
import { columnList, readSequences, readTables } from './tables.ts'

export interface BackupOptions {
  /** postgresql:// address of the platform's database. */
  readonly url: string
  /** The file to be made. */
  readonly file: string
  readonly secretKey: Buffer
  /** Version of the product. */
  readonly version: string
  readonly log: Log
  readonly now?: Date
}

export interface Backup {
  readonly manifest: Manifest
  readonly rows: number
}

/**
 * Writes everything to one file, as it was at one moment, while the product goes on working. The file appears under its name when it is
 * complete. The secret key is not in it. @throws AppError `backup-file-exists`, `database-unreachable`
 */
export async function writeBackup(options: BackupOptions): Promise<Backup> {
  const { url, file, log } = options
  const client = new pg.Client({ connectionString: url, application_name: 'alimflow backup', connectionTimeoutMillis: 10_000 })
  client.on('error', (error) => log.warn(`The database connection was lost: ${error.message}`))
  await client.connect().catch((error: unknown) => {
    throw unreachable(url, error)
  })
  const part = `${file}.part-${process.pid}`
  let writer: ArchiveWriter | null = null
  try {
    writer = await ArchiveWriter.create(part)
    // One snapshot for all tables; nobody is kept from anything.
    await client.query('begin transaction isolation level repeatable read read only')
    const manifest = await readManifestNow(client, options)
    await writer.begin(manifest)
    const trailer = await writeTables(client, { manifest, writer })
    await writer.end(trailer)
    await client.query('commit')
    await giveName(part, file)
    return { manifest, rows: Object.values(trailer.tables).reduce((sum, { rows }) => sum + rows, 0) }
  } finally {
    await writer?.close()
    await rm(part, { force: true })
    await client.end()
  }
}

async function readManifestNow(client: pg.Client, { secretKey, version, now }: BackupOptions): Promise<Manifest> {
  const { rows } = await client.query<{ name: string }>('select name from schema_migration order by name')
  return {
    format: 1,
    version,
    at: (now ?? new Date()).toISOString(),
    migrations: rows.map(({ name }) => name),
    keyFingerprint: keyFingerprint(secretKey),
    months: await monthsThere(client),
    tables: await readTables(client),
    sequences: await readSequences(client),
  }
}

async function writeTables(
  client: pg.Client,
  { manifest, writer }: { manifest: Manifest; writer: ArchiveWriter },
): Promise<Trailer> {
  const tables: Trailer['tables'] = {}
  for (const table of manifest.tables) {
    // A partitioned table cannot be copied by its name, a query over it can.
    const copy = client.query(copyTo(`copy (select ${columnList(table)} from "${table.name}") to stdout (format binary)`))
    const facts = await writer.stream(copy)
    tables[table.name] = { ...facts, rows: copy.rowCount }
  }
  return { tables }
}

/** A link, not a rename: a file that appeared under this name meanwhile is never overwritten. */
async function giveName(part: string, file: string): Promise<void> {
  await link(part, file).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw exists ? new AppError('backup-file-exists', { file }, { cause: error }) : error
  })
}
