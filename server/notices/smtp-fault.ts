import { AppError } from '#runtime/sdk/index.ts'
import { NotDelivered } from './not-delivered.ts'

interface SmtpError {
  /** nodemailer's word: ECONNECTION, ETLS, EAUTH, EENVELOPE, EMESSAGE, ETIMEDOUT … */
  readonly code: string
  readonly command: string
  readonly responseCode: number
  readonly detail: string
}

/** nodemailer puts its words on plain errors. */
function read(error: unknown): SmtpError {
  const found = (error instanceof Error ? error : new Error(String(error))) as Error & {
    code?: unknown
    command?: unknown
    responseCode?: unknown
    response?: unknown
  }
  return {
    code: typeof found.code === 'string' ? found.code : '',
    command: typeof found.command === 'string' ? found.command : '',
    responseCode: typeof found.responseCode === 'number' ? found.responseCode : 0,
    detail: (typeof found.response === 'string' ? found.response : found.message).slice(0, 300),
  }
}

const TLS = /^(ETLS|EPROTO|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/

/** What an SMTP conversation that went wrong means: what to mend, and whether trying again could repeat the message. */
export function smtpFault(error: unknown, { host, handedOver }: { host: string; handedOver: boolean }): NotDelivered {
  const { code, command, responseCode, detail } = read(error)
  // 4xx: not now. 5xx: not like this.
  const answered = responseCode >= 500 ? 'final' : 'again'
  const made = (outcome: NotDelivered['outcome'], name: Parameters<typeof fault>[0]) =>
    new NotDelivered(outcome, fault(name, { host, detail }, error))
  if (TLS.test(code) || /certificate|self.signed|STARTTLS/i.test(detail)) return made('again', 'notice-smtp-tls')
  if (code === 'EAUTH') return made(answered, 'notice-smtp-login')
  if (responseCode >= 400) {
    if (command === 'MAIL FROM') return made(answered, 'notice-smtp-sender')
    if (command === 'RCPT TO') return made(answered, 'notice-smtp-recipient')
    return made(answered, 'notice-smtp-refused')
  }
  if (handedOver) return made('unknown', 'notice-smtp-unknown')
  return made('again', 'notice-smtp-unreachable')
}

function fault(
  code: `notice-smtp-${'tls' | 'login' | 'sender' | 'recipient' | 'refused' | 'unknown' | 'unreachable'}`,
  fields: { host: string; detail: string },
  cause: unknown,
): AppError {
  return new AppError(code, fields, { cause })
}
