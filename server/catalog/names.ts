import type { Kysely } from 'kysely'
import type { CatalogNamesAnswer, CatalogNamesInput } from '#schemas/api/catalog.ts'
import type { Catalog } from '#schemas/catalog.ts'
import type { CatalogNames } from '#schemas/catalog-names.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Place } from '#server/connections/store.ts'
import type { Database } from '#server/database/schema.ts'
import { DetailedError } from '#server/plugins/errors.ts'

type Stored = Omit<CatalogNamesAnswer, 'unknown'>

/** What people call what is in a connected database. */
export class CatalogNameStore {
  readonly #db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  /** Revision 0: nobody said anything yet. */
  async read({ workspaceId, id }: Place): Promise<Stored> {
    const row = await this.#db
      .selectFrom('connection_names')
      .select(['names', 'revision'])
      .where('workspace_id', '=', workspaceId)
      .where('connection_id', '=', id)
      .executeTakeFirst()
    // Written below, from checked input.
    return row ? { revision: row.revision, names: row.names as CatalogNames } : { revision: 0, names: {} }
  }

  /** In place of all that was said before. @throws AppError `stale-revision` with what is there now */
  async write({ workspaceId, id }: Place, { revision, names }: CatalogNamesInput, actor: string): Promise<Stored> {
    const next = { names: JSON.stringify(names), revision: revision + 1, updated_by: actor, updated_at: new Date() }
    const saved =
      revision === 0
        ? await this.#db
            .insertInto('connection_names')
            .values({ workspace_id: workspaceId, connection_id: id, ...next })
            .onConflict((conflict) => conflict.doNothing())
            .returning('revision')
            .executeTakeFirst()
        : await this.#db
            .updateTable('connection_names')
            .set(next)
            .where('workspace_id', '=', workspaceId)
            .where('connection_id', '=', id)
            .where('revision', '=', revision)
            .returning('revision')
            .executeTakeFirst()
    if (saved) return { revision: saved.revision, names }
    const current = await this.read({ workspaceId, id })
    throw new DetailedError(new AppError('stale-revision', {}), { current: { revision: current.revision } })
  }
}

/** What is named and not in the catalog. */
export function unknownNames(names: CatalogNames, catalog: Pick<Catalog, 'tables'>): CatalogNamesAnswer['unknown'] {
  const tables = new Map(catalog.tables.map((table) => [table.id, new Set(table.columns.map(({ name }) => name))]))
  return Object.entries(names).flatMap(([table, { fields = {} }]): CatalogNamesAnswer['unknown'] => {
    const columns = tables.get(table)
    if (!columns) return [{ table, column: null }]
    return Object.keys(fields).flatMap((column) => (columns.has(column) ? [] : [{ table, column }]))
  })
}
