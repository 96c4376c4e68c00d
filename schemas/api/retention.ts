import Type, { type Static } from 'typebox'

/** GET /api/retention: how long people, texts and messages are kept. Runs keep their totals after that. */
export const Retention = Type.Object({ keepMonths: Type.Integer({ minimum: 1, maximum: 120 }) }, { additionalProperties: false })
export type Retention = Static<typeof Retention>

/** POST /api/people/erase. The address is in the body: an address in a URL would end in logs. */
export const ErasePerson = Type.Object(
  {
    /** A whole phone number, e-mail address or token. */
    address: Type.String({ minLength: 3, maxLength: 320 }),
  },
  { additionalProperties: false },
)
export type ErasePerson = Static<typeof ErasePerson>

/** `waiting`: runs that are not over; where the person is in them, they are erased at their end by itself. */
export const ErasedPerson = Type.Object({
  id: Type.String(),
  rows: Type.Integer(),
  runs: Type.Integer(),
  /** Rows of stored lists that went. */
  listRows: Type.Integer(),
  waiting: Type.Integer(),
})
export type ErasedPerson = Static<typeof ErasedPerson>
