import { LIST_COLUMN_NAME, type ListColumnInput } from '#schemas/list.ts'
import { normalizePhone } from '#schemas/phone.ts'
import type { Dialect } from '#runtime/sdk/index.ts'
import { namePlaceholders, type NamedPlaceholder } from './placeholders.ts'
import type { Fields } from './read-fields.ts'
import { columnNames, withoutEnd } from './select-list.ts'
import type { Group } from './three-step.ts'

/** A list of people that has to be stored before its step can read it. */
export interface ListToStore {
  readonly nodeId: string
  readonly name: string
  readonly columns: readonly ListColumnInput[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** Whom a group means: a query, or a list. */
export interface Audience {
  readonly group: Group
  /** Unique among the groups of the workflow. */
  readonly name: string
  readonly sql: string | null
  readonly placeholders: readonly NamedPlaceholder[]
  readonly list: Omit<ListToStore, 'nodeId'> | null
  /** Null: the text of the query does not say. */
  readonly columns: readonly string[] | null
  /** The column of phone numbers; null: none is called so. */
  readonly address: string | null
}

/** `described`: the columns of a query as the database gave them. */
export function audienceOf(
  group: Group,
  { name, dialect, described }: { name: string; dialect: Dialect; described: readonly string[] | undefined },
): Audience {
  if (group.sql === null) {
    const list = listOf(group, name)
    const columns = list.columns.map((column) => column.name)
    return { group, name, sql: null, placeholders: [], list, columns, address: addressIn(columns) }
  }
  const { sql, placeholders } = namePlaceholders(withoutEnd(group.sql), dialect)
  const columns = described ?? columnNames(sql, dialect)
  return { group, name, sql, placeholders, list: null, columns, address: addressIn(columns ?? []) }
}

const ADDRESSES = [
  /^(contacts?|phone|mobile|cell|hp|tel|연락처|휴대폰|휴대전화|전화|전화번호|휴대폰번호|핸드폰|수신번호)$/i,
  /phone|mobile|contact|연락처|휴대폰|휴대전화|핸드폰|전화/i,
]

const addressIn = (columns: readonly string[]): string | null =>
  ADDRESSES.map((pattern) => columns.find((column) => pattern.test(column))).find((found) => found !== undefined) ?? null

function listOf({ people }: Group, name: string): Omit<ListToStore, 'nodeId'> {
  const keys = [...new Set(people.flatMap((one) => Object.keys(one)))].slice(0, 200)
  const names = new Map<string, string>()
  for (const key of keys) names.set(key, columnName(key, [...names.values()]))
  const rows = people.map((one) => keys.map((key) => cellOf(one, key)))
  const columns = keys.map((key, at) => {
    const cells = rows.flatMap((row) => row[at] ?? [])
    const kind = addressIn([key]) !== null && cells.every((cell) => normalizePhone(cell) !== null) ? 'phone' : 'text'
    return { name: names.get(key) ?? key, label: key, kind } as const
  })
  return { name, columns, rows }
}

function cellOf(one: Fields, key: string): string | null {
  const value = Object.hasOwn(one, key) ? one[key] : null
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const isColumnName = new RegExp(LIST_COLUMN_NAME)

/** A key of JSON as a column of a list may be called. */
function columnName(key: string, taken: readonly string[]): string {
  const cleaned = key
    .normalize('NFC')
    .replace(/[^A-Za-z0-9_가-힣ㄱ-ㅎㅏ-ㅣ]/g, '_')
    .slice(0, 90)
  const plain = isColumnName.test(cleaned) ? cleaned : `c_${cleaned}`
  let name = plain
  for (let number = 2; taken.includes(name); number++) name = `${plain}_${number}`
  return name
}
