import Type, { type Static } from 'typebox'
import { RunItem } from '../run.ts'
import { PASSED_OUTCOMES, PASSED_REASONS } from '../schedule-policies.ts'

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

/** GET /api/schedules/preview */
export const SchedulePreviewQuery = Type.Object(
  {
    /** Minute hour day month weekday. */
    cron: Type.String({ minLength: 1, maxLength: 100 }),
    /** IANA name; default the workspace's. */
    timezone: Type.Optional(Type.String({ maxLength: 64 })),
    n: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 5 })),
  },
  { additionalProperties: false },
)

/** The next times as instants; the zone's clock changes are in them. */
export const SchedulePreview = Type.Object({ cron: Type.String(), timezone: Type.String(), fires: Type.Array(Type.String()) })
export type SchedulePreview = Static<typeof SchedulePreview>

/** A time of a schedule that was passed over, and what became of it. */
const Passed = Type.Object({
  fireAt: Type.String(),
  noticedAt: Type.String(),
  why: Type.Enum(PASSED_REASONS),
  /** `open`: a person is asked whether it is still to be sent. */
  outcome: Type.Enum(PASSED_OUTCOMES),
  /** Of one that a person declined: who and when. */
  decidedBy: Type.Union([Type.String(), Type.Null()]),
  decidedAt: Type.Union([Type.String(), Type.Null()]),
})
export type Passed = Static<typeof Passed>

/** GET /api/workflows/:id/missed-fires */
export const MissedFires = Type.Object({ items: Type.Array(Passed) })
export type MissedFires = Static<typeof MissedFires>

/** POST /api/workflows/:id/missed-fires/decline: this time and what was missed before it; what is missed later is asked about anew. */
export const DeclineInput = Type.Object({ until: Type.String({ minLength: 1, maxLength: 40 }) }, { additionalProperties: false })

/** GET /api/schedules/calendar: days of the workspace's zone, both ends included, at most 62. */
export const CalendarQuery = Type.Object({ from: Day, to: Day }, { additionalProperties: false })
export type CalendarQuery = Static<typeof CalendarQuery>

/**
 * What stands on a day: a run that a schedule started, a time that was passed over, one that waits for the run before, or one that comes.
 * `more`: so many more of that day are not listed.
 */
export const CalendarItem = Type.Object({
  /** The day in the workspace's zone. */
  day: Type.String(),
  /** The schedule's time. */
  at: Type.String(),
  kind: Type.Enum(['run', 'missed', 'waiting', 'planned']),
  workflowId: Type.String(),
  workflowName: Type.String(),
  /** Only of runs. */
  run: Type.Union([RunItem, Type.Null()]),
  /** Only of times that were passed over. */
  passed: Type.Union([Passed, Type.Null()]),
  more: Type.Integer(),
})
export type CalendarItem = Static<typeof CalendarItem>

/** `next`: the next times of all schedules, soonest first. `asks`: workflows with missed times that a person is asked about, on any day. */
export const Calendar = Type.Object({
  timezone: Type.String(),
  items: Type.Array(CalendarItem),
  next: Type.Array(Type.Object({ at: Type.String(), workflowId: Type.String(), workflowName: Type.String() })),
  asks: Type.Array(Type.Object({ workflowId: Type.String(), workflowName: Type.String(), newest: Type.String() })),
})
export type Calendar = Static<typeof Calendar>
