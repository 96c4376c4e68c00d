import Type from 'typebox'
import { CatalogNamesAnswer, CatalogNamesInput, CatalogSample } from '#schemas/api/catalog.ts'
import { Catalog } from '#schemas/catalog.ts'
import type { Catalogs } from '#server/catalog/catalogs.ts'
import { unknownNames } from '#server/catalog/names.ts'
import { sampleTable } from '#server/catalog/sample.ts'
import type { Connections } from '#server/connections/open.ts'
import { Look } from '#server/connections/results/look.ts'
import type { ConnectionStore, Place } from '#server/connections/store.ts'
import type { App } from '#server/http.ts'

export interface CatalogRoutesDeps {
  readonly store: ConnectionStore
  readonly connections: Pick<Connections, 'forPreview'>
  readonly catalogs: Catalogs
}

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const tags = ['connections']

/** What is in a connected database, and how people call it. */
export function catalogRoutes(app: App, { store, connections, catalogs }: CatalogRoutesDeps): void {
  app.get(
    '/api/connections/:id/catalog',
    {
      schema: {
        tags,
        summary: 'Tables, columns and relations of a connected database, as its account may read them; kept for a day',
        params: Id,
        querystring: Type.Object({ fresh: Type.Optional(Type.Boolean({ description: 'Ask the database now' })) }),
        response: { 200: Catalog },
      },
    },
    async (request) => {
      const row = await store.read({ workspaceId: request.workspaceId, id: request.params.id })
      return catalogs.read(row, { fresh: request.query.fresh })
    },
  )

  app.get(
    '/api/connections/:id/catalog/sample',
    {
      schema: {
        tags,
        summary: 'The first rows of a table, personal values masked',
        params: Id,
        querystring: Type.Object({
          table: Type.String({ description: 'Its id in the catalog', maxLength: 300 }),
          fresh: Type.Optional(Type.Boolean({ description: 'Ask the database now' })),
        }),
        response: { 200: CatalogSample },
      },
    },
    async (request) => {
      const { workspaceId } = request
      const row = await store.read({ workspaceId, id: request.params.id })
      const { table, fresh } = request.query
      const look = new Look({ fresh })
      const database = await connections.forPreview({ workspaceId, id: row.id }, { purpose: 'tables' }, look)
      return { ...(await sampleTable(database, await catalogs.read(row), table)), ...look.facts() }
    },
  )
  nameRoutes(app, { store, catalogs })
}

function nameRoutes(app: App, { store, catalogs }: Pick<CatalogRoutesDeps, 'store' | 'catalogs'>): void {
  /** Names can be read, saved and exported while their database is away: they are held against what was read last. */
  const answer = async (place: Place, revision: number, stored: Omit<CatalogNamesAnswer, 'unknown'>) => {
    const catalog = await catalogs.kept(place, revision)
    return { ...stored, unknown: catalog ? unknownNames(stored.names, catalog) : [] }
  }
  app.get(
    '/api/connections/:id/catalog/names',
    {
      schema: {
        tags,
        summary: 'What people call its tables and columns, and which of them are not in the database any more',
        params: Id,
        response: { 200: CatalogNamesAnswer },
      },
    },
    async (request) => {
      const row = await store.read({ workspaceId: request.workspaceId, id: request.params.id })
      const place = { workspaceId: row.workspace_id, id: row.id }
      return answer(place, row.revision, await catalogs.names.read(place))
    },
  )

  app.put(
    '/api/connections/:id/catalog/names',
    {
      schema: {
        tags,
        summary: 'Say what its tables and columns are called; what is not in the database is kept and reported',
        params: Id,
        body: CatalogNamesInput,
        response: { 200: CatalogNamesAnswer },
      },
    },
    async (request) => {
      const row = await store.read({ workspaceId: request.workspaceId, id: request.params.id })
      const place = { workspaceId: row.workspace_id, id: row.id }
      return answer(place, row.revision, await catalogs.names.write(place, request.body, request.actor))
    },
  )
}
