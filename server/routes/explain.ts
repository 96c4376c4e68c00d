import Type from 'typebox'
import { ExplainInput } from '#schemas/api/explain.ts'
import { QueryPlan } from '#schemas/query-plan.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Connections } from '#server/connections/open.ts'
import type { ConnectionStore } from '#server/connections/store.ts'
import type { App } from '#server/http.ts'

/** How a database would go about a query. */
export function explainRoutes(
  app: App,
  { store, connections }: { store: ConnectionStore; connections: Pick<Connections, 'sql'> },
): void {
  app.post(
    '/api/connections/:id/explain',
    {
      schema: {
        tags: ['connections'],
        summary: 'The plan of a query: which tables are read, by which index, what is sorted; nothing is run',
        params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
        body: ExplainInput,
        response: { 200: QueryPlan },
      },
    },
    async ({ workspaceId, params, body }) => {
      const { id, name } = await store.read({ workspaceId, id: params.id })
      const connection = await connections.sql(workspaceId, id)
      if (!connection.explain) throw new AppError('connection-missing', { connection: name })
      return connection.explain({ sql: body.sql, parameters: {} }, { timeoutMs: 10_000 })
    },
  )
}
