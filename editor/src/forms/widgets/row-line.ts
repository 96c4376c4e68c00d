import type { Language } from '#schemas/localized.ts'
import { choicesOf, choiceText, type FormSchema, textOf } from '../form-schema.ts'

/**
 * What an entry of a list is, in a line: its first text, its choices, and what is switched on. Empty if its first text is (a new one).
 * Example: `phone · Text · Must be there`.
 */
export function rowLine(schema: FormSchema, value: unknown, { language }: { language: Language }): string {
  if (typeof value !== 'object' || value === null) return ''
  const entry: Record<string, unknown> = { ...value }
  const parts: string[] = []
  let named = false
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const own = entry[name]
    if (choicesOf(field) !== null) {
      if (own !== undefined) parts.push(choiceText(field, own, language))
    } else if (field.type === 'boolean') {
      if (own === true) parts.push(textOf(field, name, language).title)
    } else if (field.type === 'string' && !named) {
      if (typeof own !== 'string' || own.trim() === '') return ''
      named = true
      parts.push(own)
    }
  }
  return parts.join(' · ')
}
