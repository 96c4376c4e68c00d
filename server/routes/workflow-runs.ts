import Type from 'typebox'
import { ExecuteInput, ExecuteResult, PublishResult, Workflow, WorkflowStatus } from '#schemas/api/workflows.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { oncePerKey } from '#server/workflows/once-per-key.ts'
import type { WorkflowService } from '#server/workflows/service.ts'
import { workflowStatus } from '#server/workflows/status.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['workflows']

/** Publishing, switching, running. */
export function executeRoutes(app: App, { parts, service }: { parts: Parts; service: WorkflowService }): void {
  const placeOf = (request: { workspaceId: string; params: { id: string } }) => ({
    workspaceId: request.workspaceId,
    id: request.params.id,
  })
  app.post(
    '/api/workflows/:id/publish',
    { schema: { tags, summary: 'Make the draft the next immutable version', params: Params, response: { 200: PublishResult } } },
    (request) => service.publish(placeOf(request), request.actor, request.gone),
  )
  for (const [action, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    app.post(
      `/api/workflows/:id/${action}`,
      { schema: { tags, summary: `${action} the published version`, params: Params, response: { 200: Workflow } } },
      async (request) => service.show(await service.enable(placeOf(request as never), enabled, request.actor), request.gone),
    )
  }
  const once = oncePerKey(parts.clock)
  app.post(
    '/api/workflows/:id/execute',
    {
      schema: {
        tags,
        summary: 'Start a run',
        params: Params,
        body: Type.Optional(ExecuteInput),
        response: { 202: ExecuteResult },
      },
    },
    async (request, reply) => {
      const place = placeOf(request)
      const by = { actor: request.actor, signal: new AbortController().signal }
      const key = request.headers['idempotency-key']
      const started = await once(typeof key === 'string' ? `${place.workspaceId} ${place.id} ${key}` : null, () =>
        service.execute(place, request.body?.version, by),
      )
      return reply.status(202).send(started)
    },
  )
  app.get(
    '/api/workflows/:id/status',
    {
      schema: {
        tags,
        summary: 'Is it on, when does it run next, what is going on',
        params: Params,
        response: { 200: WorkflowStatus },
      },
    },
    async (request) =>
      workflowStatus(
        parts.db,
        await service.store.read(placeOf(request)),
        await service.nextRunAt({ id: request.params.id, workspace_id: request.workspaceId }),
      ),
  )
}
