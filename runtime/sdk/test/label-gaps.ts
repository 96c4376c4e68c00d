/**
 * The fields of a config, settings or secrets schema that a form would show without a label, and the enum values without a text: each as
 * `path: what is missing`. Every label needs Korean and English (`field()` of schemas/form.ts). A field with the widget `hidden` needs none.
 *
 * @example expect(labelGaps(nodeType.config)).toEqual([])
 */
export function labelGaps(schema: unknown, path = ''): string[] {
  if (!isObject(schema) || drawnByWidget.has(widgetOf(schema))) return []
  const gaps: string[] = []
  for (const [name, property] of Object.entries(objectAt(schema, 'properties'))) {
    const at = path === '' ? name : `${path}/${name}`
    gaps.push(...gapsOfField(property, at), ...labelGaps(property, at))
  }
  for (const property of Object.values(objectAt(schema, 'patternProperties'))) gaps.push(...labelGaps(property, `${path}/*`))
  gaps.push(...labelGaps(schema.items, `${path}/*`))
  return gaps
}

/** Widgets that draw what is inside them, with words of their own; of what is hidden nothing is drawn. */
const drawnByWidget: ReadonlySet<unknown> = new Set(['conditions', 'buttons', 'parameters', 'visual-query', 'hidden'])

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectAt = (value: Json, key: string): Json => (isObject(value[key]) ? value[key] : {})
const widgetOf = (value: Json): unknown => objectAt(value, 'x-form').widget

function gapsOfField(property: unknown, at: string): string[] {
  if (!isObject(property)) return [`${at}: no schema`]
  if (widgetOf(property) === 'hidden') return []
  const text = objectAt(property, 'x-text')
  const gaps = ['title', 'help', 'placeholder'].flatMap((part) => gapsOfText(text, { part, at, needed: part === 'title' }))
  const choices = Array.isArray(property.enum) ? property.enum : []
  for (const choice of choices) gaps.push(...gapsOfText(objectAt(text, 'options'), { part: String(choice), at, needed: true }))
  return gaps
}

function gapsOfText(texts: Json, { part, at, needed }: { part: string; at: string; needed: boolean }): string[] {
  const text = texts[part]
  if (text === undefined) return needed ? [`${at}: no ${part}`] : []
  return ['en', 'ko']
    .filter((language) => !isObject(text) || !text[language])
    .map((language) => `${at}: ${part} without ${language}`)
}
