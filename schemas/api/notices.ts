import Type, { type Static } from 'typebox'
import { Reason } from '../message.ts'
import { NOTICE_KINDS, NOTICE_STATES, NOTICE_WAYS } from '../notice-kinds.ts'
import { Page } from './paging.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Kind = Type.Enum([...NOTICE_KINDS])

/** Something that needs a person, said in the reader's language. */
export const NoticeItem = Type.Object({
  id: Type.String(),
  kind: Kind,
  code: Type.String(),
  state: Type.Enum([...NOTICE_STATES]),
  /** What happened, and what to do. */
  title: Type.String(),
  advice: Type.String(),
  /** Why a run stopped or failed. */
  reason: Nullable(Reason),
  runId: Nullable(Type.String()),
  workflowId: Nullable(Type.String()),
  connectionId: Nullable(Type.String()),
  /** Path in the product where it is mended. */
  link: Nullable(Type.String()),
  /** How often it happened since it opened. */
  count: Type.Integer(),
  firstSeenAt: Type.String(),
  lastSeenAt: Type.String(),
  changedAt: Type.String(),
})
export type NoticeItem = Static<typeof NoticeItem>

/** GET /api/notices: open ones first. `open`: how many are open in all. */
export const NoticePage = Type.Object({ ...Page(NoticeItem).properties, open: Type.Integer() })
export type NoticePage = Static<typeof NoticePage>

const WebhookInput = Type.Object(
  { enabled: Type.Boolean(), url: Type.String({ maxLength: 2000 }) },
  { additionalProperties: false },
)
const EmailInput = Type.Object(
  {
    enabled: Type.Boolean(),
    host: Type.String({ maxLength: 253 }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    /** tls: encrypted from the first byte (465). starttls: encrypted before anything is said, or nothing is sent (587). off: in clear. */
    tls: Type.Enum(['tls', 'starttls', 'off']),
    user: Type.String({ maxLength: 320 }),
    from: Type.String({ maxLength: 320 }),
    to: Type.Array(Type.String({ minLength: 3, maxLength: 320 }), { maxItems: 20, uniqueItems: true }),
  },
  { additionalProperties: false },
)

/** What became of the last message on a way out. */
export const LastDelivery = Type.Object({
  at: Type.String(),
  state: Type.Enum(['ready', 'claimed', 'delivered', 'failed', 'unknown']),
  attempts: Type.Integer(),
  error: Nullable(Reason),
})

const rules = {
  /** What is told outside; the list in the product shows all kinds. */
  kinds: Type.Array(Kind, { uniqueItems: true }),
  /** Share of failed messages in percent from which a run is told, once 20 messages have an outcome. */
  failurePercent: Type.Integer({ minimum: 1, maximum: 100 }),
  /** A run that waits longer than this is told. */
  waitMinutes: Type.Integer({ minimum: 1, maximum: 43_200 }),
  /** A run that is still not done after this is told. */
  lateMinutes: Type.Integer({ minimum: 1, maximum: 43_200 }),
}

/** GET /api/settings/notices. Secrets are never answered: only whether they are set. */
export const NoticeSettings = Type.Object({
  ...rules,
  webhook: WebhookInput,
  email: EmailInput,
  secretsSet: Type.Array(Type.Enum(['webhookSecret', 'smtpPassword'])),
  last: Type.Object({ webhook: Nullable(LastDelivery), email: Nullable(LastDelivery) }),
})
export type NoticeSettings = Static<typeof NoticeSettings>

/** PUT /api/settings/notices: what is not given stays. A secret that is given replaces the old one; '' removes it. */
export const NoticeSettingsChange = Type.Object(
  {
    ...Type.Partial(Type.Object(rules)).properties,
    webhook: Type.Optional(WebhookInput),
    email: Type.Optional(EmailInput),
    secrets: Type.Optional(
      Type.Object(
        {
          /** `whsec_` and base64 of 24–64 bytes. */
          webhookSecret: Type.Optional(Type.String({ maxLength: 200 })),
          smtpPassword: Type.Optional(Type.String({ maxLength: 500 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type NoticeSettingsChange = Static<typeof NoticeSettingsChange>

/** POST /api/settings/notices/test: with the saved settings; `changes` on top of them, unsaved. */
export const NoticeTestInput = Type.Object(
  { way: Type.Enum([...NOTICE_WAYS]), changes: Type.Optional(NoticeSettingsChange) },
  { additionalProperties: false },
)

/** POST /api/settings/notices/secret: a new secret for signing webhooks, shown this once. */
export const NoticeSecret = Type.Object({ webhookSecret: Type.String() })
export type NoticeSecret = Static<typeof NoticeSecret>

/** `error` says exactly what failed. */
export const NoticeTestResult = Type.Object({ ok: Type.Boolean(), tookMs: Type.Integer(), error: Nullable(Reason) })
export type NoticeTestResult = Static<typeof NoticeTestResult>
