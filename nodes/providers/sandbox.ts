import { createHash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { field } from '#schemas/form.ts'
import {
  AppError,
  CallFailed,
  defineProvider,
  limitSettings,
  type OutgoingMessage,
  type ProviderContext,
  type ProviderSession,
  type Report,
  type SendResult,
  type Slice,
} from '#runtime/sdk/index.ts'

const share = (title: { en: string; ko: string }, help: { en: string; ko: string }) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, default: 0, ...field({ title, help }, { widget: 'percent' }) }))

const Settings = Type.Object(
  {
    slowMs: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10_000,
        default: 0,
        ...field({
          title: { en: 'Time that a call takes (ms)', ko: '한 번 보낼 때 걸리는 시간(밀리초)' },
          help: { en: 'How slow it pretends to be. 0: at once', ko: '느린 발송 서비스를 흉내 내요. 0이면 바로 대답해요' },
        }),
      }),
    ),
    refuseShare: share(
      { en: 'Alimtalk that is refused', ko: '알림톡을 받지 못하는 사람' },
      {
        en: 'As if they did not use KakaoTalk. Texts are never refused',
        ko: '카카오톡을 쓰지 않는 사람처럼 거절해요. 문자는 모두 받아요',
      },
    ),
    failShare: share(
      { en: 'Messages that fail once', ko: '처음에 한 번 실패하는 메시지' },
      { en: 'The first try is not taken, the second is', ko: '첫 번째는 받지 않고, 다시 보내면 받아요' },
    ),
    unknownShare: share(
      { en: 'Calls without an answer', ko: '대답이 오지 않는 호출' },
      {
        en: 'Taken, but the answer is lost: unconfirmed until a result comes',
        ko: '받았는데 대답이 사라져요. 결과가 올 때까지 확인할 수 없어요',
      },
    ),
    reportLateMs: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 86_400_000,
        default: 0,
        ...field({
          title: { en: 'Results come after (ms)', ko: '결과를 알려 주기까지 걸리는 시간(밀리초)' },
          help: { en: 'How late it tells whether a message arrived', ko: '도착했는지를 이만큼 늦게 알려 줘요' },
        }),
      }),
    ),
    undeliveredShare: share(
      { en: 'Messages that do not arrive', ko: '보냈지만 도착하지 않는 메시지' },
      { en: 'Taken at first; the result says later that it did not arrive', ko: '일단 받아 두고, 나중에 못 받았다고 알려 줘요' },
    ),
    ...limitSettings(),
  },
  { additionalProperties: false },
)
type Settings = Static<typeof Settings>

/** A number from 0 to 1 that a key always has: the sandbox behaves the same each time. */
function chance(key: string, salt: string): number {
  return createHash('sha1').update(`${salt} ${key}`).digest().readUInt32LE(0) / 0x1_0000_0000
}

/** Refusals are of the person, not of the attempt: the number decides. Text messages are never refused here, so that a fallback shows. */
function refuses(settings: Settings, channel: string, message: OutgoingMessage): boolean {
  return channel === 'alimtalk' && chance(message.to, 'refuse') < (settings.refuseShare ?? 0)
}

/** The attempt's number is the last part of the key (runtime/run/message-id.ts); only the first one fails. */
const isFirstAttempt = (key: string): boolean => key.split('-').at(-1) === '1'

function answer(settings: Settings, channel: string, message: OutgoingMessage): SendResult {
  if (refuses(settings, channel, message)) {
    return { state: 'failed', class: 'recipient', code: '3104', detail: 'not a KakaoTalk user' }
  }
  return { state: 'sent', providerId: `SB-${createHash('sha1').update(message.key).digest('base64url').slice(0, 20)}` }
}

interface Handle {
  at: number
  channel: string
  keys: string[]
}

function reportOf(settings: Settings, key: string, at: string): Report {
  const lost = chance(key, 'undelivered') < (settings.undeliveredShare ?? 0)
  return lost
    ? { key, providerId: null, state: 'failed', code: '3107', detail: 'not reached', class: 'recipient', at }
    : { key, providerId: null, state: 'delivered', code: null, detail: null, class: null, at }
}

/** Not accepted for a moment: only first attempts, and always the same people. */
function isBusy(settings: Settings, message: OutgoingMessage): boolean {
  return isFirstAttempt(message.key) && chance(message.to, 'fail') < (settings.failShare ?? 0)
}

/** Handles say all that reports need, so that any process, also a later one, can answer for them. Who is not accepted is never reported. */
function makeHandle(settings: Settings, slice: Slice, now: number): string {
  const accepted = slice.messages.filter((message) => !refuses(settings, slice.channel, message) && !isBusy(settings, message))
  const handle: Handle = { at: now, channel: slice.channel, keys: accepted.map(({ key }) => key) }
  return JSON.stringify(handle)
}

function openSandbox(settings: Settings, { clock }: ProviderContext): ProviderSession {
  return {
    validate: () => Promise.resolve({ sandbox: true }),
    begin: (slice) => Promise.resolve(makeHandle(settings, slice, clock.now().getTime())),
    async send(slice, { signal }) {
      if (settings.slowMs) await clock.sleep(settings.slowMs, signal)
      if (chance(slice.key, 'unknown') < (settings.unknownShare ?? 0)) {
        throw new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Sandbox', detail: 'no answer' }))
      }
      return slice.messages.map((message) =>
        isBusy(settings, message)
          ? { state: 'failed', class: 'temporary', code: '503', detail: 'busy' }
          : answer(settings, slice.channel, message),
      )
    },
    poll(handle, { cursor }) {
      // Made by `begin` above.
      const { at, keys } = JSON.parse(handle) as Handle
      const due = at + (settings.reportLateMs ?? 0)
      if (cursor === 'done' || clock.now().getTime() < due)
        return Promise.resolve({ reports: [], cursor, done: cursor === 'done' })
      const when = new Date(due).toISOString()
      return Promise.resolve({ reports: keys.map((key) => reportOf(settings, key, when)), cursor: 'done', done: true })
    },
  }
}

/** Takes messages and keeps them on this machine. Behaves badly on demand, in the same way each time. */
export default defineProvider({
  kind: 'sandbox',
  title: { en: 'Sandbox', ko: '샌드박스' },
  help: {
    en: 'Nothing leaves this machine. It can be told to be slow, to refuse, to fail, and to report late.',
    ko: '이 컴퓨터 밖으로 나가지 않아요. 느리게, 거절하게, 실패하게, 늦게 알려 주게 할 수 있어요.',
  },
  channels: ['alimtalk', 'sms'],
  settings: Settings,
  secrets: Type.Object({}, { additionalProperties: false }),
  limits: { batch: 1000, timeoutMs: 20_000 },
  prices: { ATA: 0, SMS: 0, LMS: 0 },
  errors: {
    '3104': { class: 'recipient', text: { en: 'Does not use KakaoTalk', ko: '카카오톡을 쓰지 않아요' } },
    '3107': { class: 'recipient', text: { en: 'Could not be reached', ko: '받지 못했어요' } },
    '503': { class: 'temporary', text: { en: 'Busy for a moment', ko: '잠깐 받지 못했어요' } },
  },
  open: ({ settings }, context) => openSandbox(settings, context),
})
