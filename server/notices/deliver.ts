import type { Pool } from 'pg'
import { AppError, type Log, type ProviderHttp, type StoredError } from '#runtime/sdk/index.ts'
import type { Language } from '#schemas/localized.ts'
import type { NoticeWay } from '#schemas/notice-kinds.ts'
import type { Allows } from '#server/egress/addresses.ts'
import type { Box } from '#server/secrets/box.ts'
import { say } from './content.ts'
import { emailText } from './email-text.ts'
import { sendEmail } from './email.ts'
import { NotDelivered } from './not-delivered.ts'
import type { DeliveredNotice } from './plan-deliveries.ts'
import { readBaseUrl } from './base-url.ts'
import { readSettings, type StoredSettings } from './settings.ts'
import { secretBytes, sendWebhook } from './webhook.ts'

export interface DeliverDeps {
  readonly pool: Pool
  /** Purpose `workspace`. */
  readonly box: Box
  readonly http: ProviderHttp
  readonly allows: Allows
  readonly log: Log
}

/** Waits in seconds before each further try: about a day in all. */
const WAITS = [10, 60, 300, 1800, 7200, 21_600, 43_200]
/** Whoever claimed a message this long ago is dead: no conversation takes so long. */
const CLAIM_S = 120

interface Claimed {
  id: string
  workspace_id: string
  way: NoticeWay
  items: DeliveredNotice[]
  attempts: number
  created_at: string
  language: Language
}

// A webhook whose sender died is posted again: its id tells the receiver. An e-mail may have been handed over, and nobody can look.
const release = `
update notice_delivery set state = case when way = 'webhook' then 'ready' else 'unknown' end,
  ended_at = case when way = 'webhook' then null else now() end,
  error = case when way = 'webhook' then error else $2::json end
where state = 'claimed' and claimed_at < now() - make_interval(secs => $1)`

const claim = `
with next as (select id from notice_delivery where state = 'ready' and next_at <= now() order by next_at limit 1 for update skip locked)
update notice_delivery d set state = 'claimed', claimed_at = now(), attempts = attempts + 1
from next, workspace w where d.id = next.id and w.id = d.workspace_id
returning d.id, d.workspace_id, d.way, d.items, d.attempts, to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at, w.language`

/** Sends what is due: claimed and committed before the call, so that no other process sends the same. @returns how many went out */
export async function deliverDue(deps: DeliverDeps): Promise<number> {
  const { pool } = deps
  const died = new AppError('notice-smtp-unknown', { host: 'SMTP', detail: 'interrupted' })
  await pool.query(release, [CLAIM_S, JSON.stringify(died)])
  let delivered = 0
  for (;;) {
    const { rows } = await pool.query<Claimed>(claim)
    const row = rows[0]
    if (!row) return delivered
    const end = await attempt(deps, row)
    await record(deps, row, end)
    if (end.state === 'delivered') delivered++
  }
}

interface End {
  readonly state: 'delivered' | 'failed' | 'unknown' | 'again'
  readonly error: StoredError | null
}

async function attempt(deps: DeliverDeps, row: Claimed): Promise<End> {
  try {
    const settings = await readSettings(deps, row.workspace_id)
    const baseUrl = await readBaseUrl(deps.pool)
    const message = { baseUrl, id: row.id, notices: row.items, language: row.language, at: row.created_at }
    const remark = await sendBy(deps, settings, { way: row.way, message })
    return { state: 'delivered', error: remark && remark.toJSON() }
  } catch (error) {
    if (error instanceof NotDelivered) {
      const state = error.outcome === 'again' ? 'again' : error.outcome === 'final' ? 'failed' : 'unknown'
      return { state, error: error.error.toJSON() }
    }
    if (error instanceof AppError) return { state: 'failed', error: error.toJSON() }
    deps.log.error('A notice could not be told', {
      deliveryId: row.id,
      detail: error instanceof Error ? error.message : 'unknown',
    })
    return { state: 'failed', error: new AppError('internal', { requestId: row.id }).toJSON() }
  }
}

async function record({ pool, log }: DeliverDeps, row: Claimed, { state, error }: End): Promise<void> {
  const wait = state === 'again' ? WAITS[row.attempts - 1] : undefined
  const next = state === 'again' ? (wait === undefined ? 'failed' : 'ready') : state
  if (next !== 'delivered')
    log.warn('A notice was not delivered', {
      deliveryId: row.id,
      way: row.way,
      state: next,
      attempt: row.attempts,
      code: error?.code,
    })
  await pool.query(
    `update notice_delivery set state = $2, error = $3, next_at = now() + make_interval(secs => $4), ended_at = case when $2 = 'ready' then null else now() end
     where id = $1 and state = 'claimed' and attempts = $5`,
    [row.id, next, error && JSON.stringify(error), wait ?? 0, row.attempts],
  )
}

/** What a message says, before it is put in the form of its way. */
export interface OutgoingMessage {
  readonly id: string
  readonly notices: readonly DeliveredNotice[]
  readonly language: Language
  /** Address of the product that people open, without a slash at the end. */
  readonly baseUrl: string
  readonly at: string
}

/** One message by one way, now. @returns a remark about a message that got out all the same. @throws NotDelivered, AppError `notice-way-unset` */
export async function sendBy(
  { http, allows }: Pick<DeliverDeps, 'http' | 'allows'>,
  { webhook, email, secrets }: Pick<StoredSettings, 'webhook' | 'email' | 'secrets'>,
  send: { way: NoticeWay; message: OutgoingMessage },
): Promise<AppError | null> {
  const { way, message } = send
  if (way === 'webhook') {
    const key = secretBytes(secrets.webhookSecret ?? '')
    if (webhook.url === '' || key === null) throw unset(webhook.url === '' ? 'URL' : 'secret')
    await sendWebhook(http, { ...message, url: webhook.url, key })
    return null
  }
  const missing = (['host', 'from'] as const).find((field) => email[field] === '') ?? (email.to.length === 0 ? 'to' : null)
  if (missing) throw unset(missing)
  const { notices, language, id, baseUrl } = message
  const content = emailText(
    notices.map((notice) => say(notice, { language, baseUrl })),
    language,
  )
  return sendEmail(allows, { id, settings: email, password: secrets.smtpPassword ?? '', content })
}

const unset = (detail: string): AppError => new AppError('notice-way-unset', { detail })
