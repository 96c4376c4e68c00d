import { AppError, CallFailed, retryAfterOf } from '#runtime/sdk/index.ts'

const provider = 'Torture'

/** What an answer of the fake means for the whole call; null: it is one to read. */
export function failureOf(status: number, headers: Readonly<Record<string, string>>): CallFailed | null {
  if (status === 200) return null
  if (status === 429) {
    const error = new AppError('provider-busy', { provider, code: String(status) })
    return new CallFailed('temporary', error, retryAfterOf(headers['retry-after']))
  }
  if (status === 401)
    return new CallFailed('configuration', new AppError('provider-configuration', { provider, detail: 'wrong key', code: '401' }))
  return unknown(`answered ${status}`)
}

/** It cannot be told whether the messages were accepted. */
export function unknown(detail: string): CallFailed {
  return new CallFailed('unknown', new AppError('provider-unknown', { provider, detail }))
}
