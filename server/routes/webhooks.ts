import Type from 'typebox'
import { WebhookInput, WebhookMade, WebhookRotated, Webhooks as WebhookList } from '#schemas/api/webhooks.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Webhooks } from '#server/events/webhooks.ts'
import type { App } from '#server/http.ts'
import type { WorkflowStore } from '#server/workflows/store.ts'

const Params = Type.Object({ id: Type.String() })
const HookParams = Type.Object({ id: Type.String(), hook: Type.String() })
const tags = ['webhooks']

/** Addresses for services outside. They lead to the public door; here they are made. */
export function webhookRoutes(app: App, { webhooks, store }: { webhooks: Webhooks; store: Pick<WorkflowStore, 'read'> }): void {
  app.get(
    '/api/workflows/:id/webhooks',
    { schema: { tags, summary: 'The addresses of a workflow', params: Params, response: { 200: WebhookList } } },
    async (request) => {
      const row = await store.read({ workspaceId: request.workspaceId, id: request.params.id })
      return { items: await webhooks.list({ workspaceId: request.workspaceId, workflowId: row.id }) }
    },
  )
  app.post(
    '/api/workflows/:id/webhooks',
    {
      schema: {
        tags,
        summary: 'Make the address of a webhook step; its secret is told this once',
        params: Params,
        body: WebhookInput,
        response: { 201: WebhookMade, 200: WebhookMade },
      },
    },
    async (request, reply) => {
      const { workspaceId, actor } = request
      const row = await store.read({ workspaceId, id: request.params.id })
      const { nodeId } = request.body
      // Checked against the schema before it was stored.
      const node = (row.document as WorkflowDocument).nodes.find(({ id }) => id === nodeId)
      if (node?.type !== 'webhook-trigger') throw new AppError('not-found', { what: 'webhook' })
      const made = await webhooks.make({ workspaceId, workflowId: row.id, nodeId }, actor)
      return reply.status(made.secret === undefined ? 200 : 201).send(made)
    },
  )
  app.post(
    '/api/workflows/:id/webhooks/:hook/rotate',
    {
      schema: {
        tags,
        summary: 'A new secret; the one before counts for another day',
        params: HookParams,
        response: { 200: WebhookRotated },
      },
    },
    async (request) => {
      const { workspaceId } = request
      const row = await store.read({ workspaceId, id: request.params.id })
      return webhooks.rotate({ workspaceId, workflowId: row.id, id: request.params.hook })
    },
  )
}
