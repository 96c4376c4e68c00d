import tls from 'node:tls'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allowedAddresses } from '#server/egress/addresses.ts'
import { emailText } from './email-text.ts'
import { sendEmail } from './email.ts'
import { NotDelivered } from './not-delivered.ts'
import type { EmailSettings } from './settings.ts'
import { TEST_CERTIFICATE } from './test/certificate.ts'
import { testSmtp, type TestSmtp } from './test/smtp-server.ts'

let smtp: TestSmtp
const open = allowedAddresses('127.0.0.0/8, ::1')
const content = emailText(
  [{ title: '주간 리포트 #3 <b>', advice: '이유: …\n고쳐 주세요.', url: 'http://localhost:3000/runs/1' }],
  'ko',
)

beforeAll(async () => {
  smtp = await testSmtp()
})
beforeEach(() => {
  smtp.behave({})
  smtp.taken.length = 0
  smtp.commands.length = 0
})
afterAll(() => smtp.close())

const settings = (part: Partial<EmailSettings> = {}): EmailSettings => ({
  enabled: true,
  host: '127.0.0.1',
  port: smtp.port,
  tls: 'off',
  user: '',
  from: 'alim@example.com',
  to: ['ops@example.com', 'boss@example.com'],
  ...part,
})
const send = (part: Partial<EmailSettings> = {}, { password = '', allows = open } = {}) =>
  sendEmail(allows, { id: '0193', settings: settings(part), password, content })
const fault = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'sent',
    (error: unknown) => (error instanceof NotDelivered ? `${error.outcome} ${error.error.code}` : String(error)),
  )

/** Bodies of the parts, decoded. */
function readParts(data: string): string[] {
  return data.split(/\r\n\r\n/).map((part) => {
    const base64 = part.replace(/\r\n--.*$/s, '')
    return /^[A-Za-z0-9+/=\r\n]+$/.test(base64) ? Buffer.from(base64, 'base64').toString() : part
  })
}

test('a message in plain text and HTML, with the sentence and the link, to all recipients', async () => {
  expect(await send({ from: '알림 <alim@example.com>' })).toBeNull()
  expect(smtp.taken).toMatchObject([{ from: 'alim@example.com', to: ['ops@example.com', 'boss@example.com'], user: null }])
  const [mail] = smtp.taken
  expect(mail?.data).toContain('Message-ID: <0193@example.com>')
  expect(mail?.data).toContain('Auto-Submitted: auto-generated')
  const text = readParts(mail?.data ?? '').join('\n')
  expect(text).toContain('주간 리포트 #3 <b>\n이유: …')
  expect(text).toContain(' #3 &lt;b&gt;</h2>')
  expect(text).toContain('http://localhost:3000/runs/1')
})

test('STARTTLS before anything is said, with a login; a certificate that nobody trusts is refused', async () => {
  smtp.behave({ starttls: true, user: 'alim', password: 'geheim' })
  const part = { tls: 'starttls', user: 'alim', host: 'localhost' } as const
  expect(await fault(send(part, { password: 'geheim' }))).toBe('again notice-smtp-tls')
  const before = tls.getCACertificates('default')
  tls.setDefaultCACertificates([...before, TEST_CERTIFICATE])
  try {
    expect(await send(part, { password: 'geheim' })).toBeNull()
    expect(smtp.taken).toMatchObject([{ user: 'alim', encrypted: true }])
    expect(await fault(send(part, { password: 'wrong' }))).toBe('final notice-smtp-login')
  } finally {
    tls.setDefaultCACertificates(before)
  }
  expect(smtp.commands.join('\n')).not.toContain('geheim')
})

test('a server without encryption gets nothing where encryption is set', async () => {
  expect(await fault(send({ tls: 'starttls' }))).toBe('again notice-smtp-tls')
  expect(smtp.commands.some((line) => line.startsWith('MAIL'))).toBe(false)
})

test('what the server refuses says what to mend; 4xx is tried again, 5xx is not', async () => {
  const answering = (verb: string, answer: string) =>
    smtp.behave({ answer: (line) => (line.startsWith(verb) ? answer : undefined) })
  answering('MAIL', '550 5.7.1 not your address')
  expect(await fault(send())).toBe('final notice-smtp-sender')
  answering('RCPT', '550 5.1.1 no such user')
  expect(await fault(send())).toBe('final notice-smtp-recipient')
  answering('RCPT', '451 4.7.1 greylisted')
  expect(await fault(send())).toBe('again notice-smtp-recipient')
  answering('END', '554 5.7.1 spam')
  expect(await fault(send())).toBe('final notice-smtp-refused')
  expect(smtp.taken).toEqual([])
})

test('one recipient of two refused: the other gets it, and the remark says who was refused', async () => {
  smtp.behave({ answer: (line) => (line.startsWith('RCPT TO:<boss') ? '550 5.1.1 no such user' : undefined) })
  expect(await send()).toMatchObject({ code: 'notice-smtp-recipient', fields: { detail: '550 5.1.1 no such user' } })
  expect(smtp.taken).toMatchObject([{ to: ['ops@example.com'] }])
})

test('a connection that breaks before the message can be tried again, after it not', async () => {
  smtp.behave({ answer: (line) => (line.startsWith('MAIL') ? 'drop' : undefined) })
  expect(await fault(send())).toBe('again notice-smtp-unreachable')
  smtp.behave({ answer: (line) => (line === 'END' ? 'drop' : undefined) })
  expect(await fault(send())).toBe('unknown notice-smtp-unknown')
  expect(await fault(send({ port: 1 }))).toBe('again notice-smtp-unreachable')
})

test('private addresses are refused, by address and by name', async () => {
  const allows = allowedAddresses(undefined)
  for (const host of ['127.0.0.1', 'localhost', '169.254.169.254'])
    expect(await fault(send({ host }, { allows })), host).toBe('final notice-smtp-unreachable')
  expect(smtp.commands).toEqual([])
  expect(await fault(send({ host: 'no-such-host.invalid' }, { allows }))).toBe('again notice-smtp-unreachable')
})
