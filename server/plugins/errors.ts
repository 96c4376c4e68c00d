import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorBody, FieldError } from '#schemas/error-body.ts'
import { errorRow } from '#schemas/errors.ts'
import type { Language } from '#schemas/localized.ts'
import type { Problem } from '#schemas/problem.ts'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { isDatabaseDown } from '#server/database/is-down.ts'
import { InvalidFields } from '#server/invalid-fields.ts'
import { textOf } from './error-text.ts'
import { languageOf } from './language.ts'
import { fieldErrors, type SchemaFault } from './schema-faults.ts'

/** An error that carries more than its text: what is newer, or what stands in the way. */
export class DetailedError extends AppError {
  readonly details: { current?: unknown; problems?: readonly Problem[] }

  constructor(error: AppError, details: DetailedError['details']) {
    // Copied from an error that was made with the right fields.
    super(error.code, error.fields as never)
    this.details = details
  }
}

function bodyOf(error: AppError, request: FastifyRequest, fields: readonly FieldError[]): ErrorBody {
  const message = textOf(error, languageOf(request))
  return {
    error: {
      code: error.code,
      message,
      fields: error.position ? [{ path: '', code: error.code, message, position: error.position }, ...fields] : [...fields],
      requestId: request.id,
      ...(error instanceof DetailedError && {
        ...(error.details.current !== undefined && { current: error.details.current }),
        ...(error.details.problems && { problems: [...error.details.problems] }),
      }),
    },
  }
}

/** What Fastify itself throws, in our codes. */
function fromFastify(error: FastifyError, limit: number): AppError | null {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError('body-too-large', { limit: `${Math.round(limit / 1024)} kB` })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AppError('unsupported-media-type', {})
  }
  if (error.statusCode === 429) return new AppError('too-many-requests', { seconds: 60 })
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new AppError('invalid-request', { detail: error.message })
  }
  return null
}

interface Failure {
  readonly error: FastifyError | AppError | Error
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

interface Known {
  readonly error: AppError
  readonly fields: readonly FieldError[]
}

/** A request that its route's schemas refuse. */
function refused(error: FastifyError, language: Language): Known {
  // Fastify keeps ajv's list; where it came from (body, querystring, params) is `validationContext`.
  const fields = fieldErrors((error.validation ?? []) as SchemaFault[], language)
  if (error.validationContext === 'body') return { error: new AppError('invalid-fields', {}), fields }
  const detail = fields.map(({ path, message }) => `${path}: ${message}`).join(' ')
  return { error: new AppError('invalid-request', { detail }), fields }
}

/** What went wrong in our words; null: nobody foresaw it. */
function known({ error, request }: Pick<Failure, 'error' | 'request'>): Known | null {
  if (error instanceof InvalidFields) return { error, fields: error.faults }
  if (error instanceof AppError) return { error, fields: [] }
  if ('validation' in error && error.validation) return refused(error, languageOf(request))
  if (isDatabaseDown(error)) {
    return {
      error: new AppError('part-down', { part: 'database', detail: '' }, { cause: error, retryAfterMs: 5000 }),
      fields: [],
    }
  }
  // Anything with a code or a status of its own comes from Fastify or one of its plugins.
  const ours = fromFastify(error as FastifyError, request.routeOptions?.bodyLimit ?? 1_048_576)
  return ours && { error: ours, fields: [] }
}

function answer(log: Log, { error, request, reply }: Failure): void {
  const found = known({ error, request })
  const status = found ? errorRow(found.error.code).status : 500
  const what = `${request.method} ${request.url.split('?')[0]} failed (${request.id})`
  // "Come again" may be the answer to thousands a second: who reads the log needs no stack of each.
  if (found && status === 503) log.warn(what, { code: found.error.code, detail: error.message })
  else if (status >= 500) log.error(what, { error: error.stack ?? error.message })
  // What nobody foresaw may name anything: it stays in the log.
  const told = found ?? { error: new AppError('internal', { requestId: request.id }, { cause: error }), fields: [] }
  const { retryAfterMs } = told.error
  if (retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(retryAfterMs / 1000))
  void reply.status(status).send(bodyOf(told.error, request, told.fields))
}

/** Errors from before a request has a route (an address that cannot be decoded), in the same form: Fastify's `frameworkErrors`. */
export function answerUnrouted(log: Log): (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void {
  return (error, request, reply) => answer(log, { error, request, reply })
}

/** The only place that turns a code into an HTTP status and an answer. */
export function registerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answer(log, { error, request, reply }))
}

/** The answer to an address that is none. */
export function unknownAddress(request: FastifyRequest, reply: FastifyReply): void {
  const error = new AppError('unknown-address', { path: request.url.split('?')[0] ?? '/' })
  void reply.status(404).send(bodyOf(error, request, []))
}
