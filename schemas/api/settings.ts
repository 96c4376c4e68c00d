import Type, { type Static } from 'typebox'
import { Guards } from '../guards.ts'
import { Language } from '../localized.ts'

/** GET /api/settings */
export const Settings = Type.Object({
  name: Type.String(),
  timezone: Type.String(),
  language: Language,
  /** Guards of runs, where a workflow sets none of its own; what is not there is as in DEFAULT_GUARDS. */
  guards: Guards,
})
export type Settings = Static<typeof Settings>

/** PUT /api/settings */
export const SettingsChange = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    timezone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    language: Type.Optional(Language),
    /** Replaces all of them. */
    guards: Type.Optional(Guards),
  },
  { additionalProperties: false },
)
export type SettingsChange = Static<typeof SettingsChange>
