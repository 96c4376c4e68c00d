import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { PreviewInput, ValidateDocumentInput, ValidateInput, Validation } from '#schemas/api/workflows.ts'
import { Preview } from '#schemas/preview.ts'
import { preview } from '#runtime/preview/preview.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { Look } from '#server/connections/results/look.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { WorkflowService } from '#server/workflows/service.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['workflows']

type Caller = Pick<FastifyRequest, 'gone' | 'headers' | 'workspaceId'>

/** The document that is meant: the given one, else the saved draft. */
async function documentOf(
  service: WorkflowService,
  request: Caller & { params: { id: string } },
  given: unknown,
): Promise<unknown> {
  return given ?? (await service.store.read({ workspaceId: request.workspaceId, id: request.params.id })).document
}

async function validate(
  service: WorkflowService,
  request: Caller & { body: Pick<ValidateInput, 'fresh'> },
  { document, self }: { document: unknown; self?: string },
): Promise<Validation> {
  const { workspaceId, gone, body } = request
  const { problems, columns, summaries } = await service.check(workspaceId, document, { signal: gone, fresh: body.fresh, self })
  // The shapes are the same; the runtime's are read-only.
  return { problems, columns, summaries } as Validation
}

/** Problems and columns: of a saved draft, or of a document that is not saved. */
export function validateRoutes(app: App, service: WorkflowService): void {
  app.post(
    '/api/workflows/:id/validate',
    { schema: { tags, summary: 'Problems and columns', params: Params, body: ValidateInput, response: { 200: Validation } } },
    async (request) =>
      validate(service, request, {
        document: await documentOf(service, request, request.body.document),
        self: request.params.id,
      }),
  )
  app.post(
    '/api/validate',
    {
      schema: {
        tags,
        summary: 'Problems and columns of a document',
        body: ValidateDocumentInput,
        response: { 200: Validation },
      },
    },
    (request) => validate(service, request, { document: request.body.document }),
  )
}

/** What a preview is asked for. `ofWorkflow`: the one whose pinned rows it shows; null: it is of no workflow. */
type Asked = Pick<PreviewInput, 'limit' | 'until' | 'fresh'> & { readonly ofWorkflow: string | null }

/** The first people through the graph. Sends nothing: a preview knows no provider. */
export function previewRoutes(app: App, { parts, service }: { parts: Parts; service: WorkflowService }): void {
  const look = async (request: Caller, document: unknown, { limit, until, fresh, ofWorkflow }: Asked): Promise<Preview> => {
    const { workspaceId } = request
    const looked = new Look({ fresh })
    const [deps, samples] = await Promise.all([
      service.checkDeps(workspaceId, request.gone, { workflowId: ofWorkflow ?? undefined, look: looked }),
      ofWorkflow === null ? null : parts.samples.open({ workspaceId, workflowId: ofWorkflow }),
    ])
    const shown = await preview(document, {
      ...deps,
      limit: limit ?? 10,
      ...(until !== undefined && { until }),
      ...(samples && { samples }),
      language: languageOf(request),
    })
    const { cut, ...facts } = looked.facts()
    const named = cut?.map((one) => ({ ...one, name: deps.host.known(one.connection)?.name ?? one.connection }))
    return { ...shown, ...(samples && { samples: samples.facts() }), ...facts, ...(named && { cut: named }) }
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
    async (request) => {
      const document = await documentOf(service, request, request.body.document)
      return look(request, document, { ...request.body, ofWorkflow: request.params.id })
    },
  )
  app.get(
    '/api/workflows/:id/preview',
    {
      schema: {
        tags,
        summary: 'The first people through the saved draft; sends nothing',
        params: Params,
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
            fresh: Type.Optional(Type.Boolean({ description: 'Ask the databases now' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Preview },
      },
    },
    async (request) => {
      const document = await documentOf(service, request, undefined)
      return look(request, document, { ...request.query, ofWorkflow: request.params.id })
    },
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
      return look(request, request.body.document, { ...request.body, ofWorkflow: null })
    },
  )
}
