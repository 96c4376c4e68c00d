import Type, { type Static } from 'typebox'
import { PreviewMessage } from './preview.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Count = Type.Integer()

/** The people whose value for one variable is missing. */
export const MissingValue = Type.Object({
  nodeId: Type.String(),
  variable: Type.String(),
  column: Type.String(),
  count: Count,
  /** How many of them get no message because of it; the others get the text that was set for that case. */
  refused: Count,
})

/** People whom one step or channel leaves out, by the reason. */
const LeftOutPeople = Type.Object({ nodeId: Type.String(), code: Type.String(), message: Type.String(), count: Count })

/** Messages worth looking at before they go out; null: there is no such one. */
export const AudienceCases = Type.Object({
  longest: Nullable(PreviewMessage),
  /** A value is missing, and something stands in its place. */
  missing: Nullable(PreviewMessage),
  /** It goes out as the dearer kind while others do not. */
  costliest: Nullable(PreviewMessage),
  tooLong: Nullable(PreviewMessage),
  /** It has characters that the channel cannot carry. */
  notCarried: Nullable(PreviewMessage),
})
export type AudienceCases = Static<typeof AudienceCases>

export const AudienceChannel = Type.Object({
  nodeId: Type.String(),
  channel: Type.String(),
  /** It sends only what an earlier channel could not deliver: its figures are the most that may come of it. */
  fallback: Type.Boolean(),
  /** Messages that can go out. */
  messages: Count,
  /** As what they go out: ATA, SMS, LMS. */
  kinds: Type.Record(Type.String(), Count),
  refused: Type.Array(LeftOutPeople),
  /** Messages to an address that one before them goes to. */
  repeated: Count,
  cases: AudienceCases,
})
export type AudienceChannel = Static<typeof AudienceChannel>

/** What a draft would do with its whole audience. Nothing is sent. */
export const AudienceCheck = Type.Object({
  id: Type.String(),
  state: Type.Enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** People read until now; all of them once it is done and `complete`. */
  people: Count,
  /** False: it ended at the most people (`limit`) or before its end. */
  complete: Type.Boolean(),
  limit: Count,
  tookMs: Type.Number(),
  missing: Type.Array(MissingValue),
  leftOut: Type.Array(LeftOutPeople),
  channels: Type.Array(AudienceChannel),
  /** Why it failed. */
  error: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
})
export type AudienceCheck = Static<typeof AudienceCheck>
