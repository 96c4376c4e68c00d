import type { Column, ValueType } from '#schemas/column.ts'
import { AppError, type Json, type Row, type Value } from '#runtime/sdk/index.ts'
import type { ListedColumn } from './config.ts'
import { at, isObject } from './exact-json.ts'

/** Items of the first page that columns are guessed from. */
const LOOKED_AT = 500

type Kind = ListedColumn['type']

const isDigits = (value: Json): boolean => typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)
const isDay = (value: Json): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
const WALL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

/** The columns that items seem to have, each with the kind that all of its values are. */
export function guessColumns(items: readonly Json[]): ListedColumn[] {
  const objects = items.slice(0, LOOKED_AT).filter(isObject)
  const names = [...new Set(objects.flatMap((one) => Object.keys(one)))].slice(0, 200)
  return names.map((name) => ({
    name,
    type: kindOf(objects.flatMap((one) => (Object.hasOwn(one, name) ? [one[name] ?? null] : []))),
  }))
}

function kindOf(values: readonly Json[]): Kind {
  const there = values.filter((value) => value !== null && value !== '')
  const all = (fits: (value: Json) => boolean): boolean => there.every(fits)
  if (there.length === 0) return 'text'
  if (all((value) => typeof value === 'number' && Number.isSafeInteger(value))) return 'integer'
  // Digits that are text in JSON stay text: a phone number is none.
  if (there.some((value) => typeof value === 'number') && all((value) => typeof value === 'number' || isDigits(value)))
    return 'decimal'
  if (all((value) => typeof value === 'boolean')) return 'boolean'
  if (all(isDay)) return 'date'
  if (all((value) => typeof value === 'string' && INSTANT.test(value))) return 'instant'
  if (all((value) => typeof value === 'string' && WALL.test(value))) return 'datetime'
  return all((value) => typeof value === 'object') ? 'json' : 'text'
}

/** The columns of the rows. */
export const columnsOf = (listed: readonly ListedColumn[]): Column[] =>
  listed.map(({ name, type }) => ({ name, type, nullable: true, ...(type === 'decimal' && { digits: true }) }))

/** Makes a row of an item; `number` of the item is told where a value does not fit. @throws AppError `http-value-unfit` */
export function rowOf(item: Json, { listed, number }: { listed: readonly ListedColumn[]; number: number }): Row {
  const row: Record<string, Value> = {}
  for (const { name, type, pointer } of listed) {
    const found = pointer ? at(item, pointer) : isObject(item) && Object.hasOwn(item, name) ? { value: item[name] ?? null } : null
    const value = found && 'value' in found ? found.value : null
    const read = READERS[type](value)
    if (read === undefined)
      throw new AppError('http-value-unfit', {
        item: number,
        column: name,
        type,
        found: typeof value === 'string' ? 'text' : typeof value,
      })
    row[name] = read
  }
  return row
}

type Reader = (value: Json) => Value | undefined
/** What was found to be a text. */
const textOf = (value: Json): string => (typeof value === 'string' ? value : '')
const nothing = (value: Json): boolean => value === null || value === ''
const when =
  (fits: (value: Json) => boolean, read: (value: Json) => Value): Reader =>
  (value) =>
    nothing(value) ? null : fits(value) ? read(value) : undefined

/** As each kind is carried in a row; undefined: it is none of the kind. */
const READERS: Readonly<Record<Kind, Reader>> = {
  text: (value) => (value === null || typeof value === 'string' ? value : JSON.stringify(value)),
  integer: when((value) => Number.isSafeInteger(typeof value === 'string' && isDigits(value) ? Number(value) : value), Number),
  decimal: when((value) => typeof value === 'number' || isDigits(value), String),
  boolean: when(
    (value) => typeof value === 'boolean',
    (value) => value === true,
  ),
  date: when(isDay, String),
  datetime: when(
    (value) => typeof value === 'string' && WALL.test(value),
    (value) => textOf(value).replace(' ', 'T'),
  ),
  instant: when(
    (value) => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
    (value) => new Date(textOf(value)).toISOString(),
  ),
  json: (value) => value,
} satisfies Partial<Record<ValueType, Reader>>
