import { plainText } from '#editor/model/plain-text.ts'
import type { ValueType } from '#schemas/column.ts'

export interface Condition {
  readonly column: string
  readonly is: string
  readonly value?: string
}

interface Group {
  readonly join: 'all' | 'any'
  readonly items: readonly (Condition | Group)[]
}

export function isGroup(item: Condition | Group): item is Group {
  return 'items' in item
}

/** Any value as a group; what is not one becomes an empty group rather than an error (the server names what is wrong with it). */
export function asGroup(value: unknown): Group {
  if (typeof value !== 'object' || value === null || !('items' in value) || !Array.isArray(value.items))
    return { join: 'all', items: [] }
  const join = 'join' in value && value.join === 'any' ? 'any' : 'all'
  const items = value.items.map((item: unknown): Condition | Group => {
    if (typeof item === 'object' && item !== null && 'items' in item) return asGroup(item)
    const entry: Record<string, unknown> = typeof item === 'object' && item !== null ? { ...item } : {}
    const condition = { column: plainText(entry.column), is: plainText(entry.is) || 'equals' }
    return typeof entry.value === 'string' ? { ...condition, value: entry.value } : condition
  })
  return { join, items }
}

const WITHOUT_VALUE = new Set(['is-null', 'not-null', 'is-empty', 'not-empty', 'is-true', 'is-false'])

export function takesValue(operator: string): boolean {
  return !WITHOUT_VALUE.has(operator)
}

const ANY = ['equals', 'not-equals', 'one-of', 'is-null', 'not-null']
const ORDER = ['at-least', 'at-most', 'above', 'below']
const byType: Readonly<Partial<Record<ValueType, readonly string[]>>> = {
  text: [...ANY, 'contains', 'not-contains', 'starts-with', 'is-empty', 'not-empty'],
  boolean: ['is-true', 'is-false', 'is-null', 'not-null'],
  integer: [...ANY, ...ORDER],
  decimal: [...ANY, ...ORDER],
  date: [...ANY, ...ORDER, 'within-days'],
  time: [...ANY, ...ORDER],
  datetime: [...ANY, ...ORDER, 'within-days'],
  instant: [...ANY, ...ORDER, 'within-days'],
}

/** The operators that make sense for a column's type, in the schema's order; the one that is set stays, whatever the type. */
export function operatorsFor(type: ValueType | null, all: readonly string[], current: string): string[] {
  const fitting = type === null ? undefined : byType[type]
  return all.filter((name) => name === current || fitting === undefined || fitting.includes(name))
}
