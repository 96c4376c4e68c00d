import type { Column, ValueType } from '#schemas/column.ts'
import type { Value } from '#runtime/sdk/index.ts'

/** Columns as the values of given rows say; all keys of all rows, in the order in which they first come. */
export function columnsOfRows(rows: readonly Readonly<Record<string, unknown>>[]): Column[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return names.map((name) => ({ name, type: typeOf(rows.map((row) => row[name])), nullable: true }))
}

const forms: readonly (readonly [ValueType, RegExp])[] = [
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['instant', /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/],
  ['datetime', /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:[\d.]+)?$/],
  ['time', /^\d{2}:\d{2}:\d{2}$/],
]

function typeOf(values: readonly unknown[]): ValueType {
  const some = values.filter((value) => value !== null && value !== undefined)
  if (some.length === 0) return 'text'
  if (some.every((value) => typeof value === 'boolean')) return 'boolean'
  if (some.every((value) => typeof value === 'number')) return some.every(Number.isInteger) ? 'integer' : 'decimal'
  if (some.every((value) => typeof value === 'string'))
    return forms.find(([, form]) => some.every((value) => form.test(value)))?.[0] ?? 'text'
  return 'json'
}

/** The values of a row in the order of the columns; what a row does not name is NULL. Given rows come from JSON, which is what values are. */
export const valuesOf = (row: Readonly<Record<string, unknown>>, columns: readonly Column[]): Value[] =>
  columns.map(({ name }) => (row[name] ?? null) as Value)
