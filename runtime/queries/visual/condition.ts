import type { ValueType } from '#schemas/column.ts'
import { endsOf, isShort } from '#schemas/range-ends.ts'
import { QUERY_OPERATORS, type QueryOperator } from '#schemas/condition-operators.ts'
import type { QueryCondition } from '#schemas/visual-query.ts'
import type { Place } from './place.ts'
import { calledIn, type Compilation, type FoundColumn } from './scope.ts'
import { asText, bindMoment, bindValue, isDay, nextDay, unfit } from './values.ts'

const ORDERED: ReadonlySet<ValueType> = new Set(['integer', 'decimal', 'date', 'time', 'datetime', 'instant'])
const MOMENTS: ReadonlySet<ValueType> = new Set(['date', 'datetime', 'instant'])
const ANY: ReadonlySet<QueryOperator> = new Set(['is-null', 'not-null', 'is-empty', 'not-empty'])
const EQUAL: ReadonlySet<QueryOperator> = new Set(['equals', 'not-equals', 'one-of'])
const IN_TEXT: ReadonlySet<QueryOperator> = new Set(['contains', 'not-contains', 'starts-with'])
const ORDER: Readonly<Partial<Record<QueryOperator, string>>> = { 'at-least': '>=', 'at-most': '<=', above: '>', below: '<' }

/** Can this be asked of a column of this type? */
function fits(is: QueryOperator, type: ValueType): boolean {
  if (ANY.has(is)) return true
  if (is === 'is-true' || is === 'is-false') return type === 'boolean'
  if (type === 'json' || type === 'bytes') return false
  if (EQUAL.has(is)) return type !== 'boolean'
  if (IN_TEXT.has(is)) return type === 'text'
  if (is === 'within') return MOMENTS.has(type)
  if (is === 'anniversary') return type === 'date' || type === 'datetime'
  return ORDERED.has(type)
}

/** One condition as an expression; null: it has a problem. */
export function conditionSql(at: Compilation, condition: QueryCondition, place: Place): string | null {
  const { path } = place
  const source = place.source(condition.of, `${path}/of`)
  const found = source && at.column(source, condition.column, `${path}/column`)
  if (!found) return null
  const { is } = condition
  const names = { column: calledIn(found.column) }
  const { en, ko, values } = QUERY_OPERATORS[is]
  if (!fits(is, found.column.type))
    return at.problem({ code: 'query-operator-unfit', fields: { ...names, operator: { en, ko } }, field: `${path}/is` })
  const given = values === 2 ? [condition.value ?? '', condition.to ?? ''] : values === 1 ? valuesOf(condition) : []
  if (values > 0 && (given.length === 0 || given.some((value) => value.trim() === '')))
    return at.problem({ code: 'config-missing', fields: { field: { en: 'Value', ko: '값' } }, field: `${path}/value` })
  const wrong = IN_TEXT.has(is) ? undefined : given.find((value) => unfit(found, value))
  if (wrong !== undefined)
    return at.problem({ code: 'query-value-unfit', fields: { ...names, value: wrong }, field: `${path}/value` })
  return is === 'within' ? withinSql(at, found, { condition, path }) : operatorSql(at, found, { is, given })
}

function valuesOf({ is, value = '' }: QueryCondition): string[] {
  if (is !== 'one-of') return [value]
  return value
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function withinSql(
  at: Compilation,
  found: FoundColumn,
  { condition, path }: { condition: QueryCondition; path: string },
): string | null {
  const { range } = condition
  if (range === undefined)
    return at.problem({ code: 'config-missing', fields: { field: { en: 'When', ko: '기간' } }, field: `${path}/range` })
  if (isShort(range) && found.column.type === 'date')
    return at.problem({
      code: 'query-range-unfit',
      fields: { column: calledIn(found.column) },
      field: `${path}/range`,
    })
  const { from, to } = endsOf(range)
  const { name } = found.column
  const ends = [
    from && `${found.sql} >= ${bindMoment(at, found, { moment: from, name: `${name}_from` })}`,
    to && `${found.sql} < ${bindMoment(at, found, { moment: to, name: `${name}_to` })}`,
  ]
  return inOne(ends.filter((end) => end !== undefined))
}

/** Two comparisons that belong together, safe inside an `or`. */
const inOne = (parts: readonly string[]): string => (parts.length > 1 ? `(${parts.join(' and ')})` : (parts[0] ?? ''))
const orNull = (sql: string, { sql: column, nullable }: FoundColumn): string => (nullable ? `(${sql} or ${column} is null)` : sql)

function operatorSql(
  at: Compilation,
  found: FoundColumn,
  { is, given }: { is: QueryOperator; given: readonly string[] },
): string {
  const { sql, column } = found
  const [value = '', to = ''] = given
  const isText = column.type === 'text'
  switch (is) {
    case 'equals':
      return equalSql(at, found, value)
    case 'not-equals':
      return wholeDay(found, value)
        ? orNull(`not ${equalSql(at, found, value)}`, found)
        : orNull(`${sql} <> ${bindValue(at, found, { value })}`, found)
    case 'one-of':
      return wholeDay(found, value)
        ? `(${given.map((one) => equalSql(at, found, one)).join(' or ')})`
        : `${sql} in (${given.map((one) => bindValue(at, found, { value: one })).join(', ')})`
    case 'between':
      return inOne([
        orderSql(at, found, { is: 'at-least', value, name: `${column.name}_from` }),
        orderSql(at, found, { is: 'at-most', value: to, name: `${column.name}_to` }),
      ])
    case 'contains':
      return like(at, found, `%${escaped(value)}%`)
    case 'starts-with':
      return like(at, found, `${escaped(value)}%`)
    case 'not-contains':
      return orNull(`not ${like(at, found, `%${escaped(value)}%`)}`, found)
    case 'is-empty':
      return isText ? `(${sql} is null or ${asText(at, found)} = '')` : `${sql} is null`
    case 'not-empty':
      return isText ? `${asText(at, found)} <> ''` : `${sql} is not null`
    case 'anniversary':
      return anniversary(at, found)
    case 'is-null':
    case 'not-null':
    case 'is-true':
    case 'is-false':
      return `${sql} ${{ 'is-null': 'is null', 'not-null': 'is not null', 'is-true': 'is true', 'is-false': 'is false' }[is]}`
    default:
      return orderSql(at, found, { is, value })
  }
}

/** A column with a time, and only a day to compare it with. */
const wholeDay = ({ column }: FoundColumn, value: string): boolean =>
  (column.type === 'datetime' || column.type === 'instant') && isDay(value)

function equalSql(at: Compilation, found: FoundColumn, value: string): string {
  if (!wholeDay(found, value)) return `${found.sql} = ${bindValue(at, found, { value })}`
  const { name } = found.column
  const from = bindValue(at, found, { value, name: `${name}_from` })
  const to = bindValue(at, found, { value: nextDay(value), name: `${name}_to` })
  return inOne([`${found.sql} >= ${from}`, `${found.sql} < ${to}`])
}

/** Up to a day is up to its end, after a day is from the next one. */
function orderSql(
  at: Compilation,
  found: FoundColumn,
  { is, value, name }: { is: QueryOperator; value: string; name?: string },
): string {
  const shifted = wholeDay(found, value) && (is === 'at-most' || is === 'above')
  const sign = shifted ? (is === 'at-most' ? '<' : '>=') : ORDER[is]
  return `${found.sql} ${sign} ${bindValue(at, found, { value: shifted ? nextDay(value) : value, ...(name !== undefined && { name }) })}`
}

const escaped = (value: string): string => value.replaceAll(/[!%_]/g, (sign) => `!${sign}`)

function like(at: Compilation, found: FoundColumn, pattern: string): string {
  const hole = at.bind(found.column.name, { type: 'text', value: pattern })
  return `${asText(at, found)} like ${hole} escape '!'`
}

/** Month and day as one number, between today's and, on 28 February of a year without a 29th, that of the 29th. */
function anniversary(at: Compilation, { sql, column }: FoundColumn): string {
  const relative = { from: 'day' } as const
  const from = at.bind(`${column.name}_today`, { type: 'month-day', relative })
  const to = at.bind(`${column.name}_until`, { type: 'leap-day', relative })
  return `extract(month from ${sql}) * 100 + extract(day from ${sql}) between ${from} and ${to}`
}
