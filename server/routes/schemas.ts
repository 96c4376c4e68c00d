import type { TSchema } from 'typebox'
import { ErrorBody } from '#schemas/error-body.ts'
import { ClientFrame, RunFrame, ServerFrame } from '#schemas/frames.ts'
import { NodeDescriptor } from '#schemas/node.ts'
import { WorkflowDocument } from '#schemas/workflow.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { App } from '#server/http.ts'

/** What is published for other programs: the file name is the end of the `$id`. */
export const publishedSchemas: Readonly<Record<string, TSchema>> = {
  'workflow.json': WorkflowDocument,
  'node-type.json': { ...NodeDescriptor, $id: '/schemas/node-type.json' },
  'error.json': ErrorBody,
  'client-frame.json': ClientFrame,
  'server-frame.json': ServerFrame,
  'run-frame.json': RunFrame,
}

/** The JSON Schemas, so that any editor can check a workflow file. */
export function schemaRoutes(app: App): void {
  app.get<{ Params: { file: string } }>('/schemas/:file', { schema: { hide: true } }, async (request, reply) => {
    const { file } = request.params
    const schema = Object.hasOwn(publishedSchemas, file) ? publishedSchemas[file] : undefined
    if (!schema) throw new AppError('not-found', { what: 'schema' })
    return reply
      .type('application/schema+json')
      .send(JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, null, 2))
  })
}
