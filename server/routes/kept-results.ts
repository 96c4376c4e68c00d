import Type from 'typebox'
import { KeptResults } from '#schemas/api/kept-results.ts'
import type { Connections } from '#server/connections/open.ts'
import type { ConnectionStore } from '#server/connections/store.ts'
import type { App } from '#server/http.ts'

interface KeptResultsDeps {
  readonly store: Pick<ConnectionStore, 'read'>
  readonly connections: Pick<Connections, 'results' | 'emptyResults'>
}

const params = Type.Object({ id: Type.String({ maxLength: 100 }) })
const tags = ['connections']

/** Results that are kept to be shown again in previews: what there is, and letting go of them. */
export function keptResultsRoutes(app: App, { store, connections }: KeptResultsDeps): void {
  app.get(
    '/api/connections/:id/results',
    {
      schema: {
        tags,
        summary: 'Results of previews that are kept in memory to be shown again: how many, how large, how old',
        params,
        response: { 200: KeptResults },
      },
    },
    async ({ workspaceId, params: { id } }) => {
      await store.read({ workspaceId, id })
      const { keepMs, entries, bytes, oldest } = await connections.results({ workspaceId, id })
      return { keepMinutes: keepMs / 60_000, entries, bytes, oldest: oldest === null ? null : new Date(oldest).toISOString() }
    },
  )

  app.delete(
    '/api/connections/:id/results',
    {
      schema: {
        tags,
        summary: 'Let go of kept results, so that the next preview asks the database',
        params,
        response: { 204: Type.Null() },
      },
    },
    async ({ workspaceId, params: { id } }, reply) => {
      await store.read({ workspaceId, id })
      await connections.emptyResults({ workspaceId, id })
      return reply.status(204).send(null)
    },
  )
}
