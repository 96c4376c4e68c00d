import Type, { type Static } from 'typebox'
import { Length, Parts, Reason } from '../message.ts'
import { MessageState } from '../states.ts'
import { Page, PageQuery } from './paging.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const OutboxMessage = Type.Object({
  id: Type.String(),
  runId: Type.String(),
  runNumber: Type.Integer(),
  workflowName: Type.String(),
  channel: Type.String(),
  provider: Nullable(Type.String()),
  at: Nullable(Type.String()),
  state: MessageState,
  reason: Nullable(Reason),
  parts: Nullable(Parts),
  length: Nullable(Length),
})
export type OutboxMessage = Static<typeof OutboxMessage>

/** What one person got, oldest first. */
export const Conversation = Type.Object({
  /** Opaque key of the person within this answer. */
  id: Type.String(),
  person: Type.Object({ name: Nullable(Type.String()), address: Nullable(Type.String()) }),
  channel: Type.String(),
  messages: Type.Array(OutboxMessage),
})
export type Conversation = Static<typeof Conversation>

/** GET /api/outbox: one run (the newest by default), or everything of one exact address. */
export const OutboxQuery = Type.Object(
  {
    ...PageQuery,
    runId: Type.Optional(Type.String()),
    address: Type.Optional(Type.String({ minLength: 3, maxLength: 320 })),
    state: Type.Optional(MessageState),
  },
  { additionalProperties: false },
)
export type OutboxQuery = Static<typeof OutboxQuery>
export const OutboxPage = Page(Conversation)
export type OutboxPage = Static<typeof OutboxPage>
