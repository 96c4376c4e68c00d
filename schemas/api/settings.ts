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
  /** The workflow that whoever comes first is shown in place of the list; null: somebody went past it, or there never was one. */
  welcome: Type.Union([Type.String(), Type.Null()]),
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
    /** Somebody went past the first workflow: nobody is shown it in place of the list any more. */
    welcome: Type.Optional(Type.Null()),
  },
  { additionalProperties: false },
)
export type SettingsChange = Static<typeof SettingsChange>
