import Type, { type Static } from 'typebox'

/** How a value that is typed in is read before it is bound. */
export const PARAMETER_TYPES = ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'instant'] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/**
 * A moment that moves with the run, in the workflow's zone: where it begins (`now`, or the start of this day, week (Monday), month, year),
 * moved by so many units. The start of the day a week ago: `{ from: 'day', plus: -7, unit: 'day' }`.
 */
export const RelativeMoment = Type.Object(
  {
    from: Type.Enum(['now', 'day', 'week', 'month', 'year']),
    plus: Type.Optional(Type.Integer({ minimum: -100_000, maximum: 100_000 })),
    unit: Type.Optional(Type.Enum(['minute', 'hour', 'day', 'week', 'month', 'year'])),
  },
  { additionalProperties: false },
)
export type RelativeMoment = Static<typeof RelativeMoment>

/** In which form a relative moment is bound. */
export const MOMENT_TYPES = ['date', 'datetime', 'instant', 'month-day', 'leap-day'] as const
/**
 * `date` in the workflow's zone · `datetime`: the wall time of the connection's zone · `instant` · `month-day`: the integer 1127 on 27
 * November · `leap-day`: 229 on 28 February of a year without a 29th, else as `month-day` (whoever was born on the 29th is not forgotten).
 */
export type MomentType = (typeof MOMENT_TYPES)[number]

/** Value of a `:name` of a statement: a text; a value with its type; or a moment that is computed when a run starts. Always bound. */
export const ParameterValue = Type.Union([
  Type.String({ maxLength: 10_000 }),
  Type.Object(
    { type: Type.Enum([...PARAMETER_TYPES]), value: Type.String({ maxLength: 10_000 }) },
    { additionalProperties: false },
  ),
  Type.Object({ type: Type.Enum([...MOMENT_TYPES]), relative: RelativeMoment }, { additionalProperties: false }),
])
export type ParameterValue = Static<typeof ParameterValue>
