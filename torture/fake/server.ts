import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { AcceptedLog } from './accepted.ts'
import { Misbehaving, type Behaviour } from './behaviour.ts'

/** Between a request and its answer, ms; it is accepted in the middle. */
const LATENCY = { least: 20, most: 80 }
const SLOW_MS = 1_500
/** What servers really put into `Retry-After`: fractions, past dates, words, less than nothing. */
const ODD_WAITS = ['0.35', 'Thu, 01 Jan 2015 00:00:00 GMT', 'soon', '-7'] as const

export interface FakeOptions {
  readonly log: string
  /** A call that sends began or ended. */
  readonly onFlight?: (flight: ReadonlyMap<number, number>) => void
}

interface SendBody {
  /** A group that `/groups` made; null: the call has none. */
  readonly handle: string | null
  /** Our name of the call, for its reports. */
  readonly slice: string
  readonly messages: readonly { readonly key: string; readonly to: string }[]
}

/**
 * A strict provider: `POST /send {handle?, slice, messages}` → `{results}`, `POST /groups` → `{handle}`, `POST /fence {handle}`,
 * `POST /lookup {keys}` → `{found}`, `POST /reports {handle}` → `{delivered}`. Every accepted message is in the log before the answer
 * leaves. A handle that was fenced, or was sent already, sends nothing; without a handle whatever comes is accepted, also twice.
 */
export class Fake {
  readonly misbehaving = new Misbehaving()
  readonly #log: AcceptedLog
  readonly #fenced = new Set<string>()
  /** Calls under way by the process that made them. */
  readonly #flight = new Map<number, number>()
  readonly #options: FakeOptions
  readonly server: Server
  calls = 0
  #groups = 0
  #odd = 0

  constructor(options: FakeOptions) {
    this.#options = options
    this.#log = new AcceptedLog(options.log)
    this.server = createServer((request, response) => void this.#serve(request, response))
  }

  behave(behaviour: Behaviour): void {
    this.misbehaving.set(behaviour)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request)
    if (text === null) return void response.destroy() // a request that was cut off was never received
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> // our own provider's, below plugins/
    const answer = (status: number, value: unknown, headers = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
    switch (request.url) {
      case '/send':
        return this.#send(body as unknown as SendBody, { request, response, answer })
      case '/groups':
        return answer(200, { handle: `G${process.pid}-${Date.now()}-${++this.#groups}` })
      case '/fence':
        return answer(200, { fenced: this.#fence(String(body['handle'])) })
      case '/lookup':
        await sleep(5)
        return answer(200, { found: this.#found(body['keys'] as string[]) })
      case '/reports':
        return answer(200, { delivered: this.#log.byHandle.get(String(body['handle'])) ?? [] })
      default:
        return answer(404, {})
    }
  }

  async #send(
    { handle, slice, messages }: SendBody,
    { request, response, answer }: { request: IncomingMessage; response: ServerResponse; answer: Answer },
  ): Promise<void> {
    this.calls++
    const worker = Number(request.headers['x-worker'])
    this.#fly(worker, 1)
    response.once('close', () => this.#fly(worker, -1))
    const wrong = this.misbehaving.next()
    const latency = LATENCY.least + Math.random() * (LATENCY.most - LATENCY.least)
    await sleep(latency / 2)
    if (wrong === 'busy') return answer(429, {})
    if (wrong === 'busy-retry-after') return answer(429, {}, { 'retry-after': '1' })
    if (wrong === 'busy-retry-odd') return answer(429, {}, { 'retry-after': ODD_WAITS[this.#odd++ % ODD_WAITS.length] ?? '' })
    if (wrong === 'wrong-key') return answer(401, {})
    if (wrong === 'half-outage') return answer(503, {})
    if (wrong === 'error-before-accept') return answer(500, {})
    if (wrong === 'reset-before-accept') return void request.socket.destroy()
    if (wrong === 'hang-before-accept') return
    if (handle !== null && (this.#fenced.has(handle) || this.#log.byHandle.has(handle))) return answer(409, {})
    const taken = messages.filter((_, index) => !(wrong === 'partial' && index % 5 === 4))
    this.#log.add({ handle: handle ?? slice, keys: taken.map(({ key }) => key), to: taken.map(({ to }) => to) })
    if (wrong === 'reset-after-accept') return void request.socket.destroy()
    if (wrong === 'hang-after-accept') return
    await sleep(latency / 2 + (wrong === 'slow' ? SLOW_MS : 0))
    if (wrong === 'error-after-accept') return answer(500, {})
    if (wrong === 'malformed') return void response.writeHead(200).end('{"results": [{"id": "F')
    const kept = new Set(taken)
    answer(200, { results: messages.map((message) => ({ id: kept.has(message) ? this.#log.ids.get(message.key) : null })) })
  }

  /** True: it was not sent, and never will be. */
  #fence(handle: string): boolean {
    if (this.#log.byHandle.has(handle)) return false
    this.#fenced.add(handle)
    return true
  }

  #found(keys: readonly string[]): Record<string, string> {
    const found: Record<string, string> = {}
    for (const key of keys) {
      const id = this.#log.ids.get(key)
      if (id !== undefined) found[key] = id
    }
    return found
  }

  #fly(worker: number, by: 1 | -1): void {
    this.#flight.set(worker, (this.#flight.get(worker) ?? 0) + by)
    this.#options.onFlight?.(this.#flight)
  }
}

type Answer = (status: number, value: unknown, headers?: Record<string, string>) => void

/** Null: the other side went away in the middle of it. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  try {
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  } catch {
    return null
  }
  return request.complete ? Buffer.concat(parts).toString('utf8') : null
}
