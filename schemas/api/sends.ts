import Type, { type Static } from 'typebox'
import { Button } from '../message.ts'
import { MOST_AT_ONCE } from './events.ts'

const Kakao = Type.Object(
  { templateCode: Type.String({ minLength: 1, maxLength: 100 }), channelId: Type.String({ minLength: 1, maxLength: 100 }) },
  { additionalProperties: false },
)

/** The text of a message, with `#{name}` or `{{name}}` holes. */
export const SendText = Type.Object(
  {
    body: Type.String({ minLength: 1, maxLength: 10_000 }),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    buttons: Type.Optional(Type.Array(Button, { maxItems: 5 })),
    /** Alimtalk: the approved template that this text is. */
    kakao: Type.Optional(Kakao),
  },
  { additionalProperties: false },
)

/** One message to one person, without a workflow. */
export const SendInput = Type.Object(
  {
    /** Id of the connection that sends. */
    connection: Type.String({ minLength: 1, maxLength: 100 }),
    /** `alimtalk`, `sms` …; may be left out where the connection has one only. */
    channel: Type.Optional(Type.String({ minLength: 1, maxLength: 50 })),
    to: Type.String({ minLength: 1, maxLength: 320 }),
    /** Either the text itself … */
    text: Type.Optional(SendText),
    /** … or the id of a template version. */
    template: Type.Optional(Type.String({ format: 'uuid' })),
    /** What stands in the holes. */
    variables: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 10_000 }), Type.Number()]))),
    /** The app it belongs to. */
    app: Type.Optional(Type.String({ format: 'uuid' })),
    /** The same key within 24 hours is the same message: it is not sent twice. */
    key: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,255}$' })),
  },
  { additionalProperties: false },
)
export type SendInput = Static<typeof SendInput>

/** POST /api/messages: one message, or a list of them. All are taken, or none. */
export const SendsInput = Type.Union([SendInput, Type.Array(SendInput, { minItems: 1, maxItems: MOST_AT_ONCE })])

/** Stored: nobody is lost any more. `items` in the order of the messages; GET /api/messages/:id knows them at once. */
export const SendsResult = Type.Object({
  accepted: Type.Integer(),
  items: Type.Array(Type.Object({ id: Type.String(), run: Type.String() })),
})
export type SendsResult = Static<typeof SendsResult>
