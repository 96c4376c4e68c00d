import { expect } from 'vitest'
import {
  CallFailed,
  type FailureClass,
  type OutgoingMessage,
  type ProviderHttp,
  type ProviderSession,
  type ProviderType,
  type SendResult,
  type Slice,
} from '#runtime/sdk/index.ts'
import { loopbackHttp } from './loopback-http.ts'

/** A healthy vendor to talk to: a fake on this machine, and a connection for it. */
export interface Vendor {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  /** How many messages reached phones until now. Needed for `fence`. */
  arrived?(): number
  stop(): Promise<void>
}

type Answer = (request: Parameters<ProviderHttp['request']>[0]) => Promise<Response>

/** Opens sessions with one HTTP or another. */
export interface Bench {
  /** What was logged. */
  readonly lines: readonly string[]
  open(http: ProviderHttp): { session: ProviderSession; slice: Slice }
  /** `begin` and `send`, as a host does them. */
  run(
    http: ProviderHttp,
    signal?: AbortSignal,
  ): Promise<{ session: ProviderSession; slice: Slice; handle: string | null; results: readonly SendResult[] }>
  /** Makes each request of `begin` and `send` fail in turn; what was thrown each time. */
  failEach(answer: Answer, signal?: AbortSignal): Promise<CallFailed[]>
  expectEach(answer: Answer, wanted: FailureClass): Promise<void>
}

/** Everything that was logged, as one text. */
function recorder() {
  const lines: string[] = []
  const keep = (message: string, fields?: unknown) => void lines.push(`${message} ${JSON.stringify(fields ?? {})}`)
  return { lines, log: { debug: keep, info: keep, warn: keep, error: keep } }
}

/** Opens sessions with one HTTP or another, and makes each request of a call fail in turn. */
export function benchOf(
  provider: ProviderType,
  { channel, messages }: { readonly channel: string; readonly messages: readonly OutgoingMessage[] },
  vendor: () => Vendor,
): Bench {
  const { lines, log } = recorder()
  let round = 0
  const open = (http: ProviderHttp): { session: ProviderSession; slice: Slice } => {
    const { settings, secrets } = vendor()
    const clock = { now: () => new Date(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) }
    // Keys are never used twice by a host.
    const prefix = `t${++round}`
    const slice = {
      key: `${prefix}-slice`,
      channel,
      messages: messages.map((message) => ({ ...message, key: `${prefix}-${message.key}` })),
    }
    return { session: provider.open({ settings, secrets }, { log, clock, http }), slice }
  }
  const run = async (http: ProviderHttp, signal = new AbortController().signal) => {
    const { session, slice } = open(http)
    const handle = (await session.begin?.(slice, signal)) ?? null
    const results = await session.send(slice, { handle, signal, timeoutMs: 5000 })
    return { session, slice, handle, results }
  }
  const failEach = async (answer: Answer, signal?: AbortSignal): Promise<CallFailed[]> => {
    let requests = 0
    await run(loopbackHttp(() => (requests++, null)))
    const failures: CallFailed[] = []
    for (let bad = 0; bad < requests; bad++) {
      const failed = await run(
        loopbackHttp((request, sent) => (sent === bad ? answer(request) : null)),
        signal,
      ).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failed, `request ${bad + 1} of ${requests}`).toBeInstanceOf(CallFailed)
      failures.push(failed as CallFailed)
    }
    expect(failures.length, 'a provider that asks nobody has nothing to test here').toBeGreaterThan(0)
    return failures
  }
  const expectEach = async (answer: Answer, wanted: FailureClass): Promise<void> => {
    const failures = await failEach(answer)
    expect(failures.map((failure) => failure.class)).toEqual(failures.map(() => wanted))
  }
  return { lines, open, run, failEach, expectEach }
}
