import type { FieldForm, FieldText, Widget } from '#schemas/form.ts'
import type { Language } from '#schemas/localized.ts'

/** The part of JSON Schema that forms are drawn from, with our two keywords (schemas/form.ts). */
export interface FormSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, FormSchema>>
  readonly required?: readonly string[]
  readonly items?: FormSchema
  readonly additionalProperties?: boolean | FormSchema
  readonly patternProperties?: Readonly<Record<string, FormSchema>>
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly FormSchema[]
  readonly oneOf?: readonly FormSchema[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly format?: string
  readonly writeOnly?: boolean
  readonly 'x-text'?: FieldText
  readonly 'x-form'?: FieldForm
}

/** A schema as the server sent it. Its form is the server's promise (JSON Schema); anything else is drawn as an empty form. */
export function asFormSchema(value: unknown): FormSchema {
  // Only keywords are read, each behind a check of its own where a wrong one would hurt.
  return typeof value === 'object' && value !== null ? (value as FormSchema) : {}
}

/** The values of a field that is a choice: `enum`, or a union of constants; null if it is none. */
export function choicesOf(schema: FormSchema): readonly unknown[] | null {
  if (schema.enum !== undefined) return schema.enum
  const variants = schema.anyOf ?? schema.oneOf
  if (variants === undefined || variants.length === 0) return null
  return variants.every((variant) => variant.const !== undefined) ? variants.map((variant) => variant.const) : null
}

/** The variants of a field that takes one of several forms; null alone (an optional value) is none. */
export function variantsOf(schema: FormSchema): readonly FormSchema[] {
  return (schema.oneOf ?? schema.anyOf ?? []).filter(({ type }) => type !== 'null')
}

/** May the value be null, and what is it otherwise? */
export function withoutNull(schema: FormSchema): FormSchema {
  const variants = schema.anyOf ?? schema.oneOf
  const only = variants?.filter(({ type }) => type !== 'null')
  const first = only?.[0]
  if (variants === undefined || first === undefined || only?.length !== 1 || variants.length === 1) return schema
  return {
    ...first,
    ...(schema['x-text'] ? { 'x-text': schema['x-text'] } : {}),
    ...(schema['x-form'] ? { 'x-form': schema['x-form'] } : {}),
  }
}

export type DefaultWidget = Widget | 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'object' | 'variants' | 'secret'

/** Which widget draws a field. */
export function widgetOf(schema: FormSchema): DefaultWidget {
  const asked = schema['x-form']?.widget
  if (asked !== undefined) return asked
  if (choicesOf(schema) !== null) return 'choice'
  if (variantsOf(schema).length > 1) return 'variants'
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  if (type === 'boolean') return 'boolean'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'array') return 'list'
  if (type === 'object') return 'object'
  return schema.writeOnly === true ? 'secret' : 'text'
}

/** The variant that a value has: the one whose constants it carries, else the one whose required fields it has, else the first. */
export function variantFor(variants: readonly FormSchema[], value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    const byType = variants.findIndex(({ type }) => type === (typeof value === 'number' ? 'number' : typeof value))
    return Math.max(0, byType)
  }
  const entries: Record<string, unknown> = { ...value }
  const byConstant = variants.findIndex((variant) => {
    const constants = Object.entries(variant.properties ?? {}).filter(([, property]) => property.const !== undefined)
    return constants.length > 0 && constants.every(([name, property]) => entries[name] === property.const)
  })
  if (byConstant >= 0) return byConstant
  return Math.max(
    0,
    variants.findIndex((variant) => (variant.required ?? []).every((name) => name in entries)),
  )
}

/** A value to begin with. */
export function blankOf(schema: FormSchema): unknown {
  if (schema.default !== undefined) return structuredClone(schema.default)
  if (schema.const !== undefined) return schema.const
  if (schema['x-form']?.start !== undefined) return structuredClone(schema['x-form'].start)
  const choices = choicesOf(schema)
  if (choices !== null) return choices[0]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') {
    const required = schema.required ?? []
    return Object.fromEntries(required.map((name) => [name, blankOf(schema.properties?.[name] ?? {})]))
  }
  if (type === 'array') return []
  if (type === 'boolean') return false
  if (type === 'number' || type === 'integer') return schema.minimum ?? 0
  const first = variantsOf(schema)[0]
  return first === undefined ? '' : blankOf(first)
}

/** Label, help and placeholder of a field; a field without label shows its name. */
export function textOf(
  schema: FormSchema,
  name: string,
  language: Language,
): { title: string; help: string | null; placeholder: string } {
  const text = schema['x-text']
  return {
    title: text?.title[language] ?? name,
    help: text?.help?.[language] ?? null,
    placeholder: text?.placeholder?.[language] ?? '',
  }
}

/** The text of one choice. */
export function choiceText(schema: FormSchema, choice: unknown, language: Language): string {
  return schema['x-text']?.options?.[String(choice)]?.[language] ?? String(choice)
}
