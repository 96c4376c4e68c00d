import type { NoticeSettings, NoticeSettingsChange } from '#schemas/api/notices.ts'
import type { Language, Localized } from '#schemas/localized.ts'
import { InvalidFields, type FieldFault } from '#server/invalid-fields.ts'
import { setOf, type NoticeSecrets, type StoredSettings } from './settings.ts'
import { secretBytes } from './webhook.ts'

const TEXTS = {
  url: { en: 'Write an address that begins with https:// or http://.', ko: 'https:// 또는 http://로 시작하는 주소를 써 주세요.' },
  secret: {
    en: 'A signing secret is whsec_ and base64 of 24 to 64 bytes. Make a new one here.',
    ko: '서명 비밀은 whsec_ 뒤에 24~64바이트를 base64로 적은 값이에요. 여기에서 새로 만들 수 있어요.',
  },
  noSecret: { en: 'Make a signing secret first.', ko: '먼저 서명 비밀을 만들어 주세요.' },
  host: { en: 'Write the name of the mail server, without port.', ko: '메일 서버 주소를 포트 없이 써 주세요.' },
  address: { en: 'This is no e-mail address.', ko: '이메일 주소가 아니에요.' },
  noRecipient: { en: 'Name at least one recipient.', ko: '받는 사람을 한 명 이상 적어 주세요.' },
} as const satisfies Record<string, Localized>

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/
const FROM = /^(?:[^<>\r\n"]{1,100}\s)?<[^\s@<>,;"]+@[^\s@<>,;"]+>$/

/** The settings after a change. @throws InvalidFields: what is switched on must be usable */
export function changed(old: StoredSettings, change: NoticeSettingsChange, language: Language): StoredSettings {
  const { secrets, ...rest } = change
  const next: StoredSettings = { ...old, ...rest, secrets: withoutEmpty({ ...old.secrets, ...secrets }) }
  const faults = [...webhookFaults(next), ...emailFaults(next)]
  if (faults.length > 0)
    throw new InvalidFields(faults.map(({ path, code }) => ({ path, code, message: TEXTS[code][language] }) satisfies FieldFault))
  return next
}

interface Fault {
  readonly path: string
  readonly code: keyof typeof TEXTS
}

function webhookFaults({ webhook, secrets }: StoredSettings): Fault[] {
  const faults: Fault[] = []
  const given = secrets.webhookSecret
  if ((webhook.url !== '' || webhook.enabled) && !(/^https?:\/\//.test(webhook.url) && URL.canParse(webhook.url)))
    faults.push({ path: 'webhook/url', code: 'url' })
  if (given !== undefined && secretBytes(given) === null) faults.push({ path: 'secrets/webhookSecret', code: 'secret' })
  if (webhook.enabled && given === undefined) faults.push({ path: 'secrets/webhookSecret', code: 'noSecret' })
  return faults
}

function emailFaults({ email }: StoredSettings): Fault[] {
  const faults: Fault[] = []
  if ((email.host !== '' || email.enabled) && !/^[\w.:-]+$/.test(email.host)) faults.push({ path: 'email/host', code: 'host' })
  if ((email.from !== '' || email.enabled) && !ADDRESS.test(email.from) && !FROM.test(email.from))
    faults.push({ path: 'email/from', code: 'address' })
  email.to.forEach((to, place) => {
    if (!ADDRESS.test(to)) faults.push({ path: `email/to/${place}`, code: 'address' })
  })
  if (email.enabled && email.to.length === 0) faults.push({ path: 'email/to', code: 'noRecipient' })
  return faults
}

function withoutEmpty(secrets: { [name in keyof NoticeSecrets]?: string | undefined }): NoticeSecrets {
  return {
    ...(secrets.webhookSecret && { webhookSecret: secrets.webhookSecret }),
    ...(secrets.smtpPassword && { smtpPassword: secrets.smtpPassword }),
  }
}

/** What may be answered: all but the secrets. */
export function shown(settings: StoredSettings, last: NoticeSettings['last']): NoticeSettings {
  const { kinds, failurePercent, waitMinutes, lateMinutes, webhook, email, secrets } = settings
  return { kinds: [...kinds], failurePercent, waitMinutes, lateMinutes, webhook, email, secretsSet: setOf(secrets), last }
}
