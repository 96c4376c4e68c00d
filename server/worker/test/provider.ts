import Type from 'typebox'
import {
  CallFailed,
  AppError,
  defineProvider,
  type ProviderLimits,
  type ProviderType,
  type Report,
  type SendResult,
  type Slice,
} from '#runtime/sdk/index.ts'
import type { OpenProvider } from '../engine-deps.ts'

/** A provider that keeps what it got, and does what the test says: `answer` for each message, or a throw for the whole call. */
export interface FakeVendor {
  /** Every message that arrived, in order of arrival. */
  readonly got: { key: string; to: string; body: string; at: number }[]
  calls: number
  answer(message: { key: string; to: string; body: string }, call: number): SendResult | undefined
  /** Before a call answers. */
  before?(slice: Slice): Promise<void> | void
  /** After a call was accepted; a throw means that the answer got lost. */
  after?(slice: Slice): Promise<void> | void
  reports: Map<string, Report[]>
  lookup: boolean
}

export function fakeVendor(part: Partial<FakeVendor> = {}): FakeVendor {
  return { got: [], calls: 0, answer: () => undefined, reports: new Map(), lookup: false, ...part }
}

/** The vendor as an open connection. `polls`: reports can be asked for by the slice's key. */
export function openFake(
  vendor: FakeVendor,
  options: {
    name?: string
    polls?: boolean
    settings?: Record<string, unknown>
    batch?: number
    limits?: Partial<ProviderLimits>
  } = {},
): OpenProvider {
  const type: ProviderType = defineProvider({
    kind: 'fake',
    title: { en: 'Fake', ko: '가짜' },
    channels: ['alimtalk', 'sms'],
    settings: Type.Object({}),
    secrets: Type.Object({}),
    limits: { batch: options.batch ?? 1000, timeoutMs: 5_000, listingLagMs: 200, ...options.limits },
    errors: { '3104': { class: 'recipient', text: { en: 'no', ko: '아님' } } },
    open: () => session,
  })
  const session = {
    validate: async () => ({}),
    async send(slice: Slice): Promise<SendResult[]> {
      const call = ++vendor.calls
      await vendor.before?.(slice)
      const results = slice.messages.map((message): SendResult => {
        const one = { key: message.key, to: message.to, body: message.composed.parts.body }
        const answer = vendor.answer(one, call) ?? { state: 'sent', providerId: `P${vendor.got.length}` }
        if (answer.state === 'sent') vendor.got.push({ ...one, at: Date.now() })
        return answer
      })
      await vendor.after?.(slice)
      return results
    },
    ...(vendor.lookup && {
      lookup: async (slice: Slice) =>
        new Map(
          slice.messages
            .filter(({ key }) => vendor.got.some((got) => got.key === key))
            .map(({ key }) => [key, { state: 'sent', providerId: 'found' } as SendResult]),
        ),
    }),
    ...(options.polls && {
      poll: async (handle: string) => {
        const reports = vendor.reports.get(handle) ?? [...vendor.reports.values()].flat()
        return { reports, cursor: null, done: reports.length > 0 }
      },
    }),
  }
  return { type, session, name: options.name ?? 'Fake', settings: options.settings ?? {} }
}

export const refused: SendResult = { state: 'failed', class: 'recipient', code: '3104', detail: 'not a user' }
export const temporary: SendResult = { state: 'failed', class: 'temporary', code: 'busy', detail: '' }
export const callFails = (failure: 'temporary' | 'unknown' | 'configuration'): CallFailed =>
  new CallFailed(failure, new AppError('provider-configuration', { provider: 'Fake', detail: 'key', code: 'K1' }))
