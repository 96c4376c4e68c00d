import type { Column, ValueType } from '#schemas/column.ts'
import type { Value } from '#runtime/sdk/index.ts'

interface Kind {
  readonly type: ValueType
  readonly name: string
  readonly digits?: boolean
  /** From the server's text. */
  readonly read?: (text: string) => Value
}

const timestamp = (text: string): string => text.replace(' ', 'T')

/** `2026-11-23 14:05:00.123456+09` as an instant with `Z`; fractions keep their digits, `infinity` stays what it is. */
function instant(text: string): string {
  const found = /^(\d{4,}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(\.\d+)?([+-]\d{2})(?::?(\d{2}))?(?::?\d{2})?$/.exec(text)
  if (!found) return text
  const utc = new Date(`${found[1]}T${found[2]}${found[4]}:${found[5] ?? '00'}`)
  return Number.isNaN(utc.getTime()) ? text : `${utc.toISOString().slice(0, 19)}${found[3] ?? ''}Z`
}

/** Floating point numbers are numbers; NaN and the infinities have no JSON form and stay text. */
const float = (text: string): Value => (Number.isFinite(Number(text)) ? Number(text) : text)

const bytes = (text: string): string => Buffer.from(text.replace(/^\\x/, ''), 'hex').toString('base64')

// By type oid (pg_type.dat of PostgreSQL: these never change).
const KINDS: ReadonlyMap<number, Kind> = new Map([
  [16, { type: 'boolean', name: 'bool', read: (text) => text === 't' }],
  [17, { type: 'bytes', name: 'bytea', read: bytes }],
  [20, { type: 'integer', name: 'int8', digits: true }],
  [21, { type: 'integer', name: 'int2', read: Number }],
  [23, { type: 'integer', name: 'int4', read: Number }],
  [26, { type: 'integer', name: 'oid', read: Number }],
  [114, { type: 'json', name: 'json', read: (text) => parseJson(text) }],
  [3802, { type: 'json', name: 'jsonb', read: (text) => parseJson(text) }],
  [700, { type: 'decimal', name: 'float4', read: float }],
  [701, { type: 'decimal', name: 'float8', read: float }],
  [1700, { type: 'decimal', name: 'numeric', digits: true }],
  [1082, { type: 'date', name: 'date' }],
  [1083, { type: 'time', name: 'time' }],
  [1266, { type: 'time', name: 'timetz' }],
  [1114, { type: 'datetime', name: 'timestamp', read: timestamp }],
  [1184, { type: 'instant', name: 'timestamptz', read: instant }],
  [25, { type: 'text', name: 'text' }],
  [1043, { type: 'text', name: 'varchar' }],
  [1042, { type: 'text', name: 'char' }],
  [2950, { type: 'text', name: 'uuid' }],
] satisfies [number, Kind][])

function parseJson(text: string): Value {
  // The database checked it; JSON.parse gives exactly what `Value` is.
  return JSON.parse(text) as Value
}

/** The column of a field of a result. Types of users (enum, domain …) come as text. */
export function columnOf(field: { name: string; dataTypeID: number }): Column {
  const kind = KINDS.get(field.dataTypeID)
  if (!kind) return { name: field.name, type: 'text' }
  return { name: field.name, type: kind.type, sourceType: kind.name, ...(kind.digits && { digits: true }) }
}

/** A reader per field: server text (or null) to value. */
export function readersOf(fields: readonly { dataTypeID: number }[]): ((text: string | null) => Value)[] {
  return fields.map(({ dataTypeID }) => {
    const read = KINDS.get(dataTypeID)?.read
    return (text) => (text === null ? null : read ? read(text) : text)
  })
}

/** What a parameter of this type is, where it is a known one. */
export function parameterColumn(name: string, oid: number): Column | null {
  return KINDS.has(oid) ? columnOf({ name, dataTypeID: oid }) : null
}

/** A value as the text that is bound; NULL stays null. */
export function bindText(value: Value): string | null {
  if (value === null) return null
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
