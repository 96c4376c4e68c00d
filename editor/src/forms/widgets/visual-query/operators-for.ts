import { QUERY_OPERATORS, type QueryOperator } from '#schemas/condition-operators.ts'
import type { ValueType } from '#schemas/column.ts'
import { operatorsFor } from '../condition-rules.ts'

// Object.keys forgets that these are the operators' own names.
const ALL = Object.keys(QUERY_OPERATORS) as QueryOperator[]
const MOMENTS: ReadonlySet<ValueType> = new Set(['date', 'datetime', 'instant'])
const ORDERED: ReadonlySet<ValueType> = new Set(['integer', 'decimal', ...MOMENTS])

export const isOperator = (name: string): name is QueryOperator => Object.hasOwn(QUERY_OPERATORS, name)

/** What can be asked of a column: as in the filter, and what moves with the day. Dates begin with the stretch of time: it is meant most often. */
export function queryOperatorsFor(type: ValueType | null, current: string): string[] {
  const fitting = operatorsFor(type, ALL, current)
  if (type === null) return fitting
  const more: QueryOperator[] = [
    ...(MOMENTS.has(type) ? (['within'] as const) : []),
    ...(ORDERED.has(type) ? (['between'] as const) : []),
    ...(type === 'date' || type === 'datetime' ? (['anniversary'] as const) : []),
  ]
  const first = more.filter((name) => name === 'within')
  return [...first, ...new Set([...fitting, ...more].filter((name) => name !== 'within'))]
}
