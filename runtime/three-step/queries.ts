import type { Dialect } from '#runtime/sdk/index.ts'
import { namePlaceholders, type NamedPlaceholder } from './placeholders.ts'
import { plainSelect, withoutEnd, type PlainSelect, type SelectItem } from './select-list.ts'

/** A variable's query, with the column that is wanted of it. */
export interface Asked {
  readonly variable: string
  readonly sql: string
  readonly selected: string | null
}

/** A query for one step, and the columns that it gives to variables. */
export interface MadeQuery {
  readonly sql: string
  readonly columns: readonly { readonly variable: string; readonly column: string | null }[]
  readonly placeholders: readonly NamedPlaceholder[]
}

interface Read {
  readonly asked: Asked
  readonly sql: string
  readonly placeholders: readonly NamedPlaceholder[]
  readonly select: PlainSelect | null
  readonly item: SelectItem | null
}

/**
 * One statement for all variables that are read from the same rows: their columns side by side, each called as its variable. What cannot be
 * joined with certainty stays a statement of its own. `taken`: names of columns that are there already.
 */
export function joinQueries(
  asked: readonly Asked[],
  { dialect, taken, called }: { dialect: Dialect; taken: readonly string[]; called?: (name: string) => string },
): MadeQuery[] {
  const names = new Set(taken)
  const reads = asked.map((one) => readQuery(one, dialect, called))
  const joined = Map.groupBy(reads, ({ select, item, sql }) =>
    select && item ? `${item.aggregate ? 'one' : 'rows'} ${select.key}` : sql,
  )
  return [...joined.values()].map((group) => queryOf(group, { dialect, names }))
}

function readQuery(asked: Asked, dialect: Dialect, called?: (name: string) => string): Read {
  const { sql, placeholders } = namePlaceholders(withoutEnd(asked.sql), dialect, called)
  const select = plainSelect(sql, dialect)
  return { asked, sql, placeholders, select, item: select && wantedItem(select, asked.selected) }
}

/** The item that a variable takes: the one that was chosen, or the only one. */
function wantedItem({ items, key }: PlainSelect, selected: string | null): SelectItem | null {
  const named = selected === null ? undefined : items.find(({ name, expression }) => name === selected || expression === selected)
  const item = named ?? (items.length === 1 ? items[0] : undefined)
  // HAVING and ORDER BY may speak of the other columns' names, which would go.
  const speaksOfOthers = items.length > 1 && / (having|order by) /.test(` ${key} `)
  // `:value_1` of one statement is another value than that of the next.
  const isOwn = item?.expression.includes(':value_') === true
  return item && !item.star && !isOwn && !speaksOfOthers && sameKind(items) ? item : null
}

const sameKind = (items: readonly SelectItem[]): boolean => items.every(({ aggregate }) => aggregate === items[0]?.aggregate)

function queryOf(group: readonly Read[], { dialect, names }: { dialect: Dialect; names: Set<string> }): MadeQuery {
  const [first] = group
  if (!first) throw new Error('a group of queries has at least one')
  const placeholders = group.flatMap((one) => one.placeholders)
  const { select } = first
  if (!select || !first.item) {
    const column = first.asked.selected ?? (select?.items.length === 1 ? (select.items[0]?.name ?? null) : null)
    return { sql: first.sql, placeholders, columns: group.map(({ asked }) => ({ variable: asked.variable, column })) }
  }
  const items = new Map<string, string>()
  const columns = group.map(({ asked, item }) => {
    const expression = item?.expression ?? ''
    const column = items.get(expression) ?? freeName(asked.variable, names)
    items.set(expression, column)
    return { variable: asked.variable, column }
  })
  const list = [...items].map(([expression, name]) => `  ${expression} as ${quoted(name, dialect)}`).join(',\n')
  return { sql: `select\n${list}\n${select.rest}`, placeholders, columns }
}

/** A name that no column has yet. */
function freeName(wanted: string, names: Set<string>): string {
  let name = wanted
  for (let number = 2; names.has(name); number++) name = `${wanted}_${number}`
  names.add(name)
  return name
}

function quoted(name: string, dialect: Dialect): string {
  // A single word may be one of SQL.
  if (/^[a-z][a-z0-9]*_[a-z0-9_]*$/.test(name)) return name
  const quote = dialect === 'postgres' ? '"' : '`'
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`
}
