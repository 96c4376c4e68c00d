import { AppError, CallFailed, type ProviderHttp } from '#runtime/sdk/index.ts'

type Request = Parameters<ProviderHttp['request']>[0]

/**
 * Real HTTP to a fake of the vendor on this machine, with the classes that the host's guarded HTTP has: a refused connection is
 * temporary, a time-out or reset unknown. `before` may answer in the server's place (`sent` counts the requests from 0), or throw.
 */
export function loopbackHttp(before?: (request: Request, sent: number) => Promise<Response> | null): ProviderHttp {
  let sent = 0
  return {
    async request(request) {
      const { method, url, headers = {}, body, timeoutMs, signal } = request
      try {
        const given = before?.(request, sent++)
        const response = given
          ? await given
          : await fetch(url, {
              method,
              headers,
              ...(body !== undefined && { body }),
              signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
              redirect: 'manual',
            })
        return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
      } catch (cause) {
        if (cause instanceof CallFailed) throw cause
        const refused =
          cause instanceof Error && cause.cause instanceof Error && 'code' in cause.cause && cause.cause.code === 'ECONNREFUSED'
        const provider = 'Loopback'
        if (refused)
          throw new CallFailed('temporary', new AppError('provider-busy', { provider, code: 'ECONNREFUSED' }), undefined)
        throw new CallFailed('unknown', new AppError('provider-unknown', { provider, detail: 'no answer' }, { cause }))
      }
    },
  }
}

/** A connection that nobody takes. */
export function refusedConnection(): Promise<Response> {
  return Promise.reject(
    new CallFailed('temporary', new AppError('provider-busy', { provider: 'Loopback', code: 'ECONNREFUSED' })),
  )
}

/** A connection that is cut before the answer. */
export function lostAnswer(): Promise<Response> {
  return Promise.reject(new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Loopback', detail: 'reset' })))
}
