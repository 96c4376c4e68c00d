import type { Pool } from 'pg'
import {
  AppError,
  type Clock,
  type Http,
  type KnownConnection,
  type Log,
  type ProviderSession,
  type ProviderType,
  type SqlConnection,
} from '#runtime/sdk/index.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Egress } from '#server/egress/egress.ts'
import type { DatabaseConfig } from './kinds.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import { identityOf, refuseOwn } from './own-database.ts'
import { PostgresConnection } from './postgres/postgres.ts'
import { openService } from './http/open-service.ts'
import { logged } from './logged.ts'
import type { Asker, QueryLog } from './query-log.ts'
import type { Reach } from './reach.ts'
import { forPreview, previewSettings, type PreviewSettings, type PreviewUse } from './results/for-preview.ts'
import { ResultCache, type HeldResults } from './results/result-cache.ts'
import type { ConnectionStore, Place } from './store.ts'

export interface ConnectionsDeps {
  readonly store: ConnectionStore
  /** The platform's own database: never a source. */
  readonly pool: Pool
  readonly registry: Pick<Registry, 'provider' | 'connectionKinds'>
  readonly egress: Egress
  /** postgresql:// address of the sample shop; null: switched off. */
  readonly sampleUrl: string | null
  /** Where queries are noted; left out: nowhere. */
  readonly queryLog?: Pick<QueryLog, 'add'>
  /** Which addresses databases may be at; left out: any. */
  readonly reach?: Reach
  readonly log: Log
  readonly clock: Clock
}

/** Steps of runs and previews that a connection is remembered for. */
const MOST_ASKERS = 500

export type OpenDatabase = PostgresConnection | MysqlConnection

/** A provider's connection, open. */
export interface OpenedProvider {
  readonly type: ProviderType
  readonly session: ProviderSession
  /** What people call it. */
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** What opening needs of a connection, saved or not. */
export interface Openable {
  readonly kind: string
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  readonly dialect: string | null
}

interface Kept {
  readonly revision: number
  readonly preview: PreviewSettings
  readonly opened: Promise<OpenDatabase>
  /** The same for one asker each time: answers are remembered by connection. */
  readonly forAskers: Map<string, SqlConnection>
}

/** Open connections by workspace and id. Pools are small, empty themselves when idle and connect again by themselves. */
export interface Connections {
  /** @throws AppError `connection-missing`, `connection-own-database`, `connection-failed`, `connection-denied` */
  sql(workspaceId: string, id: string): Promise<OpenDatabase>
  /** The same for who asks for rows: what is asked is noted. @throws as `sql` */
  forAsker(workspaceId: string, id: string, asker: Asker): Promise<SqlConnection>
  /** The same for a person who looks while editing. @throws as `sql` */
  forPreview(place: Place, asker: Asker, use: PreviewUse): Promise<SqlConnection>
  /** What this process keeps of its results, and for how long (ms; 0: nothing is kept). @throws AppError `connection-missing` */
  results(place: Place): Promise<HeldResults & { keepMs: number }>
  /** Lets go of its results, in all processes. */
  emptyResults(place: Place): Promise<void>
  /** @throws AppError `connection-missing` */
  provider(workspaceId: string, id: string): Promise<OpenedProvider>
  /** A service that is asked by HTTP. @throws AppError `connection-missing` */
  service(workspaceId: string, id: string): Promise<Http>
  /** One that need not be saved. */
  openService(from: Openable): Http
  /** Which edition of the connection is saved now. @throws AppError `connection-missing` */
  revision(workspaceId: string, id: string): Promise<number>
  /** What is known without asking the outside, by id. */
  known(workspaceId: string): Promise<ReadonlyMap<string, KnownConnection>>
  /** A database that need not be saved; the caller closes it. @throws as `sql` */
  openDatabase(from: Openable): Promise<OpenDatabase>
  /** A provider that need not be saved. @throws AppError `connection-missing` */
  openProvider(from: Openable): OpenedProvider
  /** Closes what is open of a connection that was changed or deleted. */
  forget(workspaceId: string, id: string): Promise<void>
  close(): Promise<void>
}

/** The database of a connection's settings; connects only when asked. */
function make(
  { kind, name, settings, secrets, dialect }: Openable,
  deps: Pick<ConnectionsDeps, 'sampleUrl' | 'log' | 'reach'>,
): OpenDatabase {
  const { reach } = deps
  if (kind === 'embedded') {
    if (deps.sampleUrl === null) throw new AppError('connection-missing', { connection: name })
    return new PostgresConnection({ url: deps.sampleUrl, timezone: 'Asia/Seoul' }, deps.log)
  }
  // Checked against the kind's schema before it was saved.
  const {
    port,
    queryTimeoutSeconds,
    audienceTimeoutMinutes,
    timezone = 'Asia/Seoul',
    keepResults: _keep,
    previewRows: _rows,
    ...rest
  } = settings as unknown as DatabaseConfig
  const account = {
    ...rest,
    timezone,
    password: secrets.password ?? '',
    ...(queryTimeoutSeconds !== undefined && { queryTimeoutMs: queryTimeoutSeconds * 1000 }),
    ...(audienceTimeoutMinutes !== undefined && { streamTimeoutMs: audienceTimeoutMinutes * 60_000 }),
    ...(reach && { reach }),
  }
  if (kind === 'postgres') return new PostgresConnection({ ...account, port: port ?? 5432 }, deps.log)
  if (kind === 'mysql')
    return new MysqlConnection({ ...account, port: port ?? 3306 }, deps.log, dialect === 'mysql' ? 'mysql' : 'mariadb')
  throw new AppError('connection-missing', { connection: name })
}

/** @throws AppError `connection-missing` */
function openProvider({ kind, name, settings, secrets }: Openable, deps: ConnectionsDeps): OpenedProvider {
  const type = deps.registry.provider(kind)
  if (!type) throw new AppError('connection-missing', { connection: name })
  const { log, clock } = deps
  // What goes wrong is told with the name that people gave it; one that is only being tried has none.
  const http = deps.egress.forProvider(name === '' ? type.title.en : name)
  return {
    type,
    name,
    settings,
    session: type.open({ settings, secrets }, { log, clock, http }),
  }
}

async function openDatabase(from: Openable, deps: ConnectionsDeps, ownIdentity: () => Promise<string>): Promise<OpenDatabase> {
  const database = make(from, deps)
  try {
    if (database instanceof PostgresConnection) await refuseOwn(await ownIdentity(), (sql) => database.ask(sql))
    else await database.ask('select 1')
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function known(workspaceId: string, deps: ConnectionsDeps): Promise<ReadonlyMap<string, KnownConnection>> {
  const kinds = new Map(deps.registry.connectionKinds().map((kind) => [kind.kind, kind]))
  const rows = (await deps.store.list(workspaceId)).filter(({ kind }) => kind !== 'embedded' || deps.sampleUrl !== null)
  return new Map(
    rows.map(({ id, name, kind, dialect }) => {
      const { role = 'provider', channels = [] } = kinds.get(kind) ?? {}
      return [id, { id, name, kind, role, channels, dialect }]
    }),
  )
}

const ask = (pool: Pool) => async (sql: string) => (await pool.query<unknown[]>({ text: sql, rowMode: 'array' })).rows

/** What a connection is to one asker. */
async function forAsker(
  { queryLog }: Pick<ConnectionsDeps, 'queryLog'>,
  one: Kept,
  { workspaceId, id, asker }: Place & { asker: Asker },
): Promise<SqlConnection> {
  const database = await one.opened
  if (!queryLog) return database
  const key = JSON.stringify(asker)
  const known = one.forAskers.get(key)
  if (known) return known
  const made = logged(database, (ended) => queryLog.add({ ...asker, ...ended, workspaceId, connectionId: id }))
  // Runs come and go; what one of them remembers goes with it.
  if (one.forAskers.size >= MOST_ASKERS) one.forAskers.clear()
  one.forAskers.set(key, made)
  return made
}

interface Looking {
  readonly deps: ConnectionsDeps
  readonly cache: ResultCache
  readonly read: (workspaceId: string, id: string) => Promise<{ edition: string; from: Openable }>
  readonly keep: (workspaceId: string, id: string) => Promise<Kept & { edition: string }>
}

/** What people see who look while editing, and what is kept of it. */
function looking({ deps, cache, read, keep }: Looking): Pick<Connections, 'forPreview' | 'results' | 'emptyResults'> {
  return {
    async forPreview({ workspaceId, id }, asker, use) {
      const one = await keep(workspaceId, id)
      const place = { connectionId: id, connection: `${workspaceId}/${id}`, edition: one.edition }
      return forPreview(await forAsker(deps, one, { workspaceId, id, asker }), { cache, settings: one.preview, place, use })
    },
    async results({ workspaceId, id }) {
      const { edition, from } = await read(workspaceId, id)
      return { ...cache.held(`${workspaceId}/${id}`, edition), keepMs: previewSettings(from.settings).keepMs }
    },
    async emptyResults(place) {
      await deps.store.letGoOfResults(place)
      cache.empty(`${place.workspaceId}/${place.id}`)
    },
  }
}

/** Keeps what was opened, by workspace and id. */
export function createConnections(deps: ConnectionsDeps): Connections {
  const kept = new Map<string, Kept>()
  let own: Promise<string> | undefined
  const ownIdentity = (): Promise<string> => {
    own ??= identityOf(ask(deps.pool))
    // Asked again after a failure.
    own.catch(() => (own = undefined))
    return own
  }

  const cache = new ResultCache()

  async function read(workspaceId: string, id: string): Promise<{ revision: number; edition: string; from: Openable }> {
    const row = await deps.store.find({ workspaceId, id })
    if (!row) throw new AppError('connection-missing', { connection: id })
    const { kind, name, dialect, revision, results_edition: results } = row
    // `settings` was written by the store as an object.
    return {
      revision,
      edition: `${revision}/${results}`,
      from: { kind, name, dialect, settings: row.settings as Record<string, unknown>, secrets: deps.store.secretsOf(row) },
    }
  }

  async function forget(workspaceId: string, id: string): Promise<void> {
    const old = kept.get(`${workspaceId}/${id}`)
    kept.delete(`${workspaceId}/${id}`)
    cache.empty(`${workspaceId}/${id}`)
    await old?.opened.then((database) => database.close()).catch(() => undefined)
  }

  async function keep(workspaceId: string, id: string): Promise<Kept & { edition: string }> {
    const { revision, edition, from } = await read(workspaceId, id)
    const key = `${workspaceId}/${id}`
    const found = kept.get(key)
    if (found?.revision === revision) return { ...found, edition }
    if (found) void forget(workspaceId, id) // changed, perhaps by another process
    const opened = openDatabase(from, deps, ownIdentity)
    const one = { revision, preview: previewSettings(from.settings), opened, forAskers: new Map<string, SqlConnection>() }
    kept.set(key, one)
    // A connection that could not be opened is tried again at the next question.
    opened.catch(() => kept.get(key)?.opened === opened && kept.delete(key))
    return { ...one, edition }
  }

  return {
    openDatabase: (from) => openDatabase(from, deps, ownIdentity),
    openProvider: (from) => openProvider(from, deps),
    known: (workspaceId) => known(workspaceId, deps),
    forget,
    sql: async (workspaceId, id) => (await keep(workspaceId, id)).opened,
    forAsker: async (workspaceId, id, asker) => forAsker(deps, await keep(workspaceId, id), { workspaceId, id, asker }),
    ...looking({ deps, cache, read, keep }),
    service: async (workspaceId, id) => openService((await read(workspaceId, id)).from, deps.egress.http),
    openService: (from) => openService(from, deps.egress.http),
    provider: async (workspaceId, id) => openProvider((await read(workspaceId, id)).from, deps),
    async revision(workspaceId, id) {
      const row = await deps.store.find({ workspaceId, id })
      if (!row) throw new AppError('connection-missing', { connection: id })
      return row.revision
    },
    async close() {
      const all = [...kept.values()]
      kept.clear()
      cache.close()
      await Promise.all(all.map(({ opened }) => opened.then((database) => database.close()).catch(() => undefined)))
    },
  }
}
