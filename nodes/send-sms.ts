import Type from 'typebox'
import { field } from '#schemas/form.ts'
import {
  AppError,
  defineNode,
  LIMITS,
  measureEucKr,
  unencodable,
  type Composed,
  type TemplateContent,
} from '#runtime/sdk/index.ts'
import { addressField, bodyField, connectionField, expiresField, titleField } from './message/fields.ts'
import { addressProblems, ownTextProblems } from './message/channel-problems.ts'
import { openText } from './message/open-text.ts'
import { connectionName, phoneChannel, phoneDefaults, phonePorts } from './message/phone-channel.ts'

const Config = Type.Object(
  {
    connection: connectionField('sms'),
    address: addressField(),
    template: Type.Optional(
      Type.Object(
        { text: bodyField({ en: 'Text', ko: '글' }), title: Type.Optional(titleField()) },
        {
          additionalProperties: false,
          ...field({
            title: { en: 'Own text', ko: '문자에 쓸 글' },
            help: { en: 'Without it, the text that comes in is sent', ko: '비워 두면 앞 단계의 글을 그대로 보내요' },
          }),
        },
      ),
    ),
    expiresAfter: expiresField(),
  },
  { additionalProperties: false },
)

function ownText(config: Type.Static<typeof Config>): TemplateContent | null {
  const { template } = config
  return template ? { body: template.text, ...(template.title && { title: template.title }) } : null
}

/**
 * Hangul typed on a Mac is often taken apart into its letters; put together it looks the same and can be carried. What can be carried as
 * it is stays as it is: the Ångström sign of KS X 1001 would become a letter that is not in it.
 */
function putTogether(text: string): ReturnType<typeof measureEucKr> & { readonly text: string } {
  const measured = measureEucKr(text)
  if (measured.encodable) return { text, ...measured }
  const together = text.normalize('NFC')
  return { text: together, ...measureEucKr(together) }
}

/** Then the parts can go out as they are: an object less for each of a million messages. */
function isBodyOnly(parts: Composed['parts'], body: string): boolean {
  return parts.body === body && parts.title === undefined && parts.buttons === undefined
}

/** SMS while the text fits 90 bytes of EUC-KR, else LMS; a title belongs to LMS only. Buttons stay behind: text messages have none. */
function composeText(message: { parts: Composed['parts']; variables: Composed['variables'] }): Composed | AppError {
  const { text: body, bytes: used, encodable } = putTogether(message.parts.body)
  if (body.trim() === '') return new AppError('text-empty', {})
  const titled = message.parts.title ? putTogether(message.parts.title) : null
  const title = titled?.text
  if (!encodable || titled?.encodable === false) {
    const strange = unencodable(title ? `${title}${body}` : body)
    return new AppError('text-not-encodable', { characters: strange.slice(0, 10).join(' ') })
  }
  const bodyOnly = isBodyOnly(message.parts, body) ? message.parts : { body }
  if (used <= LIMITS.smsBytes) {
    return {
      kind: 'SMS',
      parts: bodyOnly,
      variables: message.variables,
      length: { unit: 'bytes', used, limit: LIMITS.smsBytes, kind: 'SMS' },
    }
  }
  if (used > LIMITS.lmsBytes) return new AppError('text-too-long', { used, unit: 'bytes', limit: LIMITS.lmsBytes })
  if (titled && titled.bytes > LIMITS.titleBytes) {
    return new AppError('text-too-long', { used: titled.bytes, unit: 'bytes', limit: LIMITS.titleBytes })
  }
  const parts = title ? { title, body } : bodyOnly
  return {
    kind: 'LMS',
    parts,
    variables: message.variables,
    length: { unit: 'bytes', used, limit: LIMITS.lmsBytes, kind: 'LMS' },
  }
}

/** Sends text messages: SMS or LMS by length. */
export default defineNode({
  type: 'send-sms',
  version: 1,
  role: 'channel',
  effect: 'send',
  scope: 'row',
  title: { en: 'Send text message', ko: '문자 보내기' },
  help: {
    en: 'SMS up to 90 bytes, longer texts as LMS. Emoji and a few Hangul syllables cannot be carried.',
    ko: '90바이트 안이면 SMS, 넘으면 LMS로 보내요. 이모지와 몇몇 글자는 문자로 보낼 수 없어요.',
  },
  icon: 'device-mobile-message',
  keywords: ['sms', 'lms', 'text', '문자', '단문', '장문'],
  ports: phonePorts,
  config: Config,
  defaults: phoneDefaults,
  summary: (config, known) => {
    const name = connectionName(config, known)
    return { en: `SMS or LMS by length · ${name}`, ko: `90바이트 넘으면 LMS · ${name}` }
  },
  text: ownText,
  columns(config, inputs, known) {
    const columns = inputs.messages ?? []
    const text = ownText(config)
    return {
      out: { sent: columns, undelivered: columns },
      problems: [
        ...addressProblems({ config, columns, known, channel: 'sms' }),
        ...(text ? ownTextProblems({ content: text, columns, limit: LIMITS.lmsBytes }) : []),
      ],
      form: 'text',
    }
  },
  channel: {
    name: 'sms',
    ...phoneChannel,
    open(config, context) {
      const read = openText(ownText(config), context)
      return { compose: (item) => composeText(read(item)) }
    },
  },
  examples: [{ config: { ...phoneDefaults, address: 'phone' } }],
})
