import Type, { type Static } from 'typebox'
import { Money } from '../message.ts'

const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** GET /api/totals: days of the workspace's zone, both ends included. Default: the last 30 days. At most 400 days. */
export const TotalsQuery = Type.Object(
  { from: Type.Optional(Day), to: Type.Optional(Day), workflowId: Type.Optional(Type.String({ maxLength: 36 })) },
  { additionalProperties: false },
)
export type TotalsQuery = Static<typeof TotalsQuery>

/** Messages by what is known of them now. Test sends are not in it; `retried`: attempts that failed for the moment and were made again. */
export const TotalCounts = Type.Object({
  sent: Type.Integer(),
  delivered: Type.Integer(),
  converted: Type.Integer(),
  failed: Type.Integer(),
  unconfirmed: Type.Integer(),
  skipped: Type.Integer(),
  retried: Type.Integer(),
})
export type TotalCounts = Static<typeof TotalCounts>

/** One day, one step of one workflow. `node`, `channel`, `connection`: as the version that ran named them; null where that is not known any more. */
export const DayTotal = Type.Object({
  day: Day,
  workflowId: Nullable(Type.String()),
  workflowName: Nullable(Type.String()),
  nodeId: Nullable(Type.String()),
  nodeLabel: Nullable(Type.String()),
  channel: Nullable(Type.String()),
  connectionId: Nullable(Type.String()),
  connectionName: Nullable(Type.String()),
  ...TotalCounts.properties,
  /** By the prices of today; null where they are not known. */
  cost: Nullable(Money),
})
export type DayTotal = Static<typeof DayTotal>

export const Totals = Type.Object({
  from: Day,
  to: Day,
  timezone: Type.String(),
  /** Until when everything closed is in; null: never counted yet. */
  countedAt: Nullable(Type.String()),
  sum: TotalCounts,
  items: Type.Array(DayTotal),
})
export type Totals = Static<typeof Totals>
