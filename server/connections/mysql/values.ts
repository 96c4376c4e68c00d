import type { FieldPacket } from 'mysql2'
import type { Column, ValueType } from '#schemas/column.ts'
import type { ColumnOrigin, Value } from '#runtime/sdk/index.ts'
import { wallToInstant } from '../zone.ts'

/** What of a field's definition decides its column (protocol documentation, "Column Definition"). */
export type Field = Pick<FieldPacket, 'name'> & {
  readonly columnType?: number
  readonly type?: number
  readonly flags?: number | string[]
  readonly decimals?: number
  readonly characterSet?: number
  readonly columnLength?: number
  readonly schema?: string
  readonly orgTable?: string
  readonly orgName?: string
}

interface Kind {
  readonly type: ValueType
  readonly name: string
  readonly digits?: boolean
  readonly read?: (value: unknown) => Value
}

const UNSIGNED = 32
const BINARY_CHARSET = 63
const NO_FIXED_DECIMALS = 31

const text = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('utf8') : String(value))
const base64 = (value: unknown): string => (Buffer.isBuffer(value) ? value : Buffer.from(String(value))).toString('base64')
const number = (value: unknown): Value => (Number.isFinite(Number(value)) ? Number(value) : String(value))
/** FLOAT comes widened in the binary protocol (0.1 as 0.10000000149); its text has six digits (FLT_DIG). */
const float = (value: unknown): Value => (Number.isFinite(Number(value)) ? Number(Number(value).toPrecision(6)) : String(value))

function bits(value: unknown): bigint {
  if (!Buffer.isBuffer(value)) return BigInt(String(value))
  return value.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

/** Both protocols leave out or keep zeros of a fraction as they like: the column says how many digits there are. */
function withFraction(value: string, decimals: number): string {
  const [whole = '', fraction = ''] = value.split('.')
  if (decimals === 0 || decimals >= NO_FIXED_DECIMALS) return fraction === '' ? whole : value
  return `${whole}.${fraction.padEnd(decimals, '0').slice(0, decimals)}`
}

function json(value: unknown): Value {
  // The database checked it; JSON.parse gives exactly what `Value` is.
  return typeof value === 'string' ? (JSON.parse(value) as Value) : (value as Value)
}

function bitKind(length: number): Kind {
  if (length <= 1) return { type: 'boolean', name: 'BIT(1)', read: (value) => bits(value) !== 0n }
  const name = `BIT(${length})`
  return length > 53
    ? { type: 'integer', name, digits: true, read: (value) => bits(value).toString() }
    : { type: 'integer', name, read: (value) => Number(bits(value)) }
}

function temporal(name: string, type: ValueType, decimals: number): Kind {
  return {
    type,
    name: decimals > 0 && decimals < NO_FIXED_DECIMALS ? `${name}(${decimals})` : name,
    read: (value) => withFraction(text(value), decimals).replace(' ', 'T'),
  }
}

function textOrBytes(field: Field, names: { text: string; bytes: string }): Kind {
  return field.characterSet === BINARY_CHARSET
    ? { type: 'bytes', name: names.bytes, read: base64 }
    : { type: 'text', name: names.text, read: text }
}

/** Type codes of the protocol. A TINYINT of width 1 is what BOOL means there; `+ 0` in the query makes it a number. */
function kindOf(field: Field, timezone: string): Kind {
  const length = field.columnLength ?? 0
  const decimals = field.decimals ?? 0
  const unsigned = typeof field.flags === 'number' && (field.flags & UNSIGNED) !== 0 ? ' UNSIGNED' : ''
  switch (field.columnType ?? field.type) {
    case 1:
      return length === 1
        ? { type: 'boolean', name: 'TINYINT(1)', read: (value) => Number(value) !== 0 }
        : { type: 'integer', name: `TINYINT${unsigned}`, read: number }
    case 2:
      return { type: 'integer', name: `SMALLINT${unsigned}`, read: number }
    case 9:
      return { type: 'integer', name: `MEDIUMINT${unsigned}`, read: number }
    case 3:
      return { type: 'integer', name: `INT${unsigned}`, read: number }
    case 13:
      return { type: 'integer', name: 'YEAR', read: number }
    case 8:
      return { type: 'integer', name: `BIGINT${unsigned}`, digits: true, read: text }
    case 0:
    case 246:
      return { type: 'decimal', name: 'DECIMAL', digits: true, read: text }
    case 4:
      return { type: 'decimal', name: 'FLOAT', read: float }
    case 5:
      return { type: 'decimal', name: 'DOUBLE', read: number }
    case 10:
    case 14:
      return { type: 'date', name: 'DATE', read: (value) => text(value).slice(0, 10) }
    case 11:
      return temporal('TIME', 'time', decimals)
    case 12:
      return temporal('DATETIME', 'datetime', decimals)
    case 7:
      // A zero timestamp is no moment: it stays as it is stored.
      return {
        ...temporal('TIMESTAMP', 'instant', decimals),
        read: (value) => wallToInstant(withFraction(text(value), decimals), timezone),
      }
    case 16:
      return bitKind(length)
    case 245:
      return { type: 'json', name: 'JSON', read: json }
    case 255:
      return { type: 'json', name: 'GEOMETRY', read: json }
    case 249:
    case 250:
    case 251:
    case 252:
      return textOrBytes(field, { text: 'TEXT', bytes: 'BLOB' })
    case 6:
      return { type: 'text', name: 'NULL' }
    default:
      return textOrBytes(field, { text: 'VARCHAR', bytes: 'VARBINARY' })
  }
}

/** The column of a field of a result; `timezone` is the session's. */
export function columnOf(field: Field): Column {
  const { type, name, digits } = kindOf(field, 'UTC')
  return { name: field.name, type, sourceType: name, ...(digits && { digits }) }
}

/** Which column of which table of the connection's database a field is; null: it is computed, or from elsewhere. */
export function originOf({ schema, orgTable, orgName }: Field, { database }: { database: string }): ColumnOrigin | null {
  return schema === database && orgTable && orgName ? { schema: null, table: orgTable, column: orgName } : null
}

/** A reader per field: what the driver gave (texts for dates and long numbers) to value. */
export function readersOf(fields: readonly Field[], timezone: string): ((value: unknown) => Value)[] {
  return fields.map((field) => {
    const { read = text } = kindOf(field, timezone)
    return (value) => (value === null || value === undefined ? null : read(value))
  })
}

/** A value as it is bound: numbers stay numbers (LIMIT takes no text), JSON becomes its text. */
export function bindValue(value: Value): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
