import i18next from 'i18next'
import { currentLanguage } from '#editor/words/start-words.ts'
import { ApiError, OfflineError, readErrorContent } from './api-error.ts'

export { ApiError, OfflineError } from './api-error.ts'

/** Parts of `?…`; what is undefined or null is left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** The same key makes a repeat harmless; for calls that send or start something. */
  readonly idempotencyKey?: string | undefined
}

interface Call extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly query?: Query | undefined
  readonly body?: unknown
}

/** `path` with its query, `?` only where there is something to ask. */
export function withQuery(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

/**
 * One call. Gives the parsed body (undefined for an empty answer).
 * Throws `ApiError` (the server said no), `OfflineError` (no answer), or the abort of the caller's signal.
 */
async function call(path: string, { method, query, body, signal, idempotencyKey }: Call): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLanguage() }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  let response: Response
  let text: string
  try {
    response = await fetch(withQuery(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    text = await response.text()
  } catch (cause) {
    if (signal?.aborted === true) throw cause
    throw new OfflineError(i18next.t('parts.error.offline'), { cause })
  }
  const parsed = parse(text)
  if (response.ok && parsed !== UNREADABLE) return parsed
  throw refusal(response.status, parsed)
}

function refusal(status: number, parsed: unknown): ApiError {
  const content = parsed === UNREADABLE ? null : readErrorContent(parsed)
  return new ApiError(status, content ?? unreadableAnswer(status))
}

/** A file of the server. `name`: as the server calls it; null: it does not. Throws like a call. */
export async function fetchFile(path: string, query?: Query): Promise<{ content: Blob; name: string | null }> {
  try {
    const response = await fetch(withQuery(path, query), {
      headers: { 'accept-language': currentLanguage() },
      credentials: 'same-origin',
    })
    if (!response.ok) throw refusal(response.status, parse(await response.text()))
    return { content: await response.blob(), name: fileName(response.headers.get('content-disposition')) }
  } catch (cause) {
    // Also a file that breaks off: half of a list would be taken for the whole.
    throw cause instanceof ApiError ? cause : new OfflineError(i18next.t('parts.error.offline'), { cause })
  }
}

/** RFC 8187's form of a file's name. */
export function fileName(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded)
  } catch {
    return null
  }
}

const UNREADABLE = Symbol('unreadable')

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return UNREADABLE
  }
}

function unreadableAnswer(status: number) {
  const message = i18next.t('parts.error.answer', { status })
  return { code: `http-${status}`, message, fields: [], requestId: '' }
}

/**
 * The API as the editor calls it. The type parameter is the shape that `schemas/api/` promises for the path; the server
 * checks what it sends against the same schema, so it is not checked again here.
 */
export const api = {
  get: async <T>(path: string, query?: Query, options?: CallOptions) =>
    (await call(path, { ...options, method: 'GET', query })) as T,
  post: async <T>(path: string, body?: unknown, options?: CallOptions) =>
    (await call(path, { ...options, method: 'POST', body: body ?? {} })) as T,
  put: async <T>(path: string, body: unknown, options?: CallOptions) =>
    (await call(path, { ...options, method: 'PUT', body })) as T,
  patch: async <T>(path: string, body: unknown, options?: CallOptions) =>
    (await call(path, { ...options, method: 'PATCH', body })) as T,
  /** Most answers are empty. */
  delete: async <Answer = void>(path: string, options?: CallOptions): Promise<Answer> =>
    (await call(path, { method: 'DELETE', ...options })) as Answer,
}
