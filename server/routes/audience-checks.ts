import type { Pool } from 'pg'
import Type from 'typebox'
import { AudienceCheck } from '#schemas/audience.ts'
import { AudienceCheckInput } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { AudienceChecks } from '#server/audience/audience-checks.ts'
import type { App } from '#server/http.ts'
import { listVersions } from '#server/lists/versions.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { WorkflowStore } from '#server/workflows/store.ts'

const Params = Type.Object({ id: Type.String() })
const OneParams = Type.Object({ id: Type.String(), checkId: Type.String() })
const tags = ['workflows']

/** What a draft would do with its whole audience, counted in the background. Sends nothing. */
export function audienceCheckRoutes(
  app: App,
  { checks, store, pool }: { checks: AudienceChecks; store: WorkflowStore; pool: Pool },
): void {
  app.post(
    '/api/workflows/:id/audience-checks',
    {
      schema: {
        tags,
        summary: 'Count the whole audience of a draft; the same draft gets the same check',
        params: Params,
        body: AudienceCheckInput,
        response: { 202: AudienceCheck },
      },
    },
    async (request, reply) => {
      const { workspaceId, params } = request
      const row = await store.read({ workspaceId, id: params.id })
      // A saved draft was checked against the schema before it was stored.
      const document = request.body.document ?? (row.document as WorkflowDocument)
      const lists = await listVersions(pool, workspaceId, document)
      const check = checks.start({ workspaceId, workflowId: row.id, document, lists, language: languageOf(request) })
      return reply.status(202).send(check)
    },
  )
  app.get(
    '/api/workflows/:id/audience-checks/:checkId',
    { schema: { tags, summary: 'How far a count of an audience is', params: OneParams, response: { 200: AudienceCheck } } },
    (request) => {
      const { workspaceId, params } = request
      return checks.read({ workspaceId, workflowId: params.id }, params.checkId)
    },
  )
  app.delete(
    '/api/workflows/:id/audience-checks/:checkId',
    { schema: { tags, summary: 'Call a count of an audience off', params: OneParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { workspaceId, params } = request
      checks.cancel({ workspaceId, workflowId: params.id }, params.checkId)
      return reply.status(204).send(null)
    },
  )
}
