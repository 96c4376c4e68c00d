import { createHmac, timingSafeEqual } from 'node:crypto'

const SKEW_MS = 15 * 60_000
const HEADER = /^HMAC-SHA256 apiKey=(\S+), date=(\S+), salt=(\S{12,64}), signature=([0-9a-f]{64})$/

/** Refuses what the vendor refuses: another key or secret, a clock that is off, a signature that was used before. Null: all right. */
export function signatureChecker(account: {
  apiKey: string
  apiSecret: string
}): (header: string | undefined) => { status: number; errorCode: string } | null {
  const used = new Set<string>()
  return (header) => {
    if (header === undefined) return { status: 401, errorCode: 'Unauthorized' }
    const [, apiKey = '', date = '', salt = '', signature = ''] = HEADER.exec(header) ?? []
    if (apiKey === '') return { status: 400, errorCode: 'ValidationError' }
    if (apiKey !== account.apiKey) return { status: 400, errorCode: 'InvalidApiKey' }
    const skew = Math.abs(Date.parse(date) - Date.now())
    if (!(skew <= SKEW_MS)) return { status: 403, errorCode: 'RequestTimeTooSkewed' }
    const wanted = createHmac('sha256', account.apiSecret)
      .update(date + salt)
      .digest()
    if (!timingSafeEqual(wanted, Buffer.from(signature, 'hex'))) return { status: 403, errorCode: 'SignatureDoesNotMatch' }
    if (used.has(signature)) return { status: 403, errorCode: 'DuplicatedSignature' }
    used.add(signature)
    return null
  }
}
