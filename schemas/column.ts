import Type, { type Static } from 'typebox'

/**
 * What a column's values are (table "Values" of the architecture). Decided per column, never per value:
 * text, boolean, json, bytes (base64) · integer, decimal (numbers where the source's type cannot exceed 2^53, else digit strings)
 * · date, time, datetime (ISO text as stored, no zone) · instant (ISO text with `Z`).
 */
export const ValueType = Type.Union([
  Type.Literal('text'),
  Type.Literal('boolean'),
  Type.Literal('json'),
  Type.Literal('bytes'),
  Type.Literal('integer'),
  Type.Literal('decimal'),
  Type.Literal('date'),
  Type.Literal('time'),
  Type.Literal('datetime'),
  Type.Literal('instant'),
])
export type ValueType = Static<typeof ValueType>

/** A typed field of the rows on an edge. */
export const Column = Type.Object(
  {
    name: Type.String(),
    type: ValueType,
    /** Values are digit strings, not numbers (int8, BIGINT, numeric): sort and format on the digits. */
    digits: Type.Optional(Type.Boolean()),
    /** A friendly name, where one is known. */
    label: Type.Optional(Type.String()),
    nullable: Type.Optional(Type.Boolean()),
    /** Masked wherever a person looks (addresses, names, e-mail): REST, WebSocket, export. */
    personal: Type.Optional(Type.Boolean()),
    /** Made by a mapping: the text of a template variable of this name. */
    variable: Type.Optional(Type.Boolean()),
    /** The type's own name in the database (`int8`, `DATETIME(6)`), for people who know it. */
    sourceType: Type.Optional(Type.String()),
    /** For the machinery, not for people: never shown, suggested or mapped. */
    hidden: Type.Optional(Type.Boolean()),
    /** Name of the hidden boolean column that is true where the query of this column found no row (decision 0002). */
    missing: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type Column = Static<typeof Column>
