import Type, { type Static } from 'typebox'
import { MessageItem } from '../message.ts'
import { RunItem } from '../run.ts'
import { MessageState } from '../states.ts'
import { Page, PageQuery } from './paging.ts'

export const RunPage = Page(RunItem)
export type RunPage = Static<typeof RunPage>

/** GET /api/runs */
export const RunQuery = Type.Object(
  { ...PageQuery, workflowId: Type.Optional(Type.String()), state: Type.Optional(Type.String()) },
  { additionalProperties: false },
)

export const MessagePage = Page(MessageItem)
export type MessagePage = Static<typeof MessagePage>

/** GET /api/runs/:id/messages */
export const MessageQuery = Type.Object(
  {
    ...PageQuery,
    state: Type.Optional(MessageState),
    node: Type.Optional(Type.String()),
    /** A whole phone number or e-mail address. */
    address: Type.Optional(Type.String({ minLength: 3, maxLength: 320 })),
  },
  { additionalProperties: false },
)
export type MessageQuery = Static<typeof MessageQuery>

/** GET /api/runs/:id/messages.csv: the same filters; `personal`: names and addresses as they are, which is written down with who asked. */
export const ExportQuery = Type.Object(
  {
    state: Type.Optional(MessageState),
    node: Type.Optional(Type.String()),
    personal: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type ExportQuery = Static<typeof ExportQuery>

/** States that may be sent again. Whoever has something (sent, delivered, converted) never gets a second one. */
export const RESENDABLE_STATES = ['failed', 'expired', 'cancelled', 'skipped'] as const

/**
 * POST /api/runs/:id/resend, with an `Idempotency-Key`: the same frozen text, to those whose *last* word is one of `states` (default
 * failed and expired), at the steps `nodeIds` (default: all) and for the reasons `codes` (default: all). Who was left out by a step (a
 * row that failed, no address) goes through that step once more.
 */
export const ResendInput = Type.Object(
  {
    states: Type.Optional(Type.Array(Type.Enum(RESENDABLE_STATES), { minItems: 1, uniqueItems: true })),
    nodeIds: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, uniqueItems: true })),
    codes: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, uniqueItems: true })),
  },
  { additionalProperties: false },
)
export type ResendInput = Static<typeof ResendInput>

/** `messages`: how many will be sent again; 0: nobody fits (or somebody did it before). */
export const ResendResult = Type.Object({ runId: Type.String(), messages: Type.Integer() })
export type ResendResult = Static<typeof ResendResult>

/** POST /api/runs/:id/approve; may be left out. `first`: send to so many of those who wait, then wait for a person's word once more. */
export const ApproveInput = Type.Object(
  { first: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })) },
  { additionalProperties: false },
)
export type ApproveInput = Static<typeof ApproveInput>

/**
 * POST /api/runs/:id/resume; may be left out. `confirm`: of a run that came out of a backup, that nothing of it went out since. `late`: of one
 * whose messages are over their time (`expiresAt`): they are sent now, or end as expired.
 */
export const ResumeInput = Type.Object(
  { confirm: Type.Optional(Type.Boolean()), late: Type.Optional(Type.Enum(['send', 'expire'])) },
  { additionalProperties: false },
)
export type ResumeInput = Static<typeof ResumeInput>

/** POST /api/messages/:id/resolve: a person says what became of a message that could not be confirmed. `resend` may reach someone twice. */
export const ResolveInput = Type.Object({ as: Type.Enum(['sent', 'resend']) }, { additionalProperties: false })
export type ResolveInput = Static<typeof ResolveInput>

/** POST /api/runs/:id/resolve: the same for all of a run, or of one step of it. */
export const RunResolveInput = Type.Object(
  { ...ResolveInput.properties, node: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) },
  { additionalProperties: false },
)
export type RunResolveInput = Static<typeof RunResolveInput>

/** POST /api/runs/:id/repeat: a new run of the same version. */
export const RepeatResult = Type.Object({ runId: Type.String() })
export type RepeatResult = Static<typeof RepeatResult>
