import type { Registry } from '#runtime/registry.ts'
import {
  AppError,
  type Clock,
  type KnownConnection,
  type Log,
  type ProviderSession,
  type ProviderType,
  type SqlConnection,
} from '#runtime/sdk/index.ts'
import { createProviderHttp } from '#server/egress/http.ts'
import type { DatabaseSettings } from './kinds.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import { PostgresConnection } from './postgres/postgres.ts'
import { abilities, type ConnectionRow } from './row.ts'
import type { ConnectionStore, Secrets } from './store.ts'

/** A database connection that is open, with what only the server may do with it. */
export interface OpenDatabase extends SqlConnection {
  /** Fixed questions of the product's own (version, privileges), outside the guard. */
  ask(text: string, values?: readonly string[]): Promise<(string | null)[][]>
  close(): Promise<void>
}

export interface OpenedProvider {
  readonly type: ProviderType
  readonly session: ProviderSession
  readonly settings: Readonly<Record<string, unknown>>
}

export interface ConnectionsDeps {
  readonly store: ConnectionStore
  readonly registry: Pick<Registry, 'provider' | 'connectionKinds'>
  /** Address of the sample shop for its reading role; null: there is none. */
  readonly sampleUrl: string | null
  readonly timezone: string
  readonly log: Log
  readonly clock: Clock
}

interface Kept {
  readonly revision: number
  readonly database: OpenDatabase
}

/** Opens connections when they are asked for, keeps one pool for each, and opens anew what was changed meanwhile. */
export class Connections {
  readonly #deps: ConnectionsDeps
  readonly #kept = new Map<string, Kept>()

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps
  }

  /** @throws AppError `connection-missing` */
  async sql(workspaceId: string, id: string): Promise<OpenDatabase> {
    const row = await this.#row(workspaceId, id)
    const key = `${workspaceId} ${id}`
    const kept = this.#kept.get(key)
    if (kept?.revision === row.revision) return kept.database
    const database = this.database(row.kind, row.settings as DatabaseSettings, this.#deps.store.secretsOf(row))
    this.#kept.set(key, { revision: row.revision, database })
    await kept?.database.close()
    return database
  }

  /** @throws AppError `connection-missing` */
  async provider(workspaceId: string, id: string): Promise<OpenedProvider> {
    const row = await this.#row(workspaceId, id)
    // Checked against the kind's schema when it was stored.
    const settings = row.settings as Record<string, unknown>
    return this.openProvider(row.kind, settings, this.#deps.store.secretsOf(row))
  }

  openProvider(kind: string, settings: Readonly<Record<string, unknown>>, secrets: Secrets): OpenedProvider {
    const type = this.#deps.registry.provider(kind)
    if (!type) throw new AppError('connection-missing', { connection: kind })
    const { log, clock } = this.#deps
    return { type, settings, session: type.open({ settings, secrets }, { log, clock, http: createProviderHttp(type.title.en) }) }
  }

  /** A database of given settings, also one that is not stored (a test from the form). The caller closes it. */
  database(kind: string, settings: DatabaseSettings, secrets: Secrets): OpenDatabase {
    const timezone = settings.timezone ?? this.#deps.timezone
    const { log } = this.#deps
    if (kind === 'embedded') {
      if (this.#deps.sampleUrl === null) throw new AppError('connection-missing', { connection: 'sample-shop' })
      return new PostgresConnection({ url: this.#deps.sampleUrl, timezone, poolSize: settings.poolSize ?? 4 }, log)
    }
    const all = { ...settings, ...(secrets.password !== undefined && { password: secrets.password }), timezone }
    if (kind === 'postgres') return new PostgresConnection(all, log)
    if (kind === 'mysql') return new MysqlConnection(all, log)
    throw new AppError('connection-missing', { connection: kind })
  }

  /** What is known of all connections without asking one. */
  async known(workspaceId: string): Promise<ReadonlyMap<string, KnownConnection>> {
    const list = await this.#deps.store.list(workspaceId)
    return new Map(
      list.map(({ id, name, kind, dialect }) => [id, { id, name, kind, dialect, ...abilities(this.#deps.registry, kind) }]),
    )
  }

  async close(): Promise<void> {
    const open = [...this.#kept.values()]
    this.#kept.clear()
    await Promise.all(open.map(({ database }) => database.close()))
  }

  async #row(workspaceId: string, id: string): Promise<ConnectionRow> {
    try {
      return await this.#deps.store.row(workspaceId, id)
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-found')
        throw new AppError('connection-missing', { connection: id }, { cause: error })
      throw error
    }
  }
}
