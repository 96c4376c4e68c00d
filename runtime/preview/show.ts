import type { Column } from '#schemas/column.ts'
import type { Row } from '#runtime/sdk/index.ts'
import { maskName, maskValue } from '#runtime/values/mask.ts'

/** Longer texts are cut: a preview shows what kind of value it is, not all of it. Characters. */
const MAX_TEXT = 300

/** Columns for people; hidden ones are for the machinery. */
export function shownColumns(columns: readonly Column[]): Column[] {
  return columns.filter(({ hidden }) => !hidden)
}

/** A row as people may see it: personal columns masked, big values cut, in the order of the columns. */
export function showRow(row: Row, columns: readonly Column[], addresses: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((column) => {
      const personal = column.personal === true || addresses.has(column.name)
      return [column.name, showValue({ type: column.type, personal }, row[column.name])]
    }),
  )
}

/** One value as people may see it. */
export function showValue(column: Pick<Column, 'type' | 'personal'>, value: unknown): unknown {
  return cut(maskValue(column, value))
}

function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value
  if (typeof value !== 'object' || value === null) return value
  const text = JSON.stringify(value)
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : value
}

/** Names of columns that tell who it is: a person's before a company's. */
const NAMES = [
  /^(customer|user|member|full|recipient|contact)?[_ ]?name$|^(고객|회원|받는 ?사람)? ?(이름|성명|성함|명)$/iu,
  /name$|이름$|명$/iu,
]

/** Who a row is about, for the pager of a preview; a person's name is masked. */
export function showName(row: Row, columns: readonly Column[]): string | null {
  for (const pattern of NAMES) {
    for (const { name, personal, variable } of columns) {
      const value = row[name]
      if (variable || !pattern.test(name.normalize('NFC')) || typeof value !== 'string' || value === '') continue
      return personal ? maskName(value) : value
    }
  }
  return null
}
