import { AppError, CallFailed, retryAfterOf, type ProviderHttp } from '#runtime/sdk/index.ts'
import { failedCall, type ErrorAnswer } from './classify.ts'
import { authorization } from './signature.ts'

export interface Account {
  readonly baseUrl: string
  readonly apiKey: string
  readonly apiSecret: string
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly timeoutMs?: number
  readonly signal: AbortSignal
  /** Hears the body as it goes out. */
  readonly said?: (body: string) => void
}

/** One request of the vendor's API; JSON in, JSON out. */
export type Request = (call: Call) => Promise<unknown>

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // An answer that cannot be read says nothing about what was done.
    throw new CallFailed('unknown', new AppError('provider-unknown', { provider: 'SOLAPI', detail: `HTTP ${status}` }, { cause }))
  }
}

/** @throws CallFailed with the class that the answer has for us */
export function createRequest(account: Account, http: ProviderHttp): Request {
  const base = account.baseUrl.replace(/\/+$/, '')
  return async ({ method, path, body, timeoutMs = 20_000, signal, said }) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    if (text !== undefined) said?.(text)
    const response = await http.request({
      method,
      url: base + path,
      // A new signature each time: one that was used already is refused.
      headers: {
        authorization: authorization(account.apiKey, account.apiSecret),
        ...(text !== undefined && { 'content-type': 'application/json' }),
      },
      ...(text !== undefined && { body: text }),
      timeoutMs,
      signal,
    })
    const ok = response.status >= 200 && response.status < 300
    if (!ok) {
      let answer: ErrorAnswer = {}
      try {
        const parsed: unknown = JSON.parse(response.body)
        if (typeof parsed === 'object' && parsed !== null) answer = parsed
      } catch {
        // A gateway's HTML page: the status alone decides.
      }
      throw failedCall(response.status, answer, retryAfterOf(response.headers['retry-after']))
    }
    return parse(response.body, response.status)
  }
}
