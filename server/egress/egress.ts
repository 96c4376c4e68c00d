import { lookup as resolve, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { AppError, CallFailed, type Http, type ProviderHttp } from '#runtime/sdk/index.ts'
import type { Allows } from './addresses.ts'
import { exchange, type Answer } from './exchange.ts'

const DEFAULT_TIMEOUT_MS = 20_000

/** The one way out by HTTP. */
export interface Egress {
  /** For nodes. Throws `node-failed`. */
  readonly http: Http
  /** For a provider, named in its errors. Throws CallFailed. */
  forProvider(name: string): ProviderHttp
  close(): Promise<void>
}

/** An address that a workflow may not point at. */
class ForbiddenAddress extends Error {
  readonly code = 'ALIMFLOW_FORBIDDEN_ADDRESS'

  constructor(host: string) {
    super(
      `${host} is not on the public internet. An administrator can allow it with ALIMFLOW_ALLOW_PRIVATE_HTTP=<address or range>.`,
    )
  }
}

/** Resolves a name once; the connection is made to exactly what was judged here, so a name cannot change its answer in between. */
function guardedLookup(allows: Allows): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, '', 4)
      const usable = found.filter(({ address }) => allows(address))
      const first = usable[0]
      if (!first) return callback(new ForbiddenAddress(host), '', 4)
      if (options.all) return callback(null, usable)
      callback(null, first.address, first.family)
    })
  }
}

interface Call {
  method: string
  url: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  timeoutMs?: number
  signal?: AbortSignal
}

function targetOf(text: string, allows: Allows): URL {
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`${url.protocol} is not http or https`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is never looked up, so it is judged here.
  if (isIP(host) !== 0 && !allows(host)) throw new ForbiddenAddress(host)
  return url
}

async function call(agent: Agent, allows: Allows, options: Call): Promise<Answer> {
  const url = targetOf(options.url, allows)
  const { method, headers = {}, body = null, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options
  const question = { origin: url.origin, path: `${url.pathname}${url.search}`, method, headers, body }
  return exchange(agent, question, { timeoutMs, signal })
}

// Before a connection stands nothing was asked of the other side: it can be tried again. Everything else cannot be told.
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError) return textOf(error.errors[0])
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time'
  return error instanceof Error ? error.message : String(error)
}

/** What a call that brought no answer means for the messages it carried (architecture.md "Outcome of a call"). */
function failure(provider: string, error: unknown): CallFailed {
  const [code, detail, options] = [codeOf(error), textOf(error), { cause: error }]
  if (error instanceof ForbiddenAddress || error instanceof TypeError) {
    return new CallFailed(
      'configuration',
      new AppError('provider-configuration', { provider, detail, code: code || 'address' }, options),
    )
  }
  if (NOT_CONNECTED.test(code))
    return new CallFailed('temporary', new AppError('provider-unreachable', { provider, detail }, options))
  return new CallFailed('unknown', new AppError('provider-unknown', { provider, detail }, options))
}

/** Public addresses only, unless `allows` says so; follows no redirect, reads at most 10 MB, ends at the time-out or the signal. */
export function createEgress({ allows }: { allows: Allows }): Egress {
  const agent = new Agent({ connect: { lookup: guardedLookup(allows), timeout: 10_000 }, connections: 64 })
  return {
    http: {
      request: (options) =>
        call(agent, allows, options).catch((error: unknown) => {
          throw new AppError('node-failed', { detail: textOf(error) }, { cause: error })
        }),
    },
    forProvider: (name) => ({
      request: (options) =>
        call(agent, allows, options).catch((error: unknown) => {
          throw failure(name, error)
        }),
    }),
    close: () => agent.destroy(),
  }
}
