import type { Kysely } from 'kysely'
import Type from 'typebox'
import { PastMappings } from '#schemas/api/past-mappings.ts'
import type { Database } from '#server/database/schema.ts'
import type { App } from '#server/http.ts'
import { pastMappings } from '#server/workflows/past-mappings.ts'

/** What people have mapped before, for suggestions. */
export function pastMappingRoutes(app: App, { db }: { db: Kysely<Database> }): void {
  app.get(
    '/api/past-mappings',
    {
      schema: {
        tags: ['workflows'],
        summary: 'Which columns fill which variables in other workflows, the latest first',
        querystring: Type.Object({ except: Type.Optional(Type.String({ maxLength: 100 })) }),
        response: { 200: PastMappings },
      },
    },
    async ({ workspaceId, query }) => ({ items: await pastMappings(db, workspaceId, query.except) }),
  )
}
