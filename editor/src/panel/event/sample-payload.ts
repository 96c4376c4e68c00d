/** One value of an event as the trigger's config declares it. */
export interface PayloadField {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly example?: string
  /** Where it stands in the payload, with points between the names; its own name if left out. */
  readonly path?: string
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

const STANDS_FOR: Readonly<Record<string, string>> = {
  text: 'text',
  integer: '1',
  decimal: '1.5',
  boolean: 'true',
  date: '2026-01-31',
  datetime: '2026-01-31T09:00:00',
  instant: '2026-01-31T00:00:00Z',
  json: '{}',
}

/** The columns of a trigger's config; what is half-typed is left out. */
export function fieldsOf(config: Readonly<Record<string, unknown>>): PayloadField[] {
  const { columns } = config
  return Array.isArray(columns) ? columns.filter(isField) : []
}

function isField(value: unknown): value is PayloadField {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    value.name !== '' &&
    'type' in value
  )
}

/** A payload that the trigger would take, made of the examples: what a developer copies. */
export function samplePayload(fields: readonly PayloadField[]): Record<string, Json> {
  const payload: Record<string, Json> = {}
  for (const field of fields) {
    const names = (field.path ?? field.name).split('.')
    const last = names.pop() ?? field.name
    let place = payload
    for (const name of names) {
      const inner = Object.hasOwn(place, name) ? place[name] : undefined
      const next = isObject(inner) ? inner : {}
      place[name] = next
      place = next
    }
    place[last] = valueOf(field)
  }
  return payload
}

function valueOf({ type, example }: PayloadField): Json {
  const text = example !== undefined && example.trim() !== '' ? example : (STANDS_FOR[type] ?? '')
  if (type === 'boolean') return text.trim() === 'true'
  if ((type === 'integer' || type === 'decimal') && Number.isFinite(Number(text))) return Number(text)
  if (type !== 'json') return text
  try {
    // What JSON.parse gives is Json.
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/

function typeOf(value: Json): string {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'decimal'
  if (typeof value !== 'string') return value === null ? 'text' : 'json'
  if (DATE.test(value)) return 'date'
  const time = DATETIME.exec(value)
  if (time === null) return 'text'
  return time[3] === undefined ? 'datetime' : 'instant'
}

/**
 * Columns for a payload that somebody pasted: each value of it, those of inner objects by their path. Null if the text is no JSON object.
 * Names that occur twice get the names of what they stand in before them.
 */
export function fieldsFromSample(text: string): PayloadField[] | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
  // Parsed from JSON, and an object.
  const leaves = leavesOf(parsed as { [name: string]: Json }, [])
  const names = new Map<string, number>()
  for (const { path } of leaves) names.set(path.at(-1) ?? '', (names.get(path.at(-1) ?? '') ?? 0) + 1)
  return leaves.map(({ path, value }) => {
    const last = path.at(-1) ?? ''
    const name = (names.get(last) ?? 0) > 1 ? path.join('_') : last
    const whole = path.join('.')
    const example = typeof value === 'string' ? value : JSON.stringify(value)
    return {
      name,
      type: typeOf(value),
      required: value !== null,
      ...(value === null ? {} : { example: example.slice(0, 1_000) }),
      ...(whole === name ? {} : { path: whole }),
    }
  })
}

function leavesOf(object: { [name: string]: Json }, path: readonly string[]): { path: string[]; value: Json }[] {
  return Object.entries(object).flatMap(([name, value]) => {
    // A path cannot say a name with a point in it.
    if (name === '' || name.includes('.')) return []
    return isObject(value) && Object.keys(value).length > 0
      ? leavesOf(value, [...path, name])
      : [{ path: [...path, name], value }]
  })
}

/** A command that sends the event from a terminal; quotes in it are safe for a POSIX shell. */
export function curlOf({
  url,
  headers,
  body,
}: {
  url: string
  headers: Readonly<Record<string, string>>
  body: unknown
}): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  return [
    `curl -X POST ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `-d ${quoted(JSON.stringify(body, null, 2))}`,
  ].join(' \\\n  ')
}
