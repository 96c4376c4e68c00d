import Type, { type Static } from 'typebox'

/** At most so many events or messages come in one call. */
export const MOST_AT_ONCE = 1000

/** One thing that happened, as a service reports it. */
export const EventInput = Type.Object(
  {
    /** The name that the event step of a workflow has; every workflow that is on and listens to it gets the event. */
    event: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    /** In place of the name: this workflow only. */
    workflowId: Type.Optional(Type.String({ format: 'uuid' })),
    payload: Type.Record(Type.String(), Type.Unknown()),
    /** When it happened, with its zone; default: now. */
    occurredAt: Type.Optional(Type.String({ format: 'date-time' })),
    /** The same key within 24 hours is the same event: it is not taken twice. */
    key: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,255}$' })),
  },
  { additionalProperties: false },
)
export type EventInput = Static<typeof EventInput>

/** POST /api/events: one event, or a list of them. All are taken, or none. */
export const EventsInput = Type.Union([EventInput, Type.Array(EventInput, { minItems: 1, maxItems: MOST_AT_ONCE })])

/** Stored: nothing of it is lost any more. `items` in the order of the events. */
export const EventsResult = Type.Object({
  accepted: Type.Integer(),
  items: Type.Array(
    Type.Object({
      /** Messages that it becomes, where that is certain already; GET /api/messages/:id knows them at once. */
      messages: Type.Array(Type.String()),
      /** Runs that it started, or that took it in. */
      runs: Type.Array(Type.String()),
    }),
  ),
})
export type EventsResult = Static<typeof EventsResult>
