import Type from 'typebox'
import { Workflow, WorkflowChange, WorkflowPage } from '#schemas/api/workflows.ts'
import { PageQuery } from '#schemas/api/paging.ts'
import { WorkflowDocument } from '#schemas/workflow.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { RunFactsDeps } from '#server/runs/facts.ts'
import { listWorkflows } from '#server/workflows/list.ts'
import { problemCounter } from '#server/workflows/problem-counter.ts'
import type { WorkflowService } from '#server/workflows/service.ts'
import { partRoutes } from './parts.ts'
import { flowTestRoutes } from './flow-tests.ts'
import { importRoutes } from './imports.ts'
import { pinnedSampleRoutes } from './pinned-samples.ts'
import { previewRoutes, validateRoutes } from './workflow-checks.ts'
import { executeRoutes } from './workflow-runs.ts'
import { versionRoutes } from './workflow-versions.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['workflows']

export interface WorkflowRouteDeps {
  readonly parts: Parts
  readonly service: WorkflowService
  readonly reading: RunFactsDeps
}

/** Drafts: list, create, read, save, delete. */
function draftRoutes(app: App, { parts, service, reading }: WorkflowRouteDeps): void {
  const { store } = service
  const problems = problemCounter({
    thoroughly: async (row, signal) => (await service.check(row.workspace_id, row.document, { signal, self: row.id })).problems,
    atOnce: (row) => service.checkGraphAlone(row),
  })
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
    (request) => {
      const { workspaceId, query } = request
      return listWorkflows(
        { db: parts.db, registry: parts.registry, reading, problems },
        { workspaceId, limit: query.limit ?? 50, cursor: query.cursor, language: languageOf(request) },
      )
    },
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

/** Everything about workflows. */
export function workflowRoutes(app: App, deps: WorkflowRouteDeps): void {
  draftRoutes(app, deps)
  partRoutes(app, deps)
  importRoutes(app, deps)
  validateRoutes(app, deps.service)
  previewRoutes(app, deps)
  pinnedSampleRoutes(app, deps)
  flowTestRoutes(app, deps)
  executeRoutes(app, deps)
  versionRoutes(app, deps)
}
