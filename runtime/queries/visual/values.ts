import type { ValueType } from '#schemas/column.ts'
import type { MomentType, ParameterType } from '#schemas/parameter.ts'
import { fitsType } from '#schemas/parameter-fits.ts'
import type { RelativeMoment } from '#schemas/parameter.ts'
import type { Compilation, FoundColumn } from './scope.ts'

const TYPES: Readonly<Partial<Record<ValueType, ParameterType>>> = {
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  datetime: 'datetime',
  instant: 'instant',
}

/** As what a value that is compared with the column is bound. */
export const typeFor = ({ column }: FoundColumn): ParameterType => TYPES[column.type] ?? 'text'

/** What is wrong with a value for a column; null: nothing. */
export function unfit(found: FoundColumn, value: string): boolean {
  const { values } = found.column
  if (values && found.column.type === 'text') return !values.includes(value)
  const type = typeFor(found)
  return !(isDay(value) && (type === 'datetime' || type === 'instant')) && !fitsType(type, value.trim())
}

/** Only a day was said: of a column with a time the whole day is meant. */
export const isDay = (value: string): boolean => fitsType('date', value.trim())

/** The day after. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day.trim()}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** Numbers beyond these digits are bound as text; MySQL and MariaDB would compare such a text as a rounded number. */
const EXACT_DIGITS = 15

/** Binds a value of the column's type and gives how it is written. */
export function bindValue(at: Compilation, found: FoundColumn, { value, name }: { value: string; name?: string }): string {
  const type = typeFor(found)
  // A datetime may be compared with a day: it begins at midnight.
  const full = isDay(value) && (type === 'datetime' || type === 'instant') ? `${value.trim()}T00:00:00` : value
  const hole = at.bind(name ?? found.column.name, { type, value: type === 'text' ? full : full.trim() })
  const digits = value.replaceAll(/\D/g, '').length
  if (at.dialect === 'postgres' || (type !== 'integer' && type !== 'decimal') || digits <= EXACT_DIGITS) return hole
  const fraction = value.trim().split('.')[1]?.length ?? 0
  return `cast(${hole} as decimal(65, ${Math.min(30, fraction)}))`
}

/** Binds a moment in the form of the column; null: a column of this type holds no moments. */
export function bindMoment(
  at: Compilation,
  found: FoundColumn,
  { moment, name }: { moment: RelativeMoment; name: string },
): string | null {
  const { type } = found.column
  if (type !== 'date' && type !== 'datetime' && type !== 'instant') return null
  return at.bind(name, { type: type satisfies MomentType, relative: moment })
}

const TEXTS = /^(text|tinytext|mediumtext|longtext|varchar|char|bpchar|character|citext|name|nvarchar|nchar)/i

/** A column as text: PostgreSQL looks into nothing else (uuid, enum). */
export function asText(at: Compilation, { sql, column }: FoundColumn): string {
  return at.dialect !== 'postgres' || TEXTS.test(column.sourceType) ? sql : `cast(${sql} as text)`
}
