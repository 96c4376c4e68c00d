import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorBody, FieldError } from '#schemas/error-body.ts'
import { errorRow } from '#schemas/errors.ts'
import type { Language } from '#schemas/localized.ts'
import type { Problem } from '#schemas/problem.ts'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { InvalidFields } from '#server/invalid-fields.ts'
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

function bodyOf(error: AppError, request: FastifyRequest, fields: FieldError[]): ErrorBody {
  const language = languageOf(request)
  return {
    error: {
      code: error.code,
      message: error.text[language],
      fields: error.position
        ? [{ path: '', code: error.code, message: error.text[language], position: error.position }, ...fields]
        : fields,
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

function schemaFields(error: FastifyError, language: Language): FieldError[] {
  // Fastify keeps ajv's list; where it came from (body, querystring, params) is `validationContext`.
  return fieldErrors((error.validation ?? []) as SchemaFault[], language)
}

interface Failure {
  readonly error: FastifyError | AppError | Error
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

function statusOf(error: AppError): number {
  return errorRow(error.code).status
}

function answer(log: Log, { error, request, reply }: Failure): void {
  if (error instanceof InvalidFields) {
    void reply.status(422).send(
      bodyOf(
        error,
        request,
        error.faults.map((fault) => ({ ...fault })),
      ),
    )
    return
  }
  if (error instanceof AppError) {
    if (error.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000))
    void reply.status(statusOf(error)).send(bodyOf(error, request, []))
    return
  }
  if ('validation' in error && error.validation) {
    const known =
      error.validationContext === 'body'
        ? new AppError('invalid-fields', {})
        : new AppError('invalid-request', { detail: error.message })
    void reply
      .status(error.validationContext === 'body' ? 422 : 400)
      .send(bodyOf(known, request, schemaFields(error, languageOf(request))))
    return
  }
  const known =
    'code' in error || 'statusCode' in error
      ? fromFastify(error as FastifyError, request.routeOptions.bodyLimit ?? 1_048_576)
      : null
  if (known) {
    void reply.status(statusOf(known)).send(bodyOf(known, request, []))
    return
  }
  log.error(`${request.method} ${request.url.split('?')[0]} failed (${request.id})`, { error: error.stack ?? error.message })
  const internal = new AppError('internal', { requestId: request.id }, { cause: error })
  void reply.status(500).send(bodyOf(internal, request, []))
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
