import { Ajv, type ValidateFunction } from 'ajv'
import type { Kysely } from 'kysely'
import type { Connection, ConnectionHealth, ConnectionInput } from '#schemas/connection.ts'
import type { Registry } from '#runtime/registry.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Database } from '#server/database/schema.ts'
import { InvalidFields, type FieldFault } from '#server/invalid-fields.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import type { Box } from '#server/secrets/box.ts'
import { toConnection, type ConnectionRow } from './row.ts'

export interface ConnectionStoreDeps {
  readonly db: Kysely<Database>
  readonly registry: Pick<Registry, 'connectionKinds'>
  /** Purpose `connection`. */
  readonly box: Box
}

export type Secrets = Record<string, string>

const ajv = new Ajv({ allErrors: true, useDefaults: false, strict: false })
const validators = new WeakMap<object, ValidateFunction>()

function faults(schema: unknown, value: unknown, path: string): FieldFault[] {
  if (typeof schema !== 'object' || schema === null) return []
  let validate = validators.get(schema)
  if (!validate) validators.set(schema, (validate = ajv.compile(schema)))
  if (validate(value)) return []
  return (validate.errors ?? []).map((error) => {
    const missing = error.keyword === 'required' ? `/${String(error.params.missingProperty)}` : ''
    const extra = error.keyword === 'additionalProperties' ? `/${String(error.params.additionalProperty)}` : ''
    return {
      path: `${path}${error.instancePath}${missing}${extra}`,
      code: error.keyword,
      message: error.message ?? error.keyword,
    }
  })
}

const place = (workspaceId: string, id: string): string => `connection:${workspaceId}:${id}`

/** Connections of a workspace. Secrets are sealed bound to their connection, and never leave but for `secretsOf`. */
export class ConnectionStore {
  readonly #deps: ConnectionStoreDeps

  constructor(deps: ConnectionStoreDeps) {
    this.#deps = deps
  }

  async list(workspaceId: string): Promise<Connection[]> {
    const rows = await this.#all(workspaceId).orderBy('built_in', 'desc').orderBy('created_at').execute()
    return rows.map((row) => toConnection(row, this.#deps.registry))
  }

  /** @throws AppError `not-found` */
  async read(workspaceId: string, id: string): Promise<Connection> {
    return toConnection(await this.row(workspaceId, id), this.#deps.registry)
  }

  /** @throws AppError `not-found` */
  async row(workspaceId: string, id: string): Promise<ConnectionRow> {
    const row = await this.#all(workspaceId).where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('not-found', { what: 'connection' })
    return row
  }

  secretsOf(row: Pick<ConnectionRow, 'workspace_id' | 'id' | 'secrets_enc'>): Secrets {
    if (!row.secrets_enc) return {}
    // Sealed by `#seal` below.
    return JSON.parse(this.#deps.box.open(row.secrets_enc, place(row.workspace_id, row.id)).toString('utf8')) as Secrets
  }

  /** Checks settings and secrets against the kind's schemas. @throws InvalidFields, AppError `not-found` (kind) */
  check(input: ConnectionInput, secrets: Secrets): void {
    const kind = this.#deps.registry.connectionKinds().find((one) => one.kind === input.kind)
    if (!kind) throw new AppError('not-found', { what: 'connection kind' })
    const found = [...faults(kind.settingsSchema, input.settings, 'settings'), ...faults(kind.secretsSchema, secrets, 'secrets')]
    if (found.length > 0) throw new InvalidFields(found)
  }

  async create(workspaceId: string, input: ConnectionInput, actor: string): Promise<Connection> {
    const kind = this.#deps.registry.connectionKinds().find((one) => one.kind === input.kind)
    if (kind?.builtIn) throw new AppError('built-in-connection', { name: input.name })
    const secrets = present(input.secrets ?? {})
    this.check(input, secrets)
    const id = uuidV7()
    await this.#deps.db
      .insertInto('connection')
      .values({
        workspace_id: workspaceId,
        id,
        kind: input.kind,
        name: input.name,
        settings: JSON.stringify(input.settings),
        ...this.#seal({ workspaceId, id, secrets }),
        created_by: actor,
        updated_by: actor,
      })
      .execute()
    return this.read(workspaceId, id)
  }

  /** Left-out secrets keep their value. @throws AppError `stale-revision`, `built-in-connection`, `not-found` */
  async change(
    place_: { workspaceId: string; id: string },
    input: ConnectionInput & { revision: number },
    actor: string,
  ): Promise<Connection> {
    const { workspaceId, id } = place_
    const row = await this.row(workspaceId, id)
    if (row.kind === 'embedded' || (row.built_in && row.kind !== input.kind))
      throw new AppError('built-in-connection', { name: row.name })
    const secrets = present({ ...this.secretsOf(row), ...input.secrets })
    this.check(input, secrets)
    const changed = await this.#deps.db
      .updateTable('connection')
      .set((eb) => ({
        kind: input.kind,
        name: input.name,
        settings: JSON.stringify(input.settings),
        ...this.#seal({ workspaceId, id, secrets }),
        revision: eb('revision', '+', 1),
        updated_by: actor,
        updated_at: new Date(),
      }))
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .where('revision', '=', input.revision)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) throw new AppError('stale-revision', {})
    return this.read(workspaceId, id)
  }

  /** @throws AppError `connection-in-use`, `built-in-connection`, `not-found` */
  async remove(workspaceId: string, id: string, actor: string): Promise<void> {
    const row = await this.row(workspaceId, id)
    if (row.built_in) throw new AppError('built-in-connection', { name: row.name })
    const users = await this.usedBy(workspaceId, id)
    if (users.length > 0) throw new AppError('connection-in-use', { workflows: users.join(', ') })
    await this.#deps.db
      .updateTable('connection')
      .set({ deleted_at: new Date(), secrets_enc: null, secrets_set: [], updated_by: actor })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .execute()
  }

  /** Names of the workflows whose draft names the connection. */
  async usedBy(workspaceId: string, id: string): Promise<string[]> {
    const rows = await this.#deps.db
      .selectFrom('workflow')
      .select(['name', 'document'])
      .where('workspace_id', '=', workspaceId)
      .where('deleted_at', 'is', null)
      .execute()
    return rows.filter(({ document }) => namesConnection(document, id)).map(({ name }) => name)
  }

  async setHealth(workspaceId: string, id: string, known: { health: ConnectionHealth; dialect?: string }): Promise<void> {
    await this.#deps.db
      .updateTable('connection')
      .set({ health: JSON.stringify(known.health), ...(known.dialect !== undefined && { dialect: known.dialect }) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .execute()
  }

  /** Makes the connections that come with the product, once. */
  async ensureBuiltIn(workspaceId: string, { sample }: { sample: boolean }): Promise<void> {
    const made = [
      ...(sample ? [{ id: 'sample-shop', kind: 'embedded', name: '샘플 상점', dialect: 'postgres' }] : []),
      { id: 'sandbox', kind: 'sandbox', name: '샘플 보낸 편지함', dialect: null },
    ].map((one) => ({ ...one, workspace_id: workspaceId, built_in: true }))
    await this.#deps.db
      .insertInto('connection')
      .values(made)
      .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doNothing())
      .execute()
  }

  #all(workspaceId: string) {
    return this.#deps.db
      .selectFrom('connection')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('deleted_at', 'is', null)
  }

  #seal({ workspaceId, id, secrets }: { workspaceId: string; id: string; secrets: Secrets }) {
    const names = Object.keys(secrets)
    const sealed = names.length === 0 ? null : this.#deps.box.seal(JSON.stringify(secrets), place(workspaceId, id))
    return { secrets_enc: sealed, secrets_set: names }
  }
}

function present(secrets: Readonly<Record<string, string | null>>): Secrets {
  return Object.fromEntries(
    Object.entries(secrets).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''),
  )
}

function namesConnection(document: unknown, id: string): boolean {
  if (typeof document !== 'object' || document === null || !('nodes' in document) || !Array.isArray(document.nodes)) return false
  return document.nodes.some((node: { config?: { connection?: unknown } }) => node.config?.connection === id)
}
