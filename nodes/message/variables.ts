import type { Column } from '#schemas/column.ts'
import type { Row } from '#runtime/sdk/index.ts'

/** Picks the variables' texts out of a row: the columns that a mapping made. */
export function variablePicker(columns: readonly Column[], wanted: readonly string[]): (row: Row) => Record<string, string> {
  const made = new Set(columns.filter(({ variable }) => variable === true).map(({ name }) => name))
  const names = wanted.filter((name) => made.has(name))
  return (row) => {
    const values: Record<string, string> = {}
    for (let at = 0; at < names.length; at++) {
      const name = names[at] as string
      const value = row[name]
      if (typeof value === 'string') values[name] = value
    }
    return values
  }
}
