import Type from 'typebox'
import { PinnedSampleInput } from '#schemas/api/workflows.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import type { WorkflowService } from '#server/workflows/service.ts'

const Params = Type.Object({ id: Type.String(), nodeId: Type.String({ maxLength: 100 }) })
const tags = ['workflows']

const placeOf = (request: { workspaceId: string; params: { id: string; nodeId: string } }) => ({
  workspaceId: request.workspaceId,
  workflowId: request.params.id,
  nodeId: request.params.nodeId,
})

/** Sample rows that previews show in place of asking a source. */
export function pinnedSampleRoutes(app: App, { parts, service }: { parts: Parts; service: WorkflowService }): void {
  app.put(
    '/api/workflows/:id/samples/:nodeId',
    {
      schema: {
        tags,
        summary: 'Pin rows of a source that a preview has shown: previews show them until they are let go; no run does',
        params: Params,
        body: PinnedSampleInput,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const place = placeOf(request)
      await service.store.read({ workspaceId: place.workspaceId, id: place.workflowId })
      await parts.samples.pin(place, request.body.rows, parts.clock.now())
      return reply.status(204).send(null)
    },
  )
  app.delete(
    '/api/workflows/:id/samples/:nodeId',
    { schema: { tags, summary: 'Let go of the pinned rows of a source', params: Params, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const place = placeOf(request)
      await service.store.read({ workspaceId: place.workspaceId, id: place.workflowId })
      await parts.samples.release(place)
      return reply.status(204).send(null)
    },
  )
}
