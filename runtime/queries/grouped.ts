import type { Column } from '#schemas/column.ts'
import type { Dialect, Statement, StatementShape, Value } from '#runtime/sdk/index.ts'
import { arrayLiteral, castOf } from './lateral.ts'
import type { KeyedAggregate } from './recognise.ts'

/** What MySQL and MariaDB compare a key by. */
export interface MysqlKey {
  /** `integer`, `decimal`, `date`: compared by value · `text`: by its collation. */
  readonly kind: 'integer' | 'decimal' | 'date' | 'text'
  readonly collation: string | null
}

type Set = Readonly<Record<string, Value>>

const where = (conditions: readonly string[]): string => conditions.map((one) => `(${one}\n)`).join(' and ')

/** The same aggregates over nothing: what a set without rows gets. */
export function overNothing({ list, from, conditions }: KeyedAggregate): string {
  return `select ${list}\nfrom ${from}\nwhere ${where([...conditions, '1 = 0'])}`
}

/** The grouped query of the keyed one; `within` says which keys are of interest. */
const grouped = ({ keys, list, from, conditions }: KeyedAggregate, within: string): string =>
  `select ${keys.map(({ column }) => column).join(', ')}, ${list}\nfrom ${from}\nwhere ${where([...conditions, within])}\ngroup by ${keys.map((_, i) => i + 1).join(', ')}`

const namesOf = (keys: number, items: number): string[] => [
  ...Array.from({ length: keys }, (_, i) => `k${i}`),
  ...Array.from({ length: items }, (_, i) => `a${i}`),
]

/**
 * PostgreSQL: the sets come as arrays; which group is whose is for the database to say, so that keys are equal exactly where the person's
 * own `=` says so (types, collations, `char(n)`). Rows: number of the set, then the items.
 */
export function groupedPostgres(query: KeyedAggregate, shape: StatementShape, sets: readonly Set[]): Statement | null {
  const columns = query.keys.map(({ parameter }) => shape.parameters.find(({ name }) => name === parameter)?.column ?? null)
  if (columns.some((column) => castOf(column) === '')) return null
  const casts = columns.map(castOf)
  const arrays = casts.map((cast, i) => `:alimflow_p${i}::text[]${cast}[]`)
  const within =
    query.keys.length === 1
      ? `${query.keys[0]?.column} = any(${arrays[0]})`
      : `(${query.keys.map(({ column }) => column).join(', ')}) in (select * from unnest(${arrays.join(', ')}))`
  const items = query.items.map((_, i) => `g.a${i}`)
  const on = casts.map((_, i) => `g.k${i} = s.k${i}`).join(' and ')
  const sql = `select s.n, ${items.join(', ')}
from (${grouped(query, within)}) as g(${namesOf(query.keys.length, query.items.length).join(', ')})
join unnest(:alimflow_n::int[], ${arrays.join(', ')}) as s(n, ${casts.map((_, i) => `k${i}`).join(', ')}) on ${on}`
  const parameters: Record<string, Value> = { alimflow_n: arrayLiteral(sets.map((_, i) => i)) }
  for (const [i, { parameter }] of query.keys.entries())
    parameters[`alimflow_p${i}`] = arrayLiteral(sets.map((set) => set[parameter] ?? null))
  return { sql, parameters }
}

/** Asks what the keys are compared by: one row, whatever is in the tables. */
export function askMysqlKeys({ keys, from }: KeyedAggregate): string {
  return `select ${keys.map(({ column }) => `max(${column}), collation(max(${column}))`).join(', ')}\nfrom ${from}\nwhere 1 = 0`
}

const KINDS: readonly (readonly [RegExp, MysqlKey['kind']])[] = [
  [/^(TINYINT|SMALLINT|MEDIUMINT|INT|BIGINT)( UNSIGNED)?$/, 'integer'],
  [/^DECIMAL$/, 'decimal'],
  [/^DATE$/, 'date'],
  [/^(VARCHAR|TEXT)$/, 'text'],
]

/** The keys of the answer of `askMysqlKeys`; null where one is of a type whose comparisons convert. */
export function mysqlKeys(columns: readonly Column[], row: readonly Value[]): MysqlKey[] | null {
  const keys: MysqlKey[] = []
  for (let i = 0; i < columns.length; i += 2) {
    const kind = KINDS.find(([pattern]) => pattern.test(columns[i]?.sourceType ?? ''))?.[1]
    const collation = row[i + 1]
    const named = typeof collation === 'string' && /^[a-z0-9]+_\w+$/.test(collation) ? collation : null
    if (!kind || (kind === 'text' && named === null)) return null
    keys.push({ kind, collation: kind === 'text' ? named : null })
  }
  return keys
}

const charsetOf = (collation: string): string => collation.split('_')[0] ?? ''

/** Texts that stand for themselves in every character set. */
const isPlainText = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** Characters of a key: of longer ones the server may look at the first 1,024 bytes only (max_sort_length). */
const LONGEST_KEY = 255

/** A day as the databases write it, that is one. */
export const isDay = (text: string): boolean => {
  const day = /^[1-9]\d{3}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Whether comparing the key with this value converts neither of them: both are of one kind, and written as the database writes it. */
export function fits({ kind, collation }: MysqlKey, value: Value): boolean {
  if (value === null) return true
  if (typeof value !== 'string' && typeof value !== 'number') return false
  const text = String(value)
  if (kind === 'text')
    return (
      typeof value === 'string' && text.length <= LONGEST_KEY && (isPlainText(text) || charsetOf(collation ?? '') === 'utf8mb4')
    )
  if (kind === 'date') return typeof value === 'string' && isDay(text)
  if (kind === 'integer') return /^(0|-?[1-9]\d{0,14})$/.test(text)
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15
}

const SQL_TYPES = { integer: 'bigint', decimal: 'decimal(65,20)', date: 'date' } as const

/** How a value of the JSON document is compared with the key, by the key's own collation. */
function carried(key: MysqlKey, i: number): { type: string; use: string } {
  if (key.kind !== 'text') return { type: SQL_TYPES[key.kind], use: `s.k${i}` }
  const collation = key.collation ?? ''
  return { type: `varchar(${LONGEST_KEY})`, use: `convert(s.k${i} using ${charsetOf(collation)}) collate ${collation}` }
}

/** MySQL 8, MariaDB 10.6: the groups of the keys that are asked for, joined to the sets. Rows as in `groupedPostgres`. */
export function groupedMysql(query: KeyedAggregate, keys: readonly MysqlKey[], sets: readonly Set[]): Statement {
  const parameters: Record<string, Value> = {}
  const bound = (value: Value, i: number, n: number): string => {
    const name = `alimflow_${i}_${n}`
    // A number is bound as one: a text beside a number would be compared as neither.
    parameters[name] = keys[i]?.kind === 'integer' || keys[i]?.kind === 'decimal' ? Number(value) : value
    return `:${name}`
  }
  const rows = sets.map((set, n) => query.keys.map(({ parameter }, i) => bound(set[parameter] ?? null, i, n)))
  const columns = query.keys.map(({ column }) => column)
  const within =
    columns.length === 1
      ? `${columns[0]} in (${rows.map((row) => row[0]).join(', ')})`
      : `(${columns.join(', ')}) in (${rows.map((row) => `(${row.join(', ')})`).join(', ')})`
  const ways = keys.map(carried)
  const table = ways.map(({ type }, i) => `k${i} ${type} path '$.k${i}'`)
  parameters.alimflow_sets = JSON.stringify(
    sets.map((set, n) => ({ n, ...Object.fromEntries(query.keys.map(({ parameter }, i) => [`k${i}`, set[parameter] ?? null])) })),
  )
  const sql = `with g(${namesOf(keys.length, query.items.length).join(', ')}) as (${grouped(query, within)})
select s.n, ${query.items.map((_, i) => `g.a${i}`).join(', ')}
from json_table(:alimflow_sets, '$[*]' columns (n int path '$.n', ${table.join(', ')})) as s
join g on ${ways.map(({ use }, i) => `g.k${i} = ${use}`).join(' and ')}`
  return { sql, parameters }
}

/** Whether the answer of every item is the same whichever way the rows are read. */
export function sameInAnyOrder(query: KeyedAggregate, columns: readonly Column[], dialect: Dialect): boolean {
  if (columns.length !== query.items.length) return false
  return columns.every(({ type, sourceType = '' }, i) => {
    // Sums of binary fractions depend on the order of adding.
    if (/^(float|double|real)/i.test(sourceType)) return false
    // The least of texts that a collation calls equal is any of them.
    return dialect === 'postgres' || type !== 'text' || sourceType === 'NULL' || query.items[i]?.ordered === true
  })
}
