import Type from 'typebox'
import { ExecuteInput, ExecuteResult, PublishResult, Workflow, WorkflowStatus } from '#schemas/api/workflows.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { RunFactsDeps } from '#server/runs/facts.ts'
import { idempotencyKey } from '#server/workflows/once-per-key.ts'
import type { WorkflowService } from '#server/workflows/service.ts'
import { workflowStatus } from '#server/workflows/status.ts'

const Params = Type.Object({ id: Type.String() })
/** Checked by `idempotencyKey`; here so that the docs name it. */
const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'The same key within 24 hours starts one run only' })),
})
const tags = ['workflows']

/** Publishing, switching, running. */
export function executeRoutes(app: App, { reading, service }: { reading: RunFactsDeps; service: WorkflowService }): void {
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
      {
        schema: {
          tags,
          summary: enabled ? 'Let schedules start the published version' : 'Keep schedules from starting it',
          params: Params,
          response: { 200: Workflow },
        },
      },
      async (request) => service.show(await service.enable(placeOf(request), enabled, request.actor), request.gone),
    )
  }
  app.post(
    '/api/workflows/:id/execute',
    {
      schema: {
        tags,
        summary: 'Start a run',
        params: Params,
        headers: IdempotencyHeader,
        body: ExecuteInput,
        response: { 202: ExecuteResult },
      },
    },
    async (request, reply) => {
      const started = await service.execute(placeOf(request), request.body.version, {
        actor: request.actor,
        // Who starts a run and goes away wants it all the same.
        signal: new AbortController().signal,
        key: idempotencyKey(request.headers['idempotency-key']),
        first: request.body.first,
        asks: request.body.ask,
        testAddresses: request.body.test?.addresses,
      })
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
      workflowStatus(reading, {
        row: await service.store.read(placeOf(request)),
        nextRunAt: await service.nextRunAt({ id: request.params.id, workspace_id: request.workspaceId }),
        language: languageOf(request),
      }),
  )
}
