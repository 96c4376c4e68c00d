import Type, { type Static } from 'typebox'
import { MessageState } from './states.ts'

export const Button = Type.Object(
  {
    /** Kakao's button kinds; WL web link, AL app link, DS delivery tracking, BK bot keyword, MD message delivery, AC add channel. */
    type: Type.Enum(['WL', 'AL', 'DS', 'BK', 'MD', 'AC']),
    name: Type.String({ minLength: 1, maxLength: 14 }),
    linkMobile: Type.Optional(Type.String()),
    linkPc: Type.Optional(Type.String()),
    linkAndroid: Type.Optional(Type.String()),
    linkIos: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type Button = Static<typeof Button>

/** What a person gets to see of a message. */
export const Parts = Type.Object(
  { title: Type.Optional(Type.String()), body: Type.String(), buttons: Type.Optional(Type.Array(Button)) },
  { additionalProperties: false },
)
export type Parts = Static<typeof Parts>

/** Length in the unit that counts for the channel. `kind` is what it goes out as: ATA, SMS, LMS. */
export const Length = Type.Object({
  unit: Type.Union([Type.Literal('characters'), Type.Literal('bytes')]),
  used: Type.Integer(),
  limit: Type.Integer(),
  kind: Type.String(),
})
export type Length = Static<typeof Length>

export const Reason = Type.Object({ code: Type.String(), message: Type.String() })
export type Reason = Static<typeof Reason>

export const Money = Type.Object({ amount: Type.String(), currency: Type.String() })
export type Money = Static<typeof Money>

/** One send of a recipient at one channel node, as lists show it: address and name are masked. */
export const MessageItem = Type.Object({
  id: Type.String(),
  /** The recipient's number within the run. */
  number: Type.Integer(),
  runId: Type.String(),
  nodeId: Type.String(),
  channel: Type.Union([Type.String(), Type.Null()]),
  provider: Type.Union([Type.String(), Type.Null()]),
  state: MessageState,
  reason: Type.Union([Reason, Type.Null()]),
  address: Type.Union([Type.String(), Type.Null()]),
  name: Type.Union([Type.String(), Type.Null()]),
  attempt: Type.Integer(),
  sentAt: Type.Union([Type.String(), Type.Null()]),
  finalAt: Type.Union([Type.String(), Type.Null()]),
  cost: Type.Union([Money, Type.Null()]),
  /** True: whose it was and what it said was erased. What happened is still there. */
  erased: Type.Optional(Type.Boolean()),
})
export type MessageItem = Static<typeof MessageItem>

/** One message with everything that explains it. */
export const MessageDetail = Type.Object({
  ...MessageItem.properties,
  workflowId: Type.String(),
  workflowName: Type.String(),
  runNumber: Type.Integer(),
  /** Columns of the row and answers of queries; personal ones masked unless revealed. */
  values: Type.Record(Type.String(), Type.Unknown()),
  /** The exact text, rendered from the chunk; null where there is none (left out before a text was made). */
  parts: Type.Union([Parts, Type.Null()]),
  length: Type.Union([Length, Type.Null()]),
  path: Type.Array(Type.Object({ nodeId: Type.String(), at: Type.Union([Type.String(), Type.Null()]), summary: Type.String() })),
  attempts: Type.Array(
    Type.Object({
      nodeId: Type.String(),
      channel: Type.String(),
      attempt: Type.Integer(),
      state: MessageState,
      reason: Type.Union([Reason, Type.Null()]),
      providerId: Type.Union([Type.String(), Type.Null()]),
      at: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  /** `by`: who said so, where it was a person. */
  history: Type.Array(Type.Object({ state: MessageState, at: Type.String(), by: Type.Optional(Type.String()) })),
  revealed: Type.Boolean(),
})
export type MessageDetail = Static<typeof MessageDetail>
