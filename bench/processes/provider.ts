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
import { exchange } from '#server/egress/exchange.ts'

const TIMEOUT_MS = 30_000

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
    limits: { batch, timeoutMs: TIMEOUT_MS, listingLagMs: 1_000 },
    errors: {},
    open: ({ settings }) =>
      openSession(new Pool(settings.url, { connections: batch === 1 ? 400 : settings.concurrency, pipelining: 1 })),
  })

function openSession(pool: Pool): ProviderSession {
  const headers = { 'content-type': 'application/json' }
  // As the product's own egress asks (server/egress), but for its guard: the fake is no public address.
  const post = async (path: string, body: Buffer, ends: { timeoutMs: number; signal: AbortSignal }): Promise<unknown> => {
    try {
      return JSON.parse((await exchange(pool, { method: 'POST', path, body, headers }, ends)).body)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      throw new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Benchmark', detail }))
    }
  }
  return {
    validate: async () => ({}),
    async send(slice: Slice, { signal, timeoutMs, said }): Promise<SendResult[]> {
      const body = jsonListBody('messages', slice.messages, ({ key, to, composed }) => ({ key, to, text: composed.parts.body }))
      said?.(body.bytes)
      // The fake's documented answer.
      const { ids } = (await post('/send', body.bytes, { timeoutMs, signal })) as { ids: string[] }
      body.release()
      return ids.map((providerId) => ({ state: 'sent', providerId }))
    },
    async lookup(slice: Slice, { signal }) {
      const { found } = (await post('/lookup', Buffer.from(JSON.stringify({ keys: slice.messages.map(({ key }) => key) })), {
        timeoutMs: TIMEOUT_MS,
        signal,
      })) as {
        found: Record<string, string>
      }
      return new Map(Object.entries(found).map(([key, providerId]) => [key, { state: 'sent', providerId }]))
    },
  }
}
