import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { RouteOptions } from 'fastify'
import Type, { type TSchema } from 'typebox'
import type { App } from '#server/http.ts'

const nothing = Type.Object({}, { additionalProperties: false })

/** One checker: unknown fields are refused and never dropped, all faults are told, defaults are filled in. */
function checker(coerceTypes: boolean | 'array'): Ajv {
  const ajv = new Ajv({ allErrors: true, coerceTypes, removeAdditional: false, useDefaults: true, strict: false })
  addFormats.default(ajv)
  return ajv
}

/** What a schema does not name is no field, unless the schema says that any name will do. */
function closed(schema: unknown): unknown {
  const isObject = typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'object'
  if (!isObject || 'additionalProperties' in schema || 'patternProperties' in schema) return schema
  // The keyword lies on a copy, so that the schema itself stays what its own file says.
  return { ...schema, additionalProperties: false } as TSchema
}

/** A route of the API that says nothing of a query or a body takes none. */
function closeRoute(route: RouteOptions): void {
  if (!/^\/api\/(?!docs)/.test(route.url) || !route.schema) return
  const takesBody = [route.method].flat().some((method) => method === 'POST' || method === 'PUT' || method === 'PATCH')
  route.schema = {
    ...route.schema,
    querystring: closed(route.schema.querystring ?? nothing),
    ...(takesBody && { body: closed(route.schema.body ?? nothing) }),
  }
}

/**
 * How requests are held against the schemas of their route. Queries and addresses are text and are read as what the schema wants; a body has
 * types of its own, and `"12"` is no number there.
 */
export function registerValidation(app: App): void {
  const exact = checker(false)
  const fromText = checker('array')
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => (httpPart === 'body' ? exact : fromText).compile(schema))
  app.addHook('onRoute', closeRoute)
  // A call without a body is one with no fields: what is missing is then said by its name.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined && request.routeOptions.schema?.body !== undefined) request.body = {}
    done()
  })
}
