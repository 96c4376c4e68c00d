import { sql, type Kysely } from 'kysely'
import type { SavedObjectPage, SavedObjectQuery } from '#schemas/api/saved-objects.ts'
import type { SavedObject, SavedObjectChange, SavedObjectInput } from '#schemas/saved-object.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Database } from '#server/database/schema.ts'
import { DetailedError } from '#server/plugins/errors.ts'
import { cursorNumbers } from '#server/paging.ts'
import { isUuid, uuidV7 } from '#server/runs/uuid.ts'

/** Whose objects, and who looks: what is private is shown to whoever made it, and everybody has favourites of her own. */
export interface Viewer {
  readonly workspaceId: string
  readonly actor: string
}

interface Row {
  id: string
  kind: string
  name: string
  description: string
  category: string
  tags: string[]
  visibility: string
  body: unknown
  favorite: boolean
  usage_count: number
  last_used_at: string | null
  revision: number
  created_by: string
  created_at: string
  updated_at: string
}

/** Written by this file, from checked input: the table's own checks say what its texts may be. */
const shown = (row: Row): SavedObject => ({
  id: row.id,
  kind: row.kind as SavedObject['kind'],
  name: row.name,
  description: row.description,
  category: row.category,
  tags: row.tags,
  visibility: row.visibility as SavedObject['visibility'],
  body: row.body as SavedObject['body'],
  favorite: row.favorite,
  usageCount: row.usage_count,
  lastUsedAt: row.last_used_at,
  revision: row.revision,
  createdBy: row.created_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const ORDER = {
  used: sql`(f.actor is not null) desc, o.usage_count desc, o.name, o.id`,
  recent: sql`o.last_used_at desc nulls last, o.updated_at desc, o.id`,
  name: sql`o.name, o.id`,
} as const

const ONCE = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
/** For LIKE: what is searched stands for itself. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** What people keep to use it again. Deleted ones can be brought back until they are swept. */
export class SavedObjectStore {
  readonly #db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  /** @throws AppError `invalid-request` for a cursor that is none */
  async list(viewer: Viewer, query: SavedObjectQuery): Promise<SavedObjectPage> {
    const { kind, category, tag, favorite, sort = 'used', limit = 50 } = query
    const search = query.search?.trim().normalize('NFC') ?? ''
    const like = `%${escaped(search)}%`
    const from = cursorNumbers(query.cursor, 1)?.[0] ?? 0
    const filters = [
      kind === undefined ? sql`true` : sql`o.kind = ${kind}`,
      category === undefined ? sql`true` : sql`o.category = ${category}`,
      tag === undefined ? sql`true` : sql`${tag} = any(o.tags)`,
      favorite === true ? sql`f.actor is not null` : sql`true`,
      search === ''
        ? sql`true`
        : sql`(o.name ilike ${like} or o.description ilike ${like} or o.category ilike ${like} or exists (select from unnest(o.tags) one where one ilike ${like}))`,
    ]
    const rows = await this.#rows(
      viewer,
      sql`${sql.join(filters, sql` and `)} order by ${ORDER[sort]} limit ${limit + 1} offset ${from}`,
    )
    return { items: rows.slice(0, limit).map(shown), nextCursor: rows.length > limit ? String(from + limit) : null }
  }

  /** @throws AppError `not-found` */
  async read(viewer: Viewer, id: string): Promise<SavedObject> {
    const [row] = isUuid(id) ? await this.#rows(viewer, sql`o.id = ${id}`) : []
    if (!row) throw new AppError('not-found', { what: 'saved object' })
    return shown(row)
  }

  async create({ workspaceId, actor }: Viewer, input: SavedObjectInput): Promise<SavedObject> {
    const id = uuidV7()
    await this.#db
      .insertInto('saved_object')
      .values({
        id,
        workspace_id: workspaceId,
        kind: input.kind,
        name: input.name,
        ...this.#about(input),
        body: JSON.stringify(input.body),
        created_by: actor,
        updated_by: actor,
      })
      .execute()
    return this.read({ workspaceId, actor }, id)
  }

  /** Saves over the revision that the caller knew. @throws AppError `stale-revision` with the newer state, `not-found` */
  async change(viewer: Viewer, id: string, change: SavedObjectChange): Promise<SavedObject> {
    await this.read(viewer, id)
    const saved = await this.#db
      .updateTable('saved_object')
      .set((eb) => ({
        ...this.#about(change),
        ...(change.body !== undefined && { body: JSON.stringify(change.body) }),
        revision: eb('revision', '+', 1),
        updated_by: viewer.actor,
        updated_at: new Date(),
      }))
      .where('workspace_id', '=', viewer.workspaceId)
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .where('revision', '=', change.revision)
      .executeTakeFirst()
    const now = await this.read(viewer, id)
    if (saved.numUpdatedRows === 1n) return now
    throw new DetailedError(new AppError('stale-revision', {}), {
      current: { revision: now.revision, updatedAt: now.updatedAt },
    })
  }

  /** @throws AppError `not-found` */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.read(viewer, id)
    await this.#mark(viewer, id, new Date())
  }

  /** Brings back one that was deleted. @throws AppError `not-found` where it was swept */
  async restore(viewer: Viewer, id: string): Promise<SavedObject> {
    if (isUuid(id)) await this.#mark(viewer, id, null)
    return this.read(viewer, id)
  }

  /** Somebody took it into a workflow. @throws AppError `not-found` */
  async use(viewer: Viewer, id: string): Promise<SavedObject> {
    await this.read(viewer, id)
    await this.#db
      .updateTable('saved_object')
      .set((eb) => ({ usage_count: eb('usage_count', '+', 1), last_used_at: new Date() }))
      .where('workspace_id', '=', viewer.workspaceId)
      .where('id', '=', id)
      .execute()
    return this.read(viewer, id)
  }

  /** @throws AppError `not-found` */
  async favor(viewer: Viewer, id: string, favorite: boolean): Promise<SavedObject> {
    await this.read(viewer, id)
    const { workspaceId, actor } = viewer
    if (favorite) {
      await this.#db
        .insertInto('saved_object_favorite')
        .values({ workspace_id: workspaceId, object_id: id, actor })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    } else {
      await this.#db
        .deleteFrom('saved_object_favorite')
        .where('workspace_id', '=', workspaceId)
        .where('object_id', '=', id)
        .where('actor', '=', actor)
        .execute()
    }
    return this.read(viewer, id)
  }

  async #rows({ workspaceId, actor }: Viewer, rest: ReturnType<typeof sql>): Promise<Row[]> {
    const { rows } = await sql<Row>`
      select o.*, f.actor is not null as favorite
      from saved_object o
      left join saved_object_favorite f on f.workspace_id = o.workspace_id and f.object_id = o.id and f.actor = ${actor}
      where o.workspace_id = ${workspaceId} and o.deleted_at is null and (o.visibility = 'workspace' or o.created_by = ${actor})
        and ${rest}`.execute(this.#db)
    return rows
  }

  async #mark({ workspaceId, actor }: Viewer, id: string, at: Date | null): Promise<void> {
    await this.#db
      .updateTable('saved_object')
      .set({ deleted_at: at, updated_by: actor })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .where((eb) => eb.or([eb('visibility', '=', 'workspace'), eb('created_by', '=', actor)]))
      .execute()
  }

  #about({ name, description, category, tags, visibility }: Partial<SavedObjectInput>) {
    return {
      ...(name !== undefined && { name: name.trim().normalize('NFC') }),
      ...(description !== undefined && { description: description.trim() }),
      ...(category !== undefined && { category: category.trim().normalize('NFC') }),
      ...(tags !== undefined && { tags: ONCE(tags.map((tag) => tag.normalize('NFC'))) }),
      ...(visibility !== undefined && { visibility }),
    }
  }
}
