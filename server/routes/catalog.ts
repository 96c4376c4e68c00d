import Type from 'typebox'
import { Catalog } from '#schemas/catalog.ts'
import type { Catalogs } from '#server/catalog/catalogs.ts'
import type { ConnectionStore } from '#server/connections/store.ts'
import type { App } from '#server/http.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const tags = ['connections']

/** What is in a connected database. */
export function catalogRoutes(app: App, { store, catalogs }: { store: ConnectionStore; catalogs: Catalogs }): void {
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
}
