import Type from 'typebox'
import { field } from '#schemas/form.ts'
import {
  AppError,
  characters,
  defineNode,
  LIMITS,
  type Composed,
  type Message,
  type TemplateContent,
} from '#runtime/sdk/index.ts'
import { addressProblems } from './message/channel-problems.ts'
import { contentProblems } from './message/content-problems.ts'
import { addressField, bodyField, buttonsField, connectionField, expiresField, kakaoField } from './message/fields.ts'
import { openText } from './message/open-text.ts'
import { connectionName, phoneChannel, phoneDefaults, phonePorts } from './message/phone-channel.ts'

const Config = Type.Object(
  {
    connection: connectionField('alimtalk'),
    address: addressField(),
    template: Type.Optional(
      Type.Object(
        { text: bodyField({ en: 'Text', ko: '글' }), kakao: kakaoField(), buttons: Type.Optional(buttonsField()) },
        {
          additionalProperties: false,
          ...field(
            {
              title: { en: 'Own text', ko: '이 단계의 글' },
              help: { en: 'Without it, the text that comes in is sent', ko: '비워 두면 앞 단계의 글을 그대로 보내요' },
            },
            { advanced: true },
          ),
        },
      ),
    ),
    expiresAfter: expiresField(),
  },
  { additionalProperties: false },
)

function ownText(config: Type.Static<typeof Config>): TemplateContent | null {
  const { template } = config
  if (!template) return null
  return { body: template.text, kakao: template.kakao, ...(template.buttons && { buttons: template.buttons }) }
}

function composeAlimtalk(text: Pick<Message, 'parts' | 'variables' | 'kakao'>): Composed | AppError {
  const { parts, variables, kakao } = text
  if (parts.body.trim() === '') return new AppError('text-empty', {})
  const used = characters(parts.body)
  const limit = LIMITS.alimtalkCharacters
  if (used > limit) return new AppError('text-too-long', { used, unit: 'characters', limit })
  const length = { unit: 'characters', used, limit, kind: 'ATA' } as const
  const sent = { kind: 'ATA', parts: { body: parts.body, ...(parts.buttons && { buttons: parts.buttons }) }, length, variables }
  return kakao ? { ...sent, kakao } : sent
}

/** Sends KakaoTalk Alimtalk: an approved template to a phone number. */
export default defineNode({
  type: 'send-alimtalk',
  version: 1,
  role: 'channel',
  effect: 'send',
  scope: 'row',
  title: { en: 'Send Alimtalk', ko: '알림톡 보내기' },
  help: {
    en: 'KakaoTalk messages from an approved template, up to 1,000 characters. Who does not use KakaoTalk leaves at “undelivered”.',
    ko: '승인된 템플릿으로 카카오톡 알림톡을 보내요(1,000자까지). 카카오톡을 쓰지 않는 사람은 ‘못 받음’으로 나가요.',
  },
  icon: 'message-2',
  keywords: ['alimtalk', 'kakao', 'kakaotalk', '알림톡', '카카오', '카톡'],
  ports: phonePorts,
  config: Config,
  defaults: phoneDefaults,
  summary(config, known) {
    const name = connectionName(config, known)
    return { en: name, ko: name }
  },
  text: ownText,
  columns(config, inputs, known) {
    const columns = inputs.messages ?? []
    const text = ownText(config)
    return {
      out: { sent: columns, undelivered: columns },
      problems: [
        ...addressProblems({ config, columns, known, channel: 'alimtalk' }),
        ...(text ? contentProblems(text, columns, 'template/text') : []),
      ],
      form: 'kakao',
    }
  },
  channel: {
    name: 'alimtalk',
    ...phoneChannel,
    open(config, context) {
      const read = openText(ownText(config), context)
      return { compose: (item) => composeAlimtalk(read(item)) }
    },
  },
  examples: [{ config: { ...phoneDefaults, address: 'phone' } }],
})
