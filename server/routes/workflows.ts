import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import {
  ExecuteInput,
  ExecuteResult,
  PreviewInput,
  PublishResult,
  ValidateInput,
  Validation,
  Workflow,
  WorkflowChange,
  WorkflowPage,
  WorkflowStatus,
} from '#schemas/api/workflows.ts'
import { PageQuery } from '#schemas/api/paging.ts'
import { Preview } from '#schemas/preview.ts'
import { WorkflowDocument } from '#schemas/workflow.ts'
import { preview } from '#runtime/preview/preview.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { listWorkflows } from '#server/workflows/list.ts'
import { problemCounter } from '#server/workflows/problem-counter.ts'
import { oncePerKey } from '#server/workflows/once-per-key.ts'
import type { WorkflowService } from '#server/workflows/service.ts'
import { workflowStatus } from '#server/workflows/status.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['workflows']

export interface WorkflowRouteDeps {
  readonly parts: Parts
  readonly service: WorkflowService
}

/** Drafts: list, create, read, save, delete. */
function draftRoutes(app: App, { parts, service }: WorkflowRouteDeps): void {
  const { store } = service
  const problems = problemCounter((row, signal) => service.check(row.workspace_id, row.document, signal))
  app.get(
    '/api/workflows',
    {
      schema: {
        tags,
        summary: 'List workflows',
        querystring: Type.Object(PageQuery, { additionalProperties: false }),
        response: { 200: WorkflowPage },
      },
    },
    ({ query, workspaceId }) =>
      listWorkflows(
        { db: parts.db, registry: parts.registry, problems },
        { workspaceId, limit: query.limit ?? 50, cursor: query.cursor },
      ),
  )
  app.post(
    '/api/workflows',
    {
      schema: {
        tags,
        summary: 'Create a workflow; the body is the document',
        body: WorkflowDocument,
        response: { 201: Workflow },
      },
    },
    async (request, reply) => {
      const row = await store.create(request.workspaceId, request.body, request.actor)
      return reply.status(201).send(await service.show(row, request.gone))
    },
  )
  app.get(
    '/api/workflows/:id',
    { schema: { tags, summary: 'Read a workflow', params: Params, response: { 200: Workflow } } },
    async (request) => service.show(await store.read({ workspaceId: request.workspaceId, id: request.params.id }), request.gone),
  )
  app.put(
    '/api/workflows/:id',
    {
      schema: {
        tags,
        summary: 'Save the draft over the revision you know',
        params: Params,
        body: WorkflowChange,
        response: { 200: Workflow },
      },
    },
    async (request) => {
      const place = { workspaceId: request.workspaceId, id: request.params.id }
      return service.show(await store.save(place, request.body, request.actor), request.gone)
    },
  )
  app.delete(
    '/api/workflows/:id',
    { schema: { tags, summary: 'Delete a workflow; its runs stay', params: Params, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await store.remove({ workspaceId: request.workspaceId, id: request.params.id }, request.actor)
      return reply.status(204).send(null)
    },
  )
}

/** Judging: validate and preview, of a saved draft or of a document that is not saved. */
function judgeRoutes(app: App, { service }: WorkflowRouteDeps): void {
  const documentOf = async (request: { workspaceId: string; params: { id: string } }, given: unknown): Promise<unknown> =>
    given ?? (await service.store.read({ workspaceId: request.workspaceId, id: request.params.id })).document
  const validate = async (workspaceId: string, document: unknown, signal: AbortSignal) => {
    const { problems, columns, summaries } = await service.check(workspaceId, document, signal)
    // The shapes are the same; the runtime's are read-only.
    return { problems, columns, summaries } as Validation
  }
  app.post(
    '/api/workflows/:id/validate',
    { schema: { tags, summary: 'Problems and columns', params: Params, body: ValidateInput, response: { 200: Validation } } },
    async (request) => validate(request.workspaceId, await documentOf(request, request.body.document), request.gone),
  )
  app.post(
    '/api/validate',
    {
      schema: {
        tags,
        summary: 'Problems and columns of a document',
        body: Type.Required(ValidateInput),
        response: { 200: Validation },
      },
    },
    (request) => validate(request.workspaceId, request.body.document, request.gone),
  )
  const look = async (
    request: Pick<FastifyRequest, 'gone' | 'headers' | 'workspaceId'>,
    document: unknown,
    input: PreviewInput,
  ) => {
    const deps = await service.checkDeps(request.workspaceId, request.gone)
    return preview(document, {
      ...deps,
      limit: input.limit ?? 10,
      ...(input.until !== undefined && { until: input.until }),
      language: languageOf(request),
    })
  }
  app.post(
    '/api/workflows/:id/preview',
    {
      schema: {
        tags,
        summary: 'The first people through the graph; sends nothing',
        params: Params,
        body: PreviewInput,
        response: { 200: Preview },
      },
    },
    async (request) => look(request, await documentOf(request, request.body.document), request.body),
  )
  app.get(
    '/api/workflows/:id/preview',
    {
      schema: {
        tags,
        summary: 'The first people through the saved draft; sends nothing',
        params: Params,
        querystring: Type.Object(
          { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
          { additionalProperties: false },
        ),
        response: { 200: Preview },
      },
    },
    async (request) => look(request, await documentOf(request, undefined), request.query),
  )
  app.post(
    '/api/preview',
    {
      schema: {
        tags,
        summary: 'The first people through a document; sends nothing',
        body: PreviewInput,
        response: { 200: Preview },
      },
    },
    (request) => {
      if (!request.body.document) throw new AppError('invalid-request', { detail: 'document' })
      return look(request, request.body.document, request.body)
    },
  )
}

/** Publishing, switching, running. */
function runRoutes(app: App, { parts, service }: WorkflowRouteDeps): void {
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

export function workflowRoutes(app: App, deps: WorkflowRouteDeps): void {
  draftRoutes(app, deps)
  judgeRoutes(app, deps)
  runRoutes(app, deps)
}
