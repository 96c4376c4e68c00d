import Type, { type Static } from 'typebox'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/**
 * What is judged before the first message of a run. A guard that finds something makes the run wait for a person's approval
 * (`waiting`); nothing was sent by then. Each may stand in the workflow's `settings.guards`; what is not there comes from the
 * workspace, and what is not there either from DEFAULT_GUARDS. `null` switches a guard off.
 */
export const Guards = Type.Object(
  {
    /** More recipients than this wait. */
    maxRecipients: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100_000_000 }))),
    /** Nobody to send to: the run ends as completed with a reason, or waits for a person. */
    empty: Type.Optional(Type.Enum(['complete', 'wait'])),
    /** More than `factor` times as many as in the last completed run, or fewer than 1/factor of it, wait. */
    jump: Type.Optional(
      Nullable(Type.Object({ factor: Type.Number({ exclusiveMinimum: 1, maximum: 1000 }) }, { additionalProperties: false })),
    ),
    /** More recipients than this whose message has an empty variable or could not be made wait. Judged after prepare. */
    missingValues: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 100_000_000 }))),
    /** A higher estimate than this wait; whole KRW. Judged by the connections' unit prices. */
    cost: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }))),
  },
  { additionalProperties: false },
)
export type Guards = Static<typeof Guards>

/** The guards of a workspace that set nothing. */
export const DEFAULT_GUARDS: Required<Guards> = {
  maxRecipients: 1_000_000,
  empty: 'complete',
  jump: { factor: 3 },
  missingValues: null,
  cost: null,
}

/** A last run with fewer recipients than this says nothing about a jump. */
export const JUMP_LEAST_RECIPIENTS = 100
