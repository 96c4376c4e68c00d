import type { Kysely, Selectable } from 'kysely'
import type { Connection, ConnectionHealth, ConnectionKind } from '#schemas/connection.ts'
import { errorText } from '#schemas/errors.ts'
import type { Language } from '#schemas/localized.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Database } from '#server/database/schema.ts'
import { DetailedError } from '#server/plugins/errors.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import type { Box } from '#server/secrets/box.ts'
import type { CheckedInput } from './check-input.ts'
import { type ConnectionUser, connectionUsers } from './used-by.ts'

export type ConnectionRow = Selectable<Database['connection']>
type Secrets = Readonly<Record<string, string>>

export interface Place {
  readonly workspaceId: string
  readonly id: string
}

const aad = ({ workspaceId, id }: Place): string => `connection:${workspaceId}:${id}`

/** Saved connections. Secrets are sealed here and leave only by `secretsOf`, to those who open connections. */
export class ConnectionStore {
  readonly #db: Kysely<Database>
  readonly #box: Box

  /** `box`: purpose `connection`. */
  constructor(db: Kysely<Database>, box: Box) {
    this.#db = db
    this.#box = box
  }

  list(workspaceId: string): Promise<ConnectionRow[]> {
    return this.#rows(workspaceId).orderBy('built_in', 'desc').orderBy('created_at').orderBy('id').execute()
  }

  /** Null: there is none with this id. */
  async find({ workspaceId, id }: Place): Promise<ConnectionRow | null> {
    return (await this.#rows(workspaceId).where('id', '=', id).executeTakeFirst()) ?? null
  }

  /** @throws AppError `not-found` */
  async read(place: Place): Promise<ConnectionRow> {
    const row = await this.find(place)
    if (!row) throw new AppError('not-found', { what: 'connection' })
    return row
  }

  /** Workflows by the connection that they name. */
  users(workspaceId: string): Promise<Map<string, ConnectionUser[]>> {
    return connectionUsers(this.#db, workspaceId)
  }

  /** @throws AppError `secret-unreadable` */
  secretsOf(row: ConnectionRow): Secrets {
    if (row.secrets_enc === null) return {}
    // Sealed below, from an object of texts.
    return JSON.parse(this.#box.open(row.secrets_enc, aad({ workspaceId: row.workspace_id, id: row.id })).toString()) as Secrets
  }

  async create(workspaceId: string, input: CheckedInput, actor: string): Promise<ConnectionRow> {
    const place = { workspaceId, id: uuidV7() }
    return this.#db
      .insertInto('connection')
      .values({
        workspace_id: workspaceId,
        id: place.id,
        kind: input.kind,
        name: input.name,
        settings: JSON.stringify(input.settings),
        ...this.#sealed(place, input.secrets),
        created_by: actor,
        updated_by: actor,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  }

  /** Saves over the revision that the caller knew. @throws AppError `stale-revision` with the newer state, `built-in-connection`, `not-found` */
  async change(place: Place, change: CheckedInput & { revision: number }, actor: string): Promise<ConnectionRow> {
    const old = await this.read(place)
    if (old.built_in && old.kind === 'embedded') throw new AppError('built-in-connection', { name: old.name })
    const saved = await this.#db
      .updateTable('connection')
      .set((eb) => ({
        name: change.name,
        settings: JSON.stringify(change.settings),
        ...this.#sealed(place, change.secrets),
        revision: eb('revision', '+', 1),
        health: JSON.stringify({ state: 'unknown', checkedAt: null, error: null }),
        updated_by: actor,
        updated_at: new Date(),
      }))
      .where('workspace_id', '=', place.workspaceId)
      .where('id', '=', place.id)
      .where('deleted_at', 'is', null)
      .where('revision', '=', change.revision)
      .returningAll()
      .executeTakeFirst()
    if (saved) return saved
    const { revision, updated_at: updatedAt } = await this.read(place)
    throw new DetailedError(new AppError('stale-revision', {}), { current: { revision, updatedAt } })
  }

  /** @throws AppError `connection-in-use` naming the workflows, `built-in-connection`, `not-found` */
  async remove(place: Place, actor: string): Promise<void> {
    const row = await this.read(place)
    if (row.built_in) throw new AppError('built-in-connection', { name: row.name })
    const users = (await this.users(place.workspaceId)).get(place.id) ?? []
    if (users.length > 0) throw new AppError('connection-in-use', { workflows: users.map(({ name }) => name).join(', ') })
    await this.#db
      .updateTable('connection')
      .set({ deleted_at: new Date(), secrets_enc: null, secrets_set: [], updated_by: actor, updated_at: new Date() })
      .where('workspace_id', '=', place.workspaceId)
      .where('id', '=', place.id)
      .execute()
  }

  /** Results that any process keeps of it are of an edition that is over. */
  async letGoOfResults({ workspaceId, id }: Place): Promise<void> {
    await this.#db
      .updateTable('connection')
      .set((eb) => ({ results_edition: eb('results_edition', '+', 1) }))
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .execute()
  }

  /** How it fared when it was last tried. Since when it does is kept while it stays so. */
  async setHealth(place: Place, health: ConnectionHealth, dialect: string | null): Promise<void> {
    const old = (await this.find(place))?.health as ConnectionHealth | undefined
    const since = old?.state === health.state ? (old.since ?? old.checkedAt ?? health.checkedAt) : health.checkedAt
    await this.#db
      .updateTable('connection')
      .set({ health: JSON.stringify({ ...health, since }), ...(dialect !== null && { dialect }) })
      .where('workspace_id', '=', place.workspaceId)
      .where('id', '=', place.id)
      .execute()
  }

  /** The sample shop and the sandbox, which every workspace has. Does nothing where they are. */
  async ensureBuiltIn(workspaceId: string, { sample }: { sample: boolean }): Promise<void> {
    const builtIn = (id: string, kind: string, name: string) => ({
      workspace_id: workspaceId,
      id,
      kind,
      name,
      built_in: true,
      created_by: 'alimflow',
      updated_by: 'alimflow',
    })
    const rows = [
      builtIn('sandbox', 'sandbox', '샌드박스'),
      ...(sample ? [{ ...builtIn('sample-shop', 'embedded', '샘플 가게'), dialect: 'postgres' }] : []),
    ]
    await this.#db
      .insertInto('connection')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doNothing())
      .execute()
  }

  #rows(workspaceId: string) {
    return this.#db.selectFrom('connection').selectAll().where('workspace_id', '=', workspaceId).where('deleted_at', 'is', null)
  }

  #sealed(place: Place, secrets: Secrets) {
    const names = Object.keys(secrets)
    return { secrets_set: names, secrets_enc: names.length === 0 ? null : this.#box.seal(JSON.stringify(secrets), aad(place)) }
  }
}

/** Health as it is stored, in the language of who reads it. */
export function healthIn(language: Language, stored: unknown): ConnectionHealth {
  // Written by `setHealth`.
  const health = stored as ConnectionHealth
  if (!health.error?.fields) return health
  const { code, fields } = health.error
  return { ...health, error: { code, message: errorText(code, fields)[language] } }
}

/** A connection as it may be shown. */
export function shown(row: ConnectionRow, kind: ConnectionKind | undefined, language: Language): Connection {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    role: kind?.role ?? 'provider',
    channels: [...(kind?.channels ?? [])],
    builtIn: row.built_in,
    // Written by this file, from checked input.
    settings: row.settings as Connection['settings'],
    secretsSet: row.secrets_set,
    health: healthIn(language, row.health),
    dialect: row.dialect,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
