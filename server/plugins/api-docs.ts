import swagger, { type SwaggerTransform } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Type from 'typebox'
import { ErrorBody } from '#schemas/error-body.ts'
import type { App } from '#server/http.ts'

const DESCRIPTION = `Everything the pages do can be done here. A wrong graph is no error but \`problems\`; errors have one form, in the language
of \`Accept-Language\` (ko, en). Fields and parameters that are not named here are refused. Lists take \`limit\` and \`cursor\`.`

// Without its `$id`, which may stand only once in a document.
const errorForm = Type.Object(ErrorBody.properties)

/** Every call can fail, and always in the same form: said once here, for all of them. */
const withErrors: SwaggerTransform = ({ schema, url }) => {
  // A route's answers are a record by status.
  const answers = (schema.response ?? {}) as Record<string, unknown>
  const errors = { ...errorForm, description: 'What went wrong; `code` is stable' }
  return { url, schema: { ...schema, response: { ...answers, '4xx': errors, '5xx': errors } } }
}

/** OpenAPI under /api/docs/json, and pages to read and try it under /api/docs. */
export async function registerApiDocs(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      info: { title: 'Alimflow', version, description: DESCRIPTION },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Where HOST is not loopback' } } },
      security: [{}, { token: [] }],
    },
    transform: withErrors,
    // `/schemas/workflow.json` is `workflow`, not `def-0`.
    refResolver: {
      buildLocalReference: (json, ...[, , no]) =>
        typeof json.$id === 'string' ? json.$id.replace(/^.*\/|\.json$/g, '') : `schema-${no}`,
    },
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { docExpansion: 'list' } })
}
