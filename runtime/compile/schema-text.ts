import type { FieldForm, FieldText } from '#schemas/form.ts'
import type { Localized } from '#schemas/localized.ts'

/** The parts of a JSON Schema that the checks look at. */
export interface SchemaPart {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, SchemaPart>>
  readonly patternProperties?: Readonly<Record<string, SchemaPart>>
  readonly additionalProperties?: boolean | SchemaPart
  readonly items?: SchemaPart
  readonly anyOf?: readonly SchemaPart[]
  readonly oneOf?: readonly SchemaPart[]
  readonly allOf?: readonly SchemaPart[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly 'x-text'?: FieldText
  readonly 'x-form'?: FieldForm
}

/** Schemas that speak of one step further in; alternatives give several. */
function stepInto(schema: SchemaPart, name: string): SchemaPart[] {
  const own = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
  const found: SchemaPart[] = own ? [own] : []
  for (const [pattern, part] of Object.entries(schema.patternProperties ?? {}))
    if (new RegExp(pattern, 'u').test(name)) found.push(part)
  if (typeof schema.additionalProperties === 'object') found.push(schema.additionalProperties)
  if (schema.items && /^\d+$/.test(name)) found.push(schema.items)
  for (const part of alternatives(schema)) found.push(...stepInto(part, name))
  return found
}

function alternatives(schema: SchemaPart): readonly SchemaPart[] {
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
}

/** The schemas along a path, the outermost first; a step that no schema speaks of ends it. */
function along(schema: SchemaPart, path: readonly string[]): SchemaPart[][] {
  const steps: SchemaPart[][] = [[schema]]
  for (const name of path) {
    const next = (steps.at(-1) ?? []).flatMap((part) => stepInto(part, name))
    if (next.length === 0) break
    steps.push(next)
  }
  return steps
}

/** Title of the field at a path in both languages, as the form shows it: the nearest one that has a title, else the last name of the path. */
export function fieldTitle(schema: SchemaPart, path: readonly string[]): Localized {
  const steps = along(schema, path)
  for (let depth = steps.length - 1; depth > 0; depth--) {
    const titled = steps[depth]?.find((part) => part['x-text'])
    if (titled?.['x-text']) return titled['x-text'].title
  }
  const name = path.at(-1) ?? ''
  return { en: name, ko: name }
}

/** Texts of the choices at a path: the form's where it has some, else the values themselves. */
export function choicesAt(schema: SchemaPart, path: readonly string[]): Localized[] {
  const steps = along(schema, path)
  if (steps.length <= path.length) return []
  const parts = steps.at(-1) ?? []
  const values = parts.flatMap((part) => [part, ...alternatives(part)]).flatMap(valuesOf)
  const texts = parts.find((part) => part['x-text'])?.['x-text']?.options ?? {}
  return values.map((value) => texts[String(value)] ?? { en: String(value), ko: String(value) })
}

function valuesOf(part: SchemaPart): (string | number | boolean)[] {
  const values = part.enum ?? (part.const === undefined ? [] : [part.const])
  return values.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
}

/** A top-level field of a config, by the widget of its form. */
export function fieldsWithWidget(schema: SchemaPart, widget: FieldForm['widget']): { name: string; form: FieldForm }[] {
  const found: { name: string; form: FieldForm }[] = []
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const form = part['x-form']
    if (form && form.widget === widget) found.push({ name, form })
  }
  for (const part of alternatives(schema)) found.push(...fieldsWithWidget(part, widget))
  return found
}
