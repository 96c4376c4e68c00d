import type { ErrorBody, FieldError } from '#schemas/error-body.ts'

type ErrorContent = ErrorBody['error']

/**
 * The server said no, in the one form of an error: `message` and `hint` come in the user's language, `fields` say which
 * part of the input is meant. `current` and `problems` are there for `stale-revision` and `has-problems`.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly fields: readonly FieldError[]
  readonly hint: string | null
  readonly requestId: string
  readonly current: unknown
  readonly problems: readonly unknown[]

  constructor(status: number, content: ErrorContent) {
    super(content.message)
    this.status = status
    this.code = content.code
    this.fields = content.fields
    this.hint = content.hint ?? null
    this.requestId = content.requestId
    this.current = content.current
    this.problems = content.problems ?? []
  }
}

/** No answer came: the server is down or the network is cut. Worth trying again, unlike most `ApiError`s. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError'
  readonly code = 'offline'
}

/** The error form inside an answer, or null when something else answered (a proxy's page, for one). */
export function readErrorContent(body: unknown): ErrorContent | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null
  const { error } = body
  if (typeof error !== 'object' || error === null) return null
  if (!('code' in error) || typeof error.code !== 'string' || !('message' in error) || typeof error.message !== 'string')
    return null
  // Checked: code and message are texts. The rest is filled where it is missing.
  const content = error as Partial<ErrorContent> & { code: string; message: string }
  return { ...content, fields: Array.isArray(content.fields) ? content.fields : [], requestId: content.requestId ?? '' }
}
