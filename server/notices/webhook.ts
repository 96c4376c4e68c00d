import { createHmac, randomBytes } from 'node:crypto'
import { AppError, CallFailed, type ProviderHttp } from '#runtime/sdk/index.ts'
import type { Language } from '#schemas/localized.ts'
import { say } from './content.ts'
import type { DeliveredNotice } from './plan-deliveries.ts'
import { NotDelivered } from './not-delivered.ts'

const TIMEOUT_MS = 15_000
const PREFIX = 'whsec_'

/** A new secret in the form of Standard Webhooks: `whsec_` and base64 of 32 random bytes. */
export const newWebhookSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`

/** The bytes of a secret; null: it is none (`whsec_` and base64 of 24–64 bytes). */
export function secretBytes(secret: string): Buffer | null {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  return bytes.length >= 24 && bytes.length <= 64 ? bytes : null
}

/** Standard Webhooks, symmetric: HMAC-SHA-256 over `id.timestamp.body`. */
export function signatureOf(key: Buffer, { id, timestamp, body }: { id: string; timestamp: number; body: string }): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** The body: one event with one notice or several. No personal data. */
function bodyOf(notices: readonly DeliveredNotice[], words: { language: Language; baseUrl: string; at: string }): string {
  return JSON.stringify({
    type: 'notices',
    timestamp: words.at,
    data: {
      notices: notices.map((notice) => ({
        id: notice.id,
        kind: notice.kind,
        code: notice.code,
        state: notice.state,
        at: notice.at,
        fields: notice.fields,
        runId: notice.runId,
        workflowId: notice.workflowId,
        connectionId: notice.connectionId,
        ...say(notice, words),
      })),
    },
  })
}

export interface WebhookMessage {
  /** The same for each try: who has seen it, drops it. */
  readonly id: string
  readonly url: string
  readonly key: Buffer
  readonly notices: readonly DeliveredNotice[]
  readonly language: Language
  readonly baseUrl: string
  /** When the message was made, ISO: a retry has the same body. */
  readonly at: string
}

/** Posts the notices. Any 2xx is a success; redirects are not followed. @throws NotDelivered */
export async function sendWebhook(http: ProviderHttp, message: WebhookMessage): Promise<void> {
  const body = bodyOf(message.notices, message)
  const timestamp = Math.floor(Date.now() / 1000)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Alimflow',
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(message.key, { id: message.id, timestamp, body }),
  }
  const answer = await http
    .request({ method: 'POST', url: message.url, headers, body, timeoutMs: TIMEOUT_MS, signal: new AbortController().signal })
    .catch((error: unknown) => {
      // A receiver knows the id: what may have arrived can be said again.
      if (error instanceof CallFailed)
        throw new NotDelivered(
          error.class === 'configuration' ? 'final' : 'again',
          webhookError(String(error.error.fields['detail'] ?? '')),
        )
      throw error
    })
  if (answer.status >= 200 && answer.status < 300) return
  // 410 Gone: the receiver wants no more. Other 4xx may be a deployment that is under way.
  throw new NotDelivered(answer.status === 410 ? 'final' : 'again', webhookError(`HTTP ${answer.status}`))
}

const webhookError = (detail: string): AppError => new AppError('notice-webhook-failed', { detail })
