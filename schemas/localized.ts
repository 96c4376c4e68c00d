import Type, { type Static } from 'typebox'

/** The languages of the product. Every label, help, enum text, error and problem exists in both. */
export const Language = Type.Union([Type.Literal('ko'), Type.Literal('en')])
export type Language = Static<typeof Language>

/** One text in every language of the product. */
export const Localized = Type.Object({ en: Type.String(), ko: Type.String() }, { additionalProperties: false })
export type Localized = Static<typeof Localized>

/** Values for the `{placeholders}` of a text. */
export type TextFields = Readonly<Record<string, string | number | null | undefined>>

/**
 * Fills the `{placeholders}` of a text. An unknown placeholder stays as it is, so that a missing field is seen and not hidden.
 * Values are data: braces inside a value are not filled again.
 */
export function fillText(text: string, fields: TextFields): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fields[name]
    return value === undefined || value === null ? whole : String(value)
  })
}

/** `fillText` for both languages at once. */
export function fillLocalized(text: Readonly<Localized>, fields: TextFields): Localized {
  return { en: fillText(text.en, fields), ko: fillText(text.ko, fields) }
}
