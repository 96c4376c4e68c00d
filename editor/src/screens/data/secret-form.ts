import type { Localized } from '#schemas/localized.ts'
import type { FormSchema } from '#editor/forms/form-schema.ts'

/** The schema of secrets as a form of password fields; one that is saved need not be typed again, and says so. */
export function secretForm(schema: FormSchema, { set, kept }: { set: readonly string[]; kept: Localized }): FormSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const title = property['x-text']?.title ?? { en: name, ko: name }
    const text = set.includes(name) ? { ...property['x-text'], title, help: kept } : { ...property['x-text'], title }
    return [name, { ...property, writeOnly: true, 'x-text': text }] as const
  })
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    required: (schema.required ?? []).filter((name) => !set.includes(name)),
  }
}
