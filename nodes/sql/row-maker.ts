import type { Column } from '#schemas/column.ts'
import type { Row, Value } from '#runtime/sdk/index.ts'

/** Makes rows of one shape from arrays in the order of the columns. The names were checked: none is `__proto__` or there twice. */
export function rowMaker(columns: readonly Column[]): (values: readonly Value[]) => Row {
  const names = columns.map(({ name }) => name)
  return (values) => {
    const row: Record<string, Value> = {}
    for (let i = 0; i < names.length; i++) row[names[i] ?? ''] = values[i] ?? null
    return row
  }
}
