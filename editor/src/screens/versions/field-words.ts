import type { Language } from '#schemas/localized.ts'
import {
  asFormSchema,
  choicesOf,
  choiceText,
  textOf,
  variantsOf,
  withoutNull,
  type FormSchema,
} from '#editor/forms/form-schema.ts'

/** How a field is called, and how its values are said. */
export interface FieldWords {
  readonly title: string
  readonly value: (value: unknown) => string
}

export interface FieldPlace {
  readonly language: Language
  /** Names of connections and stored lists by id. */
  readonly connections: ReadonlyMap<string, string>
}

/** A value as text; nothing is an empty one. */
export const plainText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2)

/** The words of a field somewhere in a config: the labels of the form on the way to it, and the texts of its choices. */
export function fieldWords(configSchema: unknown, path: readonly string[], { language, connections }: FieldPlace): FieldWords {
  const titles: string[] = []
  let schema: FormSchema = asFormSchema(configSchema)
  for (const name of path) {
    schema = inside(schema, name)
    titles.push(textOf(schema, name, language).title)
  }
  const last = schema
  return {
    title: titles.join(' › '),
    value: (value) => {
      if (value === undefined || value === null) return ''
      const isNamed = last['x-form']?.connection !== undefined || last['x-form']?.widget === 'stored-list'
      if (typeof value === 'string' && isNamed) return connections.get(value) ?? value
      return choiceOr(last, value, language) ?? plainText(value)
    },
  }
}

/** The schema of a property, whichever of its forms the value has. */
function inside(schema: FormSchema, name: string): FormSchema {
  const one = withoutNull(schema)
  const found = one.properties?.[name] ?? variantsOf(one).find(({ properties }) => properties?.[name])?.properties?.[name]
  if (found) return found
  const rest = one.additionalProperties ?? Object.values(one.patternProperties ?? {})[0]
  return typeof rest === 'object' ? rest : {}
}

function choiceOr(schema: FormSchema, value: unknown, language: Language): string | null {
  const one = withoutNull(schema)
  const known = choicesOf(one)?.includes(value) === true || one['x-text']?.options?.[String(value)] !== undefined
  return known ? choiceText(one, value, language) : null
}
