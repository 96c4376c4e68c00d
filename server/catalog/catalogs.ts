import type { Kysely } from 'kysely'
import type { Catalog } from '#schemas/catalog.ts'
import type { Clock } from '#runtime/sdk/index.ts'
import { readMysqlCatalog } from '#server/connections/mysql/catalog.ts'
import { MysqlConnection } from '#server/connections/mysql/mysql.ts'
import type { Connections } from '#server/connections/open.ts'
import { readPostgresCatalog } from '#server/connections/postgres/catalog.ts'
import type { ConnectionRow, Place } from '#server/connections/store.ts'
import type { Database } from '#server/database/schema.ts'
import { applyNames } from './apply-names.ts'
import type { ReadCatalog } from './blank.ts'
import { lookAtData } from './look.ts'
import type { SeenCatalog } from './named-connection.ts'
import { CatalogNameStore } from './names.ts'

/** A schema is asked for again after this, ms. */
const KEPT_MS = 24 * 3_600_000
/** More tables than these are counted, not shown. */
const MOST_TABLES = 5000

interface Deps {
  readonly db: Kysely<Database>
  readonly connections: Pick<Connections, 'sql'>
  readonly clock: Pick<Clock, 'now'>
}

/** The catalogs of connected databases, kept in the platform's database for a day and an edition of the connection. */
export class Catalogs {
  readonly #deps: Deps
  readonly names: CatalogNameStore
  readonly #reading = new Map<string, Promise<Catalog>>()

  constructor(deps: Deps) {
    this.#deps = deps
    this.names = new CatalogNameStore(deps.db)
  }

  /** As it is kept, else as the database says now, by the names that people gave; `fresh`: asked now in any case. @throws as `Connections.sql`, `sql-timeout` */
  async read(connection: ConnectionRow, { fresh = false }: { fresh?: boolean | undefined } = {}): Promise<Catalog> {
    const [catalog, { names }] = await Promise.all([this.#found(connection, fresh), this.names.read(placeOf(connection))])
    return applyNames(catalog, names)
  }

  async #found(connection: ConnectionRow, fresh: boolean): Promise<Catalog> {
    const kept = fresh ? null : await this.kept(placeOf(connection), connection.revision)
    if (kept && this.#deps.clock.now().getTime() - Date.parse(kept.readAt) < KEPT_MS) return kept
    // Several windows that ask at once are one question.
    const key = JSON.stringify([connection.workspace_id, connection.id, connection.revision])
    const reading = this.#reading.get(key) ?? this.#readNow(connection).finally(() => this.#reading.delete(key))
    this.#reading.set(key, reading)
    // A database that is away: what was read before says how old it is, and names can still be looked up and given.
    return kept ? reading.catch(() => kept) : reading
  }

  /** As it was last read, however long ago; null: this edition of the connection was never asked. */
  async kept({ workspaceId, id }: Place, revision: number): Promise<Catalog | null> {
    const row = await this.#deps.db
      .selectFrom('connection_catalog')
      .select('content')
      .where('workspace_id', '=', workspaceId)
      .where('connection_id', '=', id)
      .where('revision', '=', revision)
      .executeTakeFirst()
    // Written below.
    return row ? (row.content as Catalog) : null
  }

  /** As it was last read, by the names that people gave; null: it was never read. Asks nobody: a run does this, too. */
  async seen(place: Place): Promise<SeenCatalog | null> {
    const row = await this.#deps.db
      .selectFrom('connection_catalog')
      .select('content')
      .where('workspace_id', '=', place.workspaceId)
      .where('connection_id', '=', place.id)
      .executeTakeFirst()
    if (!row) return null
    const { names } = await this.names.read(place)
    // Written below.
    return { names, tables: applyNames(row.content as Catalog, names).tables }
  }

  /** By connection: another text whenever it was read anew or people call things otherwise. */
  async namings(workspaceId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#deps.db
      .selectFrom('connection_catalog as c')
      .leftJoin('connection_names as n', (join) =>
        join.onRef('n.workspace_id', '=', 'c.workspace_id').onRef('n.connection_id', '=', 'c.connection_id'),
      )
      .select(['c.connection_id', 'c.read_at', 'n.revision'])
      .where('c.workspace_id', '=', workspaceId)
      .execute()
    return new Map(rows.map((row) => [row.connection_id, `${row.read_at}/${row.revision ?? 0}`]))
  }

  async #readNow(connection: ConnectionRow): Promise<Catalog> {
    const { workspaceId, id } = placeOf(connection)
    const database = await this.#deps.connections.sql(workspaceId, id)
    const read: ReadCatalog = await (database instanceof MysqlConnection
      ? readMysqlCatalog(database)
      : readPostgresCatalog(database))
    await lookAtData(database, read, () => this.#deps.clock.now().getTime())
    const readAt = this.#deps.clock.now().toISOString()
    const { dialect, tables } = read
    const catalog = { connectionId: id, dialect, readAt, tables: tables.slice(0, MOST_TABLES), tableCount: tables.length }
    const row = { revision: connection.revision, read_at: readAt, content: JSON.stringify(catalog) }
    await this.#deps.db
      .insertInto('connection_catalog')
      .values({ workspace_id: workspaceId, connection_id: id, ...row })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'connection_id']).doUpdateSet(row))
      .execute()
    return catalog
  }
}

const placeOf = (row: ConnectionRow): Place => ({ workspaceId: row.workspace_id, id: row.id })
