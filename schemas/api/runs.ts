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
