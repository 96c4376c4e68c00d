import Type, { type Static } from 'typebox'

const Unit = Type.Enum(['minute', 'hour', 'day', 'week', 'month', 'year'])
const Count = Type.Integer({ minimum: 1, maximum: 10_000 })

/**
 * A stretch of time that moves with the run, in the workflow's zone. `last`, `next`: so many units before, after, and today · `calendar`: a
 * whole day, week, month or year, this one (0) or so many before (negative) or after · `before`, `after`: longer ago, further ahead.
 */
export const RelativeRange = Type.Union([
  Type.Object({ in: Type.Enum(['last', 'next', 'before', 'after']), count: Count, unit: Unit }, { additionalProperties: false }),
  Type.Object(
    {
      in: Type.Literal('calendar'),
      unit: Type.Enum(['day', 'week', 'month', 'year']),
      plus: Type.Integer({ minimum: -10_000, maximum: 10_000 }),
    },
    { additionalProperties: false },
  ),
])
export type RelativeRange = Static<typeof RelativeRange>
