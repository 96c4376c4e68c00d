import { AppError, CallFailed, type FailureClass, type SendResult } from '#runtime/sdk/index.ts'
import { credentialCodes, solapiErrors } from './errors.ts'

/** What a status code of a message means. 1xxx and other 2xxx are refusals, 3xxx failures of carrier or Kakao. */
export function classOfStatus(code: string): FailureClass {
  const known = solapiErrors[code]
  if (known) return known.class
  return code.startsWith('3') ? 'recipient' : 'content'
}

export function refusal(code: string): SendResult {
  return { state: 'failed', class: classOfStatus(code), code, detail: solapiErrors[code]?.text.en ?? code }
}

export interface ErrorAnswer {
  errorCode?: string
  errorMessage?: string
  message?: string
}

const provider = 'SOLAPI'

/**
 * What a non-2xx answer means. 429 and credential codes were certainly not accepted. A 5xx says nothing about the request. The text of a
 * 4xx may quote the payload (numbers, text), so only its code goes on.
 */
export function failedCall(status: number, body: ErrorAnswer, retryAfterMs?: number): CallFailed {
  const code = body.errorCode ?? String(status)
  if (status === 429) return new CallFailed('temporary', new AppError('provider-busy', { provider, code }), retryAfterMs)
  if (status === 401 || status === 403 || credentialCodes.has(code)) {
    return new CallFailed('configuration', new AppError('provider-configuration', { provider, detail: 'API key', code }))
  }
  if (status >= 500) return new CallFailed('unknown', new AppError('provider-unknown', { provider, detail: `HTTP ${status}` }))
  const failure = solapiErrors[code]?.class ?? 'content'
  const detail = solapiErrors[code]?.text.en ?? code
  if (failure === 'configuration')
    return new CallFailed('configuration', new AppError('provider-configuration', { provider, detail, code }))
  return new CallFailed(failure, new AppError('provider-refused', { provider, detail, code }))
}
