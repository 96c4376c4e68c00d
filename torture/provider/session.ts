import type { ProviderHttp, ProviderSession, SendResult, Slice } from '#runtime/sdk/index.ts'
import { failureOf, unknown } from './failure.ts'

/** What a provider of the torture can tell about a call that was cut off. */
export interface Abilities {
  readonly lookup: boolean
  /** Makes a handle before the call, which can be made unusable afterwards. */
  readonly groups: boolean
  /** Messages a call; default 100, so that a run of 5,000 has fifty calls to be hit in. */
  readonly batch?: number
}

interface CallOptions {
  readonly signal: AbortSignal
  readonly timeoutMs?: number
}

/** Speaks the fake's language (torture/fake/server.ts). Every call says which process makes it. */
export function openSession(url: string, http: ProviderHttp, { lookup, groups, batch }: Abilities): ProviderSession {
  const post = async <T>(path: string, body: object, { signal, timeoutMs = 3_000 }: CallOptions): Promise<T> => {
    const response = await http.request({
      method: 'POST',
      url: url + path,
      headers: { 'content-type': 'application/json', 'x-worker': String(process.pid) },
      body: JSON.stringify(body),
      timeoutMs,
      signal,
    })
    const failure = failureOf(response.status, response.headers)
    if (failure) throw failure
    try {
      return JSON.parse(response.body) as T // the fake is ours
    } catch {
      throw unknown('half an answer')
    }
  }
  const session: ProviderSession = {
    validate: () => Promise.resolve({}),
    async send(slice, { handle, signal, timeoutMs }): Promise<SendResult[]> {
      const messages = slice.messages.map(({ key, to, composed }) => ({ key, to, text: composed.parts.body }))
      const body = { handle, slice: slice.key, messages }
      const { results } = await post<{ results: { id: string | null }[] }>('/send', body, { signal, timeoutMs })
      return results.map(({ id }) =>
        id === null
          ? { state: 'failed', class: 'recipient', code: 'refused', detail: 'refused' }
          : { state: 'sent', providerId: id },
      )
    },
  }
  return {
    ...session,
    ...(groups && {
      begin: async (_: Slice, signal: AbortSignal) => (await post<{ handle: string }>('/groups', {}, { signal })).handle,
      fence: async (handle: string, signal: AbortSignal) =>
        (await post<{ fenced: boolean }>('/fence', { handle }, { signal })).fenced,
    }),
    ...(lookup && {
      lookup: async (slice: Slice, { signal }: { signal: AbortSignal }) => {
        const keys = slice.messages.map(({ key }) => key)
        const { found } = await post<{ found: Record<string, string> }>('/lookup', { keys }, { signal })
        return new Map(
          Object.entries(found).map(([key, providerId]): [string, SendResult] => [key, { state: 'sent', providerId }]),
        )
      },
    }),
    // Reports are asked for by call: with one message a call that would be a question for each of 5,000 people, in rounds that are about sending.
    ...(lookup &&
      batch !== 1 && {
        poll: async (handle: string, { cursor, signal }: { cursor: string | null; signal: AbortSignal }) => {
          const { delivered } = await post<{ delivered: string[] }>('/reports', { handle }, { signal })
          const at = new Date().toISOString()
          const reports = delivered.map((key) => ({
            key,
            providerId: null,
            state: 'delivered' as const,
            code: null,
            detail: null,
            class: null,
            at,
          }))
          return { reports, cursor, done: true }
        },
      }),
  }
}
