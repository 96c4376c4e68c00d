import { createHmac, randomBytes } from 'node:crypto'

/**
 * The Authorization header of one request: HMAC-SHA256 over date + salt (SOLAPI documentation, "API Key authentication"). URL and body are
 * not signed; a (date, salt) pair is good for one use, so each attempt makes its own.
 */
export function authorization(
  apiKey: string,
  apiSecret: string,
  once = { date: new Date().toISOString(), salt: randomBytes(16).toString('hex') },
): string {
  const signature = createHmac('sha256', apiSecret)
    .update(once.date + once.salt)
    .digest('hex')
  return `HMAC-SHA256 apiKey=${apiKey}, date=${once.date}, salt=${once.salt}, signature=${signature}`
}
