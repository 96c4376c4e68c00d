import type { Column } from '#schemas/column.ts'
import { dayOf } from '#schemas/time-zone.ts'
import type { Row, Value } from '#runtime/sdk/index.ts'
import { compareDigits } from './compare.ts'
import { isGroup, type Condition, type Conditions } from '#schemas/conditions.ts'

type Test = (row: Row) => boolean

interface Surroundings {
  readonly columns: readonly Column[]
  readonly timezone: string
  /** Start of the run, an instant: relative dates count from it, so that every worker decides alike. */
  readonly now: string
}

const isNumeric = (column: Column | undefined): boolean => column?.type === 'integer' || column?.type === 'decimal'
const asText = (value: Value): string =>
  typeof value === 'string' ? value.normalize('NFC') : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Less than 0, 0, more than 0; null where the two cannot be compared. Dates and instants are ISO text, which sorts as time does. */
function compare(value: Value, wanted: string, numeric: boolean): number | null {
  if (numeric || typeof value === 'number') return compareDigits(asText(value), wanted)
  const text = asText(value)
  const other = wanted.normalize('NFC')
  // A day asked of a datetime means the whole day: compare as much as was asked.
  const own = /^\d{4}-\d{2}-\d{2}$/.test(other) && /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? text.slice(0, 10) : text
  return own < other ? -1 : own > other ? 1 : 0
}

/** From the start of the day `days` days before today up to now, in the workflow's zone. */
function withinDays(
  value: Value,
  days: number,
  { timezone, now, type }: { timezone: string; now: string; type: string },
): boolean {
  if (typeof value !== 'string' || !Number.isFinite(days)) return false
  const today = dayOf(Date.parse(now), timezone)
  const day = type === 'instant' ? dayOf(Date.parse(value), timezone) : value.slice(0, 10)
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
  return day >= from && day <= today
}

function compileOrder(condition: Condition, column: Column | undefined): Test | null {
  const wanted = condition.value ?? ''
  const numeric = isNumeric(column)
  const by = (decide: (order: number) => boolean): Test => {
    return (row) => {
      const value = row[condition.column]
      if (value === null || value === undefined) return false
      const order = compare(value, wanted, numeric)
      return order !== null && decide(order)
    }
  }
  const tests: Partial<Record<Condition['is'], Test>> = {
    equals: by((order) => order === 0),
    'not-equals': (row) => !by((order) => order === 0)(row),
    'at-least': by((order) => order >= 0),
    'at-most': by((order) => order <= 0),
    above: by((order) => order > 0),
    below: by((order) => order < 0),
  }
  return tests[condition.is] ?? null
}

function compileCondition(condition: Condition, surroundings: Surroundings): Test {
  const column = surroundings.columns.find(({ name }) => name === condition.column)
  const ordered = compileOrder(condition, column)
  if (ordered) return ordered
  const wanted = (condition.value ?? '').normalize('NFC')
  const list = new Set(
    wanted
      .split(/[,\n]/)
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  const value = (row: Row): Value => row[condition.column] ?? null
  const text = (row: Row): string => (value(row) === null ? '' : asText(value(row)))
  const truth = (row: Row): boolean => value(row) === true || value(row) === 1 || value(row) === '1' || value(row) === 'true'
  const tests: Partial<Record<Condition['is'], Test>> = {
    contains: (row) => value(row) !== null && text(row).includes(wanted),
    'not-contains': (row) => !text(row).includes(wanted),
    'starts-with': (row) => value(row) !== null && text(row).startsWith(wanted),
    'one-of': (row) => value(row) !== null && list.has(text(row)),
    'within-days': (row) => withinDays(value(row), Number(wanted), { ...surroundings, type: column?.type ?? 'text' }),
    'is-null': (row) => value(row) === null,
    'not-null': (row) => value(row) !== null,
    'is-empty': (row) => text(row) === '',
    'not-empty': (row) => text(row) !== '',
    'is-true': truth,
    'is-false': (row) => value(row) !== null && !truth(row),
  }
  const test = tests[condition.is]
  if (!test) throw new Error(`condition ${condition.is} has no test`)
  return test
}

/** Makes one function of a group of conditions. An empty group lets everything through. */
export function compileConditions(conditions: Conditions, surroundings: Surroundings): Test {
  const tests = conditions.items.map((item) =>
    isGroup(item) ? compileConditions(item, surroundings) : compileCondition(item, surroundings),
  )
  if (conditions.join === 'any') return (row) => tests.length === 0 || tests.some((test) => test(row))
  return (row) => tests.every((test) => test(row))
}
