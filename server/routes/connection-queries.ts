import type { Pool } from 'pg'
import Type from 'typebox'
import { ConnectionQueriesQuery, ConnectionQueryPage } from '#schemas/api/connection-queries.ts'
import type { Registry } from '#runtime/registry.ts'
import { readQueries } from '#server/connections/read-queries.ts'
import type { ConnectionStore } from '#server/connections/store.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'

interface ConnectionQueriesDeps {
  readonly pool: Pick<Pool, 'query'>
  readonly store: Pick<ConnectionStore, 'read'>
  readonly registry: Pick<Registry, 'node'>
}

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })

/** What was asked of a database in the last days. */
export function connectionQueryRoutes(app: App, { pool, store, registry }: ConnectionQueriesDeps): void {
  app.get(
    '/api/connections/:id/queries',
    {
      schema: {
        tags: ['connections'],
        summary: 'What was asked of a database, newest first; never with values',
        params: Id,
        querystring: ConnectionQueriesQuery,
        response: { 200: ConnectionQueryPage },
      },
    },
    async (request) => {
      const { workspaceId } = request
      const { id } = await store.read({ workspaceId, id: request.params.id })
      const { limit = 50, cursor, show } = request.query
      return readQueries({ pool, registry, language: languageOf(request) }, { workspaceId, id, limit, cursor, show })
    },
  )
}
