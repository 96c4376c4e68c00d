import type { Dialect } from '#schemas/sql/dialect.ts'
import { QUERY_WORDS } from './functions.ts'
import { skipOpaque } from '#schemas/sql/pieces.ts'
import { tableNames } from '#schemas/sql/table-names.ts'
import { depthsOf, tokensOf, type Token } from '#schemas/sql/tokens.ts'

/** Where in a statement somebody types. */
export interface Place {
  /** What may stand here. */
  readonly wants: 'table' | 'column' | 'parameter' | 'keyword' | 'anything'
  /** The name before the point in `c.na`, lower case; null: there is none. */
  readonly qualifier: string | null
  /** What is typed of the word so far, and where it begins. */
  readonly typed: string
  readonly from: number
  /** The tables of the statement by the names that it gives them, lower case. */
  readonly tables: ReadonlyMap<string, string>
}

const TYPED = /[\p{L}\p{N}_$]*$/u
const QUALIFIER = /([\p{L}_][\p{L}\p{N}_$]*|"[^"]+"|`[^`]+`)\s*\.\s*$/u
const CLAUSES: Readonly<Record<string, 'table' | 'column'>> = {
  select: 'column',
  from: 'table',
  join: 'table',
  on: 'column',
  using: 'column',
  where: 'column',
  having: 'column',
  by: 'column',
  limit: 'column',
  set: 'column',
}

/** Is what begins here and ends at the end of the text open still? A comment of one line lasts to its end. */
function isOpen(run: string): boolean {
  if (run.startsWith('/*')) return !run.endsWith('*/')
  if (/^(--|#)/.test(run)) return true
  return run.length < 2 || run.at(-1) !== run[0]
}

/** Is this place inside a string or a comment? There nothing is offered. */
function isInside(sql: string, offset: number, dialect: Dialect): boolean {
  for (let at = 0; at < offset;) {
    const end = skipOpaque(sql, at, dialect)
    const isName = sql[at] === '`' || (sql[at] === '"' && dialect === 'postgres')
    if (end > at && !isName && (offset < end || (offset === end && isOpen(sql.slice(at, end))))) return true
    at = Math.max(end, at + 1)
  }
  return false
}

/** Is a value, a table or a column complete before this place? Then a name of somebody's own or a word of the query goes on. */
function isComplete(last: Token | undefined): boolean {
  if (last === undefined) return false
  if (last.kind === 'word') return !QUERY_WORDS.has(last.text) || last.text === 'end'
  return last.kind !== 'sign' || last.text === ')'
}

/** After FROM, JOIN or a comma between tables comes a table; after other words of a query mostly a column. */
function wanted(before: readonly Token[]): Place['wants'] {
  const depths = depthsOf(before)
  const last = before.at(-1)
  if (isComplete(last)) return 'keyword'
  const here = (depths.at(-1) ?? 0) + (last?.text === '(' ? 1 : 0)
  const clause = before.findLast((token, i) => token.kind === 'word' && token.text in CLAUSES && depths[i] === here)
  const wants = clause && CLAUSES[clause.text]
  if (wants === undefined) return 'anything'
  if (wants === 'table') return last === clause || last?.text === ',' ? 'table' : 'anything'
  return 'column'
}

/** What may be typed at this place of a statement; null: nothing (a string, a comment). */
export function placeAt(sql: string, offset: number, dialect: Dialect): Place | null {
  if (isInside(sql, offset, dialect)) return null
  const typed = TYPED.exec(sql.slice(0, offset))?.[0] ?? ''
  const from = offset - typed.length
  const head = sql.slice(0, from)
  const tables = tableNames(sql, dialect)
  if (/(^|[^:]):$/.test(head)) return { wants: 'parameter', qualifier: null, typed, from, tables }
  const qualifier =
    QUALIFIER.exec(head)?.[1]
      ?.replace(/^["`]|["`]$/g, '')
      .toLowerCase() ?? null
  if (qualifier !== null) return { wants: 'column', qualifier, typed, from, tables }
  const before = tokensOf(head, dialect)
  // A name of somebody's own.
  if (before.at(-1)?.text === 'as') return null
  return { wants: wanted(before), qualifier: null, typed, from, tables }
}
