import Type from 'typebox'
import { PageQuery } from '#schemas/api/paging.ts'
import { WorkflowVersionDetail, WorkflowVersionPage } from '#schemas/api/workflows.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import type { WorkflowService } from '#server/workflows/service.ts'
import { listVersions, readVersion } from '#server/workflows/versions.ts'

const tags = ['workflows']

/** Published versions: they never change, so what ran can always be looked at. */
export function versionRoutes(app: App, { parts, service }: { parts: Pick<Parts, 'db'>; service: WorkflowService }): void {
  app.get(
    '/api/workflows/:id/versions',
    {
      schema: {
        tags,
        summary: 'Published versions, newest first',
        params: Type.Object({ id: Type.String() }),
        querystring: Type.Object(PageQuery),
        response: { 200: WorkflowVersionPage },
      },
    },
    async ({ params, query, workspaceId }) => {
      const workflow = await service.store.read({ workspaceId, id: params.id })
      return listVersions(parts.db, workflow, { limit: query.limit ?? 50, cursor: query.cursor })
    },
  )
  app.get(
    '/api/workflows/:id/versions/:version',
    {
      schema: {
        tags,
        summary: 'A published version with its document',
        params: Type.Object({ id: Type.String(), version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
        response: { 200: WorkflowVersionDetail },
      },
    },
    async ({ params, workspaceId }) => {
      const workflow = await service.store.read({ workspaceId, id: params.id })
      return readVersion(parts.db, workflow, params.version)
    },
  )
}
