import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SmtpConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import { AppError } from '#runtime/sdk/index.ts'
import type { Allows } from '#server/egress/addresses.ts'
import { HostRefused, pinHost } from '#server/egress/pin.ts'
import type { EmailText } from './email-text.ts'
import { NotDelivered } from './not-delivered.ts'
import type { EmailSettings } from './settings.ts'
import { smtpFault } from './smtp-fault.ts'

const CONNECT_MS = 10_000
const SILENCE_MS = 20_000

export interface EmailMessage {
  /** Becomes the Message-ID. */
  readonly id: string
  readonly settings: EmailSettings
  readonly password: string
  readonly content: EmailText
}

/**
 * One SMTP conversation: connect to the address that was judged, encrypt, log in, hand over.
 * @returns what the server said about recipients it refused while it took others; null: all were taken. @throws NotDelivered
 */
export async function sendEmail(allows: Allows, message: EmailMessage): Promise<AppError | null> {
  const { settings } = message
  const address = await pin(settings.host, allows)
  const raw = await compose(message)
  // The body is read when the server asked for it: from then on it may have the message.
  let handedOver = false
  const body = Readable.from(
    (function* () {
      handedOver = true
      yield raw
    })(),
  )
  const connection = new SmtpConnection({
    host: address,
    port: settings.port,
    secure: settings.tls === 'tls',
    requireTLS: settings.tls === 'starttls',
    ignoreTLS: settings.tls === 'off',
    tls: isIP(settings.host) === 0 ? { servername: settings.host } : {},
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  })
  try {
    await step((done) => connection.connect(done), connection)
    if (settings.user !== '')
      await step((done) => connection.login({ user: settings.user, pass: message.password }, done), connection)
    const envelope = { from: addressOf(settings.from), to: [...settings.to], size: raw.length }
    const sent = await step<SMTPConnectionSendInfo>((done) => connection.send(envelope, body, done), connection)
    const refused = sent?.rejectedErrors?.[0]
    return refused ? smtpFault(refused, { host: settings.host, handedOver }).error : null
  } catch (error) {
    throw smtpFault(error, { host: settings.host, handedOver })
  } finally {
    connection.quit()
    // Who does not answer to QUIT is not waited for.
    setTimeout(() => connection.close(), 1_000).unref()
  }
}

async function pin(host: string, allows: Allows): Promise<string> {
  try {
    return (await pinHost(host, allows)).address
  } catch (error) {
    if (!(error instanceof HostRefused)) throw error
    const outcome = error.why === 'forbidden' ? 'final' : 'again'
    throw new NotDelivered(outcome, new AppError('notice-smtp-unreachable', { host, detail: error.message }, { cause: error }))
  }
}

function compose({ id, settings, content }: EmailMessage): Promise<Buffer> {
  return new MailComposer({
    from: settings.from,
    to: [...settings.to],
    subject: content.subject,
    text: content.text,
    html: content.html,
    messageId: `<${id}@${addressOf(settings.from).split('@').at(-1)}>`,
    headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

/** `alim@example.com` of `Alimflow <alim@example.com>`. */
const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from

/** One step of the conversation; an error of the connection ends it too. */
function step<Result = unknown>(
  begin: (done: (error?: Error | null, result?: Result) => void) => void,
  connection: SmtpConnection,
): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    begin((error, result) => {
      connection.off('error', reject)
      // A late error of a connection that is done with concerns nobody.
      connection.on('error', () => undefined)
      if (error) reject(error)
      else resolve(result)
    })
  })
}
