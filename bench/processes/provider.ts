import { Pool } from 'undici'
import Type from 'typebox'
import {
  AppError,
  CallFailed,
  defineProvider,
  jsonListBody,
  type ProviderSession,
  type SendResult,
  type Slice,
} from '#runtime/sdk/index.ts'

/**
 * The fake of ../shared/bench: `POST /send {"messages":[{key,to,text}]}` → `{"groupId","ids"}`, `POST /lookup {"keys"}` → `{"found"}`.
 * `batch`: messages a call, 1,000 or 1.
 */
export const benchProvider = (batch: number) =>
  defineProvider({
    kind: 'bench',
    title: { en: 'Benchmark', ko: '측정용' },
    channels: ['sms'],
    settings: Type.Object({ url: Type.String(), concurrency: Type.Integer() }),
    secrets: Type.Object({}),
    limits: { batch, timeoutMs: 30_000, listingLagMs: 1_000 },
    errors: {},
    open: ({ settings }) =>
      openSession(new Pool(settings.url, { connections: batch === 1 ? 400 : settings.concurrency, pipelining: 1 })),
  })

function openSession(pool: Pool): ProviderSession {
  const post = async (path: string, body: Buffer, signal: AbortSignal): Promise<unknown> => {
    try {
      const headers = { 'content-type': 'application/json' }
      const response = await pool.request({ method: 'POST', path, body, headers, signal })
      return await response.body.json()
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      throw new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Benchmark', detail }))
    }
  }
  return {
    validate: async () => ({}),
    async send(slice: Slice, { signal, said }): Promise<SendResult[]> {
      const body = jsonListBody('messages', slice.messages, ({ key, to, composed }) => ({ key, to, text: composed.parts.body }))
      said?.(body.bytes)
      // The fake's documented answer.
      const { ids } = (await post('/send', body.bytes, signal)) as { ids: string[] }
      body.release()
      return ids.map((providerId) => ({ state: 'sent', providerId }))
    },
    async lookup(slice: Slice, { signal }) {
      const { found } = (await post(
        '/lookup',
        Buffer.from(JSON.stringify({ keys: slice.messages.map(({ key }) => key) })),
        signal,
      )) as {
        found: Record<string, string>
      }
      return new Map(Object.entries(found).map(([key, providerId]) => [key, { state: 'sent', providerId }]))
    },
  }
}
