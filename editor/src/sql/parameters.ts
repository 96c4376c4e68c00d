import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import type { Dialect } from '#schemas/sql/dialect.ts'
import { tableNames } from '#schemas/sql/table-names.ts'
import { tokensOf, type Token } from '#schemas/sql/tokens.ts'

/** A hole of a statement: a `:name`, or a bare `?` as other programs write it. */
export interface Hole {
  /** Null: a `?`, which has no name yet. */
  readonly name: string | null
  /** Where it stands, in UTF-16 units. */
  readonly at: number
  readonly end: number
  /** The column that it is compared with, as it is written: `company_id`, `c.company_id`; null: with none. */
  readonly comparedWith: string | null
}

const COMPARE = new Set(['=', '<', '>', '!', 'in', 'like', 'ilike', 'between', 'and', 'not', '('])

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'name'

/** The column before `= `, `>= `, `like `, `in (` … */
function columnBefore(tokens: readonly Token[], at: number): string | null {
  let end = at - 1
  while (end >= 0 && COMPARE.has(tokens[end]?.text ?? '')) end--
  // Between the column and the hole something must compare, or both stand in one list.
  if (end === at - 1 || !isName(tokens[end])) return null
  let text = tokens[end]?.text ?? ''
  for (let i = end; tokens[i - 1]?.text === '.' && isName(tokens[i - 2]); i -= 2) text = `${tokens[i - 2]?.text}.${text}`
  return text
}

/** A `?` that stands for a value. PostgreSQL has operators that are written so between two values. */
function isPlaceholder(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  return (
    tokens[at]?.text === '?' &&
    tokens[at]?.kind === 'sign' &&
    before !== undefined &&
    (COMPARE.has(before.text) || before.text === ',')
  )
}

/** The holes of a statement in their order. */
export function holesOf(sql: string, dialect: Dialect): Hole[] {
  const tokens = tokensOf(sql, dialect)
  return tokens.flatMap(({ kind, text, at, end }, i): Hole[] => {
    if (kind !== 'parameter' && !isPlaceholder(tokens, i)) return []
    return [{ name: kind === 'parameter' ? text : null, at, end, comparedWith: columnBefore(tokens, i) }]
  })
}

/** The names of a statement's parameters, each once, in the order of first use. */
export function parametersOf(sql: string, dialect: Dialect): string[] {
  return [...new Set(holesOf(sql, dialect).flatMap(({ name }) => name ?? []))]
}

const bare = (name: string): string => name.replace(/^["`]|["`]$/g, '')

export interface BoundColumn {
  readonly table: CatalogTable
  readonly column: CatalogColumn
}

/** The column of the database that a hole is compared with; null: none, or nobody knows. */
export function boundColumn(
  sql: string,
  hole: Hole,
  { dialect, catalog }: { dialect: Dialect; catalog: Catalog | null },
): BoundColumn | null {
  const parts = (hole.comparedWith ?? '').split('.').map(bare)
  const name = parts.at(-1)?.toLowerCase() ?? ''
  const tables = tableNames(sql, dialect)
  const qualifier = parts.at(-2)?.toLowerCase()
  const wanted = qualifier === undefined ? [...tables.values()] : [tables.get(qualifier) ?? qualifier]
  for (const table of catalog?.tables ?? []) {
    if (!wanted.some((one) => one.toLowerCase() === table.name.toLowerCase())) continue
    const column = table.columns.find((one) => one.name.toLowerCase() === name)
    if (column) return { table, column }
  }
  return null
}

/** The same statement with another name in these holes. */
export function fillHoles(sql: string, holes: readonly Hole[], name: string): string {
  return holes.toReversed().reduce((text, { at, end }) => `${text.slice(0, at)}:${name}${text.slice(end)}`, sql)
}
