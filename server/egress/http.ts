import { Agent, request } from 'undici'
import { AppError, CallFailed, type ProviderHttp } from '#runtime/sdk/index.ts'

/** Nothing we talk to answers with more. */
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024

// Errors after which the request was certainly not accepted: there was no connection to send it on.
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'EADDRNOTAVAIL',
])

const agent = new Agent({ connect: { timeout: 5000 }, keepAliveTimeout: 10_000, connections: 64 })

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown'
}

/**
 * HTTP for providers. What is thrown says what is known of the request: never sent (refused, no such host) is temporary; a reset, a
 * time-out or an abort after that may have been accepted, and is unknown. Never quotes the request, which holds numbers and texts.
 */
export function createProviderHttp(provider: string): ProviderHttp {
  return {
    async request({ method, url, headers, body, timeoutMs, signal }) {
      const limit = AbortSignal.timeout(timeoutMs)
      try {
        const response = await request(url, {
          method,
          dispatcher: agent,
          signal: AbortSignal.any([signal, limit]),
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
          ...(headers && { headers }),
          ...(body !== undefined && { body }),
        })
        const text = await readText(response.body)
        const plain = Object.entries(response.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : (value ?? ''),
        ])
        return { status: response.statusCode, headers: Object.fromEntries(plain) as Record<string, string>, body: text }
      } catch (error) {
        if (error instanceof CallFailed) throw error
        const detail = codeOf(error)
        if (NOT_SENT.has(detail))
          throw new CallFailed('temporary', new AppError('provider-unreachable', { provider, detail }, { cause: error }))
        throw new CallFailed('unknown', new AppError('provider-unknown', { provider, detail }, { cause: error }))
      }
    },
  }
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > MAX_RESPONSE_BYTES) throw new Error('the answer is too large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
