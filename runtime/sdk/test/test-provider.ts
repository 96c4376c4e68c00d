import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CallFailed, type FailureClass, type OutgoingMessage, type ProviderType } from '#runtime/sdk/index.ts'
import { labelGaps } from './label-gaps.ts'
import { loopbackHttp, lostAnswer, refusedConnection } from './loopback-http.ts'
import { benchOf, type Bench, type Vendor } from './provider-bench.ts'

/** The tests by name, for `skip`. */
export type ProviderTest =
  | 'declares its errors, limits and labels'
  | 'accepts a slice'
  | 'a refused connection is temporary'
  | 'a lost answer is unknown'
  | '429 is temporary, at the time the vendor says'
  | 'every 5xx is unknown'
  | 'a wrong key is a matter of configuration'
  | 'an unreadable answer is unknown'
  | 'stops at the deadline'
  | 'never shows secrets, numbers or texts'
  | 'look-up finds what was accepted'
  | 'a fenced handle sends nothing'

interface Options {
  start(): Promise<Vendor>
  /** Messages the vendor accepts, in the form of one channel. */
  readonly channel: string
  readonly messages: readonly OutgoingMessage[]
  /** Answers that mean: key, secret or account are wrong. 401 and 403 are tried in any case. */
  readonly credentialAnswers?: readonly { readonly status: number; readonly body: unknown }[]
  /** What does not apply to this provider, and why. */
  readonly skip?: readonly { readonly reason: string; readonly tests: readonly ProviderTest[] }[]
}

const CLASSES: ReadonlySet<FailureClass> = new Set(['temporary', 'unknown', 'recipient', 'content', 'opted-out', 'configuration'])
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }))

/**
 * The tests that every provider has to pass, for a file of vitest's: each call of `begin` and `send` is made to fail in turn, in all the ways
 * networks and vendors fail, and the class of what is thrown decides (architecture, "Outcome of a call").
 *
 * @example testProvider(solapi, { start: async () => …, channel: 'sms', messages: [ … ] })
 */
export function testProvider(provider: ProviderType, options: Options): void {
  const leftOut = new Set((options.skip ?? []).flatMap(({ tests }) => tests))
  // Not marked as skipped: in CI a skipped test is a failure, and these say nothing about this provider.
  const check: Check = (name, work) => {
    if (!leftOut.has(name)) test(name, work)
  }
  describe(`provider ${provider.kind}`, () => {
    let vendor: Vendor
    beforeAll(async () => void (vendor = await options.start()))
    afterAll(() => vendor?.stop())
    const bench = benchOf(provider, options, () => vendor)

    testDeclaration(provider, check)
    testNetwork(bench, { check, options })
    testPromises(bench, { check, options, vendor: () => vendor })
  })
}

type Check = (name: ProviderTest, work: () => Promise<void> | void) => void

function testDeclaration(provider: ProviderType, check: Check): void {
  check('declares its errors, limits and labels', () => {
    for (const [code, { class: failure, text }] of Object.entries(provider.errors)) {
      expect(CLASSES.has(failure), code).toBe(true)
      expect(
        [text.en, text.ko].filter((one) => !one),
        code,
      ).toEqual([])
    }
    expect(Number.isInteger(provider.limits.batch) && provider.limits.batch >= 1 && provider.limits.timeoutMs >= 1).toBe(true)
    expect([...labelGaps(provider.settings), ...labelGaps(provider.secrets)]).toEqual([])
  })
}

function testNetwork(bench: Bench, { check, options }: { check: Check; options: Options }): void {
  check('a refused connection is temporary', () => bench.expectEach(refusedConnection, 'temporary'))
  check('a lost answer is unknown', () => bench.expectEach(lostAnswer, 'unknown'))
  check('429 is temporary, at the time the vendor says', async () => {
    const failures = await bench.failEach(() => json(429, { message: 'slow down' }, { 'retry-after': '7' }))
    expect(failures.map((failure) => [failure.class, failure.retryAfterMs])).toEqual(failures.map(() => ['temporary', 7000]))
  })
  check('every 5xx is unknown', async () => {
    for (const status of [500, 502, 503, 504, 520]) await bench.expectEach(() => json(status, '<html>gateway</html>'), 'unknown')
  })
  check('a wrong key is a matter of configuration', async () => {
    const answers = [{ status: 401, body: {} }, { status: 403, body: {} }, ...(options.credentialAnswers ?? [])]
    for (const { status, body } of answers) await bench.expectEach(() => json(status, body), 'configuration')
    const { session } = bench.open(loopbackHttp(() => json(401, {})))
    await expect(session.validate(new AbortController().signal)).rejects.toMatchObject({ class: 'configuration' })
  })
  // Making a handle sends nothing, so its answers may be read leniently; those of a send may not.
  check('an unreadable answer is unknown', () => bench.expectEach(() => json(200, '<html>a portal</html>'), 'unknown'))
  check('stops at the deadline', async () => {
    const failures = await bench.failEach(
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })),
      AbortSignal.timeout(100),
    )
    expect(failures.length).toBeGreaterThan(0)
  })
}

function testPromises(bench: Bench, { check, options, vendor }: { check: Check; options: Options; vendor: () => Vendor }): void {
  check('accepts a slice', async () => {
    const { results } = await bench.run(loopbackHttp())
    expect(results.map(({ state }) => state)).toEqual(options.messages.map(() => 'sent'))
  })
  check('never shows secrets, numbers or texts', async () => {
    const echo = await bench.failEach(({ body, headers }) =>
      json(400, { errorCode: 'Strange', errorMessage: body ?? '', message: JSON.stringify(headers) }),
    )
    const said = [
      ...bench.lines,
      ...echo.flatMap((failure) => [failure.message, JSON.stringify(failure.error.toJSON()), failure.error.text.ko]),
    ].join('\n')
    const hidden = [
      ...Object.values(vendor().secrets),
      ...options.messages.flatMap(({ to, composed }) => [to, composed.parts.body]),
    ]
    expect(hidden.filter((value) => value !== '' && said.includes(value))).toEqual([])
  })
  check('look-up finds what was accepted', async () => {
    const { session, slice, handle } = await bench.run(loopbackHttp())
    const found = await session.lookup?.(slice, { handle, signal: new AbortController().signal })
    expect([...(found ?? [])].map(([key, { state }]) => [key, state])).toEqual(slice.messages.map(({ key }) => [key, 'sent']))
  })
  check('a fenced handle sends nothing', async () => {
    const { session, slice } = bench.open(loopbackHttp())
    const signal = new AbortController().signal
    const handle = (await session.begin?.(slice, signal)) ?? ''
    const before = vendor().arrived?.()
    expect(await session.fence?.(handle, signal)).toBe(true)
    await expect(session.send(slice, { handle, signal, timeoutMs: 5000 })).rejects.toBeInstanceOf(CallFailed)
    expect(vendor().arrived?.()).toBe(before)
    // What was sent cannot be fenced any more.
    const sent = await bench.run(loopbackHttp())
    expect(await sent.session.fence?.(sent.handle ?? '', signal)).toBe(false)
  })
}
