import Type, { type Static } from 'typebox'

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

/** GET /api/workflows/:id/missed-fires */
export const MissedFires = Type.Object({ items: Type.Array(Type.Object({ fireAt: Type.String(), noticedAt: Type.String() })) })
export type MissedFires = Static<typeof MissedFires>
