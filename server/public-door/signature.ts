import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '#runtime/sdk/index.ts'

// Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, header `webhook-signature: v1,<base64> v1,<base64>`.

const PREFIX = 'whsec_'
/** A clock may be so far away, and a call so old, s. */
export const TOLERANCE_S = 300

/** A new secret: 32 random bytes, as the standard writes them. */
export const makeSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`

export interface SignedCall {
  readonly id: string | undefined
  /** Seconds since 1970, as text. */
  readonly timestamp: string | undefined
  readonly signature: string | undefined
  /** The bytes as they came. */
  readonly body: Buffer
}

function digest(secret: string, { id, timestamp, body }: { id: string; timestamp: string; body: Buffer }): Buffer {
  return createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest()
}

/** What a sender puts into `webhook-signature`. */
export function sign(secret: string, call: { id: string; timestamp: string; body: Buffer }): string {
  return `v1,${digest(secret, call).toString('base64')}`
}

/**
 * Checks a call against the secrets that count. All are compared, in constant time.
 * @throws AppError `webhook-unsigned`, `webhook-late`
 */
export function verify(call: SignedCall, secrets: readonly string[], now: Date): { id: string } {
  const { id, timestamp, signature, body } = call
  if (!id || !/^[\x21-\x7e]{1,200}$/.test(id) || !timestamp || !/^\d{1,12}$/.test(timestamp) || !signature)
    throw new AppError('webhook-unsigned', {})
  const given = signature
    .split(' ')
    .slice(0, 10)
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []))
  let matches = false
  for (const secret of secrets) {
    const wanted = digest(secret, { id, timestamp, body })
    for (const one of given) if (one.length === wanted.length && timingSafeEqual(one, wanted)) matches = true
  }
  if (!matches) throw new AppError('webhook-unsigned', {})
  // Only the holder of a secret learns that his clock is wrong.
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S) throw new AppError('webhook-late', {})
  return { id }
}
