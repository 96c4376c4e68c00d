import type { Pool, PoolClient } from 'pg'
import type { NoticeSettings } from '#schemas/api/notices.ts'
import type { NoticeKind, NoticeWay } from '#schemas/notice-kinds.ts'
import { restoreError, type StoredError } from '#runtime/sdk/index.ts'
import type { Language } from '#schemas/localized.ts'
import type { Box } from '#server/secrets/box.ts'
import { DEFAULT_RULES } from './limits.ts'

export type WebhookSettings = NoticeSettings['webhook']
export type EmailSettings = NoticeSettings['email']

export interface NoticeSecrets {
  /** `whsec_…` */
  readonly webhookSecret?: string
  readonly smtpPassword?: string
}

/** What a workspace set, with its secrets: never leaves the server. */
export interface StoredSettings {
  readonly kinds: readonly NoticeKind[]
  readonly failurePercent: number
  readonly waitMinutes: number
  readonly lateMinutes: number
  readonly webhook: WebhookSettings
  readonly email: EmailSettings
  readonly secrets: NoticeSecrets
}

const UNSET: StoredSettings = {
  ...DEFAULT_RULES,
  webhook: { enabled: false, url: '' },
  email: { enabled: false, host: '', port: 587, tls: 'starttls', user: '', from: '', to: [] },
  secrets: {},
}

export interface SettingsDeps {
  readonly pool: Pool | PoolClient
  /** Purpose `workspace`. */
  readonly box: Box
}

const placeOf = (workspaceId: string): string => `notices:${workspaceId}`

/** What was set, or what holds where nothing was. @throws AppError `secret-unreadable` */
export async function readSettings({ pool, box }: SettingsDeps, workspaceId: string): Promise<StoredSettings> {
  const { rows } = await pool.query<Omit<StoredSettings, 'secrets'> & { secrets: Buffer | null }>(
    `select kinds, failure_percent as "failurePercent", wait_minutes as "waitMinutes", late_minutes as "lateMinutes", webhook, email, secrets_enc as secrets
     from notice_settings where workspace_id = $1`,
    [workspaceId],
  )
  const row = rows[0]
  if (!row) return UNSET
  // Only writeSettings makes these boxes.
  const secrets = row.secrets ? (JSON.parse(box.open(row.secrets, placeOf(workspaceId)).toString()) as NoticeSecrets) : {}
  return { ...row, secrets }
}

export async function writeSettings(
  { pool, box }: SettingsDeps,
  to: { workspaceId: string; settings: StoredSettings; actor: string },
): Promise<void> {
  const { settings, workspaceId } = to
  const set = setOf(settings.secrets)
  await pool.query(
    `insert into notice_settings (workspace_id, kinds, failure_percent, wait_minutes, late_minutes, webhook, email, secrets_enc, secrets_set, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (workspace_id) do update set kinds = excluded.kinds, failure_percent = excluded.failure_percent,
       wait_minutes = excluded.wait_minutes, late_minutes = excluded.late_minutes, webhook = excluded.webhook, email = excluded.email,
       secrets_enc = excluded.secrets_enc, secrets_set = excluded.secrets_set, updated_by = excluded.updated_by, updated_at = now()`,
    [
      workspaceId,
      settings.kinds,
      settings.failurePercent,
      settings.waitMinutes,
      settings.lateMinutes,
      JSON.stringify(settings.webhook),
      JSON.stringify(settings.email),
      set.length === 0 ? null : box.seal(JSON.stringify(settings.secrets), placeOf(workspaceId)),
      set,
      to.actor,
    ],
  )
}

/** Which secrets there are; '' is none. */
export function setOf(secrets: NoticeSecrets): (keyof NoticeSecrets)[] {
  return (['webhookSecret', 'smtpPassword'] as const).filter((name) => (secrets[name] ?? '') !== '')
}

interface LastRow {
  way: NoticeWay
  at: string
  state: 'ready' | 'claimed' | 'delivered' | 'failed' | 'unknown'
  attempts: number
  error: StoredError | null
}

/** What became of the last message on each way. */
export async function readLast(
  pool: SettingsDeps['pool'],
  workspaceId: string,
  language: Language,
): Promise<NoticeSettings['last']> {
  const { rows } = await pool.query<LastRow>(
    `select distinct on (way) way, coalesce(ended_at, created_at) as at, state, attempts, error from notice_delivery
     where workspace_id = $1 order by way, created_at desc`,
    [workspaceId],
  )
  const of = (way: NoticeWay) => {
    const row = rows.find((one) => one.way === way)
    if (!row) return null
    const error = row.error && { code: row.error.code, message: restoreError(row.error).text[language] }
    return { at: row.at, state: row.state, attempts: row.attempts, error }
  }
  return { webhook: of('webhook'), email: of('email') }
}
