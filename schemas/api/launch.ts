import Type, { type Static } from 'typebox'
import { Money, Reason } from '../message.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** What goes out over one channel of the first wave, as it was prepared. */
export const LaunchChannel = Type.Object({
  nodeId: Type.String(),
  channel: Type.String(),
  connection: Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String() }),
  /** A sandbox: nothing leaves the house. */
  sandbox: Type.Boolean(),
  /** Comes after another channel could not deliver; nothing is prepared for it. */
  fallback: Type.Boolean(),
  /** Texts by what they go out as; empty where that is known only while it is sent. */
  kinds: Type.Record(Type.String(), Type.Integer()),
  /** Won a message of each kind; kinds whose price is not known are missing. */
  prices: Type.Record(Type.String(), Type.Number()),
})
export type LaunchChannel = Static<typeof LaunchChannel>

/** GET /api/runs/:id/launch: what a person should know before the first message. Null: it cannot be known before. */
export const Launch = Type.Object({
  /** People who get something; without those who were left out and those nothing can be made for. Null while it prepares. */
  count: Nullable(Type.Integer()),
  /** Why nothing can be sent to some, with how many. */
  cannot: Type.Array(Type.Object({ ...Reason.properties, count: Type.Integer() })),
  /** People with an empty value in their text, or for whom no text can be made. */
  missing: Nullable(Type.Integer()),
  longest: Nullable(Type.Object({ used: Type.Integer(), limit: Type.Integer(), unit: Type.String(), kind: Type.String() })),
  channels: Type.Array(LaunchChannel),
  /** maximum: everybody also by each fallback, at its dearest kind. */
  cost: Nullable(Type.Object({ estimate: Money, maximum: Money })),
  /** How long sending takes by the limits of its connections; null: none of them has a limit, or counts are not known. */
  time: Nullable(Type.Object({ seconds: Type.Number(), perSecond: Type.Number(), connection: Type.String() })),
  night: Type.Object({
    /** Texts that begin with "(광고)"; null: known only while it is sent. */
    ads: Nullable(Type.Integer()),
    /** Sending would touch 21:00 to 08:00 in Korea. */
    touches: Type.Boolean(),
  }),
  /** The last run that went to its end; null: there was none. */
  last: Nullable(
    Type.Object({ id: Type.String(), number: Type.Integer(), startedAt: Type.String(), recipients: Type.Integer() }),
  ),
  /**
   * Where lists were appended: how many rows of them were left out because the person came before, and the lists in their order: the first row of a
   * person counts.
   */
  appended: Type.Array(Type.Object({ nodeId: Type.String(), count: Type.Integer(), lists: Type.Array(Type.String()) })),
  /** What a guard found odd. */
  guard: Nullable(Reason),
})
export type Launch = Static<typeof Launch>
