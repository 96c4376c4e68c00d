import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false } as const
const Row = Type.Record(Type.String(), Type.Unknown())

/** What a step that asks the outside is given in place of an answer. */
export const GivenAnswers = Type.Union([
  /** Rows of a source, events of a trigger. */
  Type.Object({ rows: Type.Array(Row) }, strict),
  /** Answers of a variable query, by the values of its parameters; `row: null`: the query finds nothing for them. */
  Type.Object(
    {
      answers: Type.Array(
        Type.Object(
          { when: Row, row: Type.Optional(Type.Union([Row, Type.Null()])), fails: Type.Optional(Type.String({ minLength: 1 })) },
          strict,
        ),
      ),
    },
    strict,
  ),
])
export type GivenAnswers = Static<typeof GivenAnswers>

/** What a message must be; only what is named is compared. */
export const ExpectedMessage = Type.Object(
  {
    /** The person's place among the given rows, from 1. */
    row: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Id of the channel step. */
    step: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    /** A part of the text. */
    contains: Type.Optional(Type.String({ minLength: 1 })),
    title: Type.Optional(Type.String()),
    /** In place of a text: why there is none (`value-null`). */
    error: Type.Optional(Type.String()),
    /** Where the workflow lets wait: the moment at which it goes out. */
    at: Type.Optional(Type.String({ format: 'date-time' })),
  },
  strict,
)
export type ExpectedMessage = Static<typeof ExpectedMessage>

const ExpectedLeaving = Type.Object({ row: Type.Integer({ minimum: 1 }), step: Type.String(), code: Type.String() }, strict)

/** One case of a flow test: what is given, and who must get what. */
export const FlowTestCase = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** The time it is in this case; default: the first Monday of 2026, 09:00 in Korea. */
    now: Type.Optional(Type.String({ format: 'date-time' })),
    /** By step id. */
    given: Type.Record(Type.String(), GivenAnswers),
    expect: Type.Object(
      {
        /** Every message, by person and step; those of fallbacks are listed apart. */
        messages: Type.Optional(Type.Array(ExpectedMessage)),
        fallbacks: Type.Optional(Type.Array(ExpectedMessage)),
        /** Everybody who failed or was left out on the way. */
        leftOut: Type.Optional(Type.Array(ExpectedLeaving)),
        /** Codes of the problems that the workflow must have; default: none. */
        problems: Type.Optional(Type.Array(Type.String())),
      },
      { ...strict, minProperties: 1 },
    ),
  },
  strict,
)
export type FlowTestCase = Static<typeof FlowTestCase>

/** A file of flow tests: `weekly.test.json` beside `weekly.json`. */
export const FlowTestFile = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    /** Path of the workflow, from this file; default: the same name without `.test`. */
    workflow: Type.Optional(Type.String({ minLength: 1 })),
    tests: Type.Array(FlowTestCase, { minItems: 1 }),
  },
  { ...strict, $id: '/schemas/flow-test.json', title: 'Tests of an Alimflow workflow' },
)
export type FlowTestFile = Static<typeof FlowTestFile>
