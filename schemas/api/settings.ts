import Type, { type Static } from 'typebox'
import { Language } from '../localized.ts'

/** GET /api/settings */
export const Settings = Type.Object({ name: Type.String(), timezone: Type.String(), language: Language })
export type Settings = Static<typeof Settings>

/** PUT /api/settings */
export const SettingsChange = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    timezone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    language: Type.Optional(Language),
  },
  { additionalProperties: false },
)
export type SettingsChange = Static<typeof SettingsChange>
