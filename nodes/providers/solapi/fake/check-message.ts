import { characters, eucKrBytes, LIMITS, unencodable } from '#runtime/sdk/index.ts'

/** An approved Alimtalk template, as the vendor holds it. */
export interface FakeTemplate {
  readonly pfId: string
  /** Text with `#{name}` holes. */
  readonly content: string
}

export interface FakeAccount {
  readonly senders: readonly string[]
  readonly templates: Readonly<Record<string, FakeTemplate>>
}

/** What is left of a message that was accepted. */
export interface Accepted {
  readonly to: string
  readonly from: string
  readonly type: string
  readonly text: string
  readonly subject: string | null
  readonly customFields: Readonly<Record<string, string>>
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const FIELDS: ReadonlySet<string> = new Set([
  'to',
  'from',
  'type',
  'text',
  'subject',
  'country',
  'kakaoOptions',
  'customFields',
  'imageId',
])
const KAKAO: ReadonlySet<string> = new Set([
  'pfId',
  'templateId',
  'variables',
  'disableSms',
  'adFlag',
  'imageId',
  'title',
  'buttons',
])
const BUTTON: ReadonlySet<string> = new Set(['buttonName', 'buttonType', 'linkMo', 'linkPc', 'linkAnd', 'linkIos'])

/** A request that does not have the documented form: the vendor answers 400 for all of it. */
export class Malformed extends Error {}

function refuseUnknown(value: Json, known: ReadonlySet<string>): void {
  for (const key of Object.keys(value)) if (!known.has(key)) throw new Malformed(`unknown field ${key}`)
}

/** Judges one message: what it would be on a phone, or the status code of its refusal. Throws `Malformed`. */
export function judgeMessage(message: unknown, account: FakeAccount): Accepted | string {
  if (!isObject(message)) throw new Malformed('a message is an object')
  refuseUnknown(message, FIELDS)
  const { to, from, type, subject = null } = message
  if (typeof to !== 'string' || typeof from !== 'string' || typeof type !== 'string') return '1010'
  if (!/^\d{8,12}$/.test(to)) return '1011'
  if (!account.senders.includes(from)) return '1062'
  if (subject !== null && typeof subject !== 'string') throw new Malformed('subject is text')
  const customFields = customFieldsOf(message.customFields)
  if (customFields === null) return '1032'
  const text = type === 'ATA' ? kakaoText(message, account) : plainText({ ...message, type, subject })
  return text.ok ? { to, from, type, text: text.text, subject, customFields } : text.code
}

function customFieldsOf(value: unknown): Record<string, string> | null {
  if (value === undefined) return {}
  if (!isObject(value) || Object.keys(value).length > 10) return null
  const fields: Record<string, string> = {}
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string' || key.length > 30 || text.length > 100) return null
    fields[key] = text
  }
  return fields
}

type Judged = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly code: string }
const refused = (code: string): Judged => ({ ok: false, code })

function plainText({ text, type, subject, kakaoOptions }: Json & { type: string; subject: string | null }): Judged {
  if (type !== 'SMS' && type !== 'LMS') return refused('1025')
  if (kakaoOptions !== undefined) return refused('1033')
  if (typeof text !== 'string' || text.trim() === '') return refused('1010')
  if (unencodable(`${subject ?? ''}${text}`).length > 0) return refused('1029')
  if (type === 'SMS' && subject !== null) return refused('1013')
  if (subject !== null && eucKrBytes(subject) > LIMITS.titleBytes) return refused('1014')
  const fits = eucKrBytes(text) <= (type === 'SMS' ? LIMITS.smsBytes : LIMITS.lmsBytes)
  return fits ? { ok: true, text } : refused('1031')
}

function kakaoText({ kakaoOptions, text }: Json, { templates }: FakeAccount): Judged {
  if (!isObject(kakaoOptions) || text !== undefined) return refused('1010')
  refuseUnknown(kakaoOptions, KAKAO)
  const { pfId, templateId, variables = {}, buttons = [], disableSms } = kakaoOptions
  if (disableSms !== true) throw new Malformed('this account wants disableSms: falling back is the sender’s own step')
  const template = typeof templateId === 'string' ? templates[templateId] : undefined
  if (!template) return refused('1042')
  if (pfId !== template.pfId) return refused('1041')
  if (!isObject(variables)) throw new Malformed('variables is an object')
  const fault = buttonFault(buttons)
  if (fault !== null) return refused(fault)
  let missing = false
  const filled = template.content.replace(/#\{[^}]*\}/g, (hole) => {
    const value = variables[hole]
    if (typeof value === 'string') return value
    missing = true
    return ''
  })
  if (missing) return refused('1043')
  return characters(filled) <= LIMITS.alimtalkCharacters ? { ok: true, text: filled } : refused('1031')
}

function buttonFault(buttons: unknown): string | null {
  if (!Array.isArray(buttons)) throw new Malformed('buttons is a list')
  if (buttons.length > 5) return '1050'
  for (const button of buttons as unknown[]) {
    if (!isObject(button)) throw new Malformed('a button is an object')
    refuseUnknown(button, BUTTON)
    if (typeof button.buttonName !== 'string' || typeof button.buttonType !== 'string') return '1044'
    if ([...button.buttonName].length > 14) return '1049'
    if (button.buttonType === 'WL' && typeof button.linkMo !== 'string') return '1045'
  }
  return null
}
