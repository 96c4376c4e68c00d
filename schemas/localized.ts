import Type, { type Static } from 'typebox'

/** The languages of the product. Every label, help, enum text, error and problem exists in both. */
export const Language = Type.Union([Type.Literal('ko'), Type.Literal('en')])
export type Language = Static<typeof Language>

/** One text in every language of the product. */
export const Localized = Type.Object({ en: Type.String(), ko: Type.String() }, { additionalProperties: false })
export type Localized = Static<typeof Localized>

/** Values for the `{placeholders}` of a text. */
export type TextFields = Readonly<Record<string, string | number | null | undefined>>

/** Numbers that count nothing: nobody writes port 5,432 or line 1,024. */
const NAMES: ReadonlySet<string> = new Set(['port', 'pid', 'version', 'line', 'code', 'status', 'id'])

/** Both languages group digits by commas. */
const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 20 })

/**
 * Fills the `{placeholders}` of a text; what counts something has its digits grouped. An unknown placeholder stays as it is, so that a missing field is seen and not hidden.
 * Values are data: braces inside a value are not filled again.
 */
export function fillText(text: string, fields: TextFields): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fields[name]
    if (value === undefined || value === null) return whole
    return typeof value === 'number' && !NAMES.has(name) ? grouped.format(value) : String(value)
  })
}

/** `fillText` for both languages at once. */
export function fillLocalized(text: Readonly<Localized>, fields: TextFields): Localized {
  return { en: fillText(text.en, fields), ko: fillText(text.ko, fields) }
}
