import type { Dialect } from '#runtime/sdk/index.ts'
import { skipOpaque } from '#schemas/sql/pieces.ts'

/** A name as it stands in a statement: `customers`, `"고객"`, `c.phone` (its parts in order). Keywords are names here, too. */
export interface NameInStatement {
  /** Without quotes; PostgreSQL reads an unquoted part in lower case. */
  readonly parts: readonly string[]
  /** Where it begins and ends in the text, in UTF-16 units. */
  readonly at: number
  readonly end: number
  /** Where its last part begins. */
  readonly lastAt: number
}

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy

/** One part of a name at this place, or null. */
function partAt(sql: string, at: number, dialect: Dialect): { part: string; end: number } | null {
  const quote = dialect === 'postgres' ? '"' : '`'
  if (sql[at] === quote) {
    const end = skipOpaque(sql, at, dialect)
    return { part: sql.slice(at + 1, end - 1).replaceAll(quote + quote, quote), end }
  }
  WORD.lastIndex = at
  const word = WORD.exec(sql)?.[0]
  if (word === undefined) return null
  return { part: dialect === 'postgres' ? word.toLowerCase() : word, end: at + word.length }
}

function nameAt(sql: string, at: number, dialect: Dialect): NameInStatement | null {
  let found = partAt(sql, at, dialect)
  if (found === null) return null
  const parts = [found.part]
  let lastAt = at
  let { end } = found
  while (sql[end] === '.') {
    found = partAt(sql, end + 1, dialect)
    if (found === null) break
    lastAt = end + 1
    parts.push(found.part)
    ;({ end } = found)
  }
  return { parts, at, end, lastAt }
}

/** All names of a statement in their order; what is inside strings and comments, and `:parameters`, are none. */
export function namesIn(sql: string, dialect: Dialect): NameInStatement[] {
  const names: NameInStatement[] = []
  for (let at = 0; at < sql.length;) {
    const name = sql[at - 1] === ':' && sql[at - 2] !== ':' ? null : nameAt(sql, at, dialect)
    if (name !== null) {
      names.push(name)
      at = name.end
      continue
    }
    // A parameter's own word is passed over whole, or its tail would be taken for a name.
    WORD.lastIndex = at
    at = Math.max(skipOpaque(sql, at, dialect), WORD.test(sql) ? WORD.lastIndex : 0, at + 1)
  }
  return names
}

const BEFORE_A_LIST = new Set(['select', 'distinct', 'all'])
const ENDS_A_LIST = new Set(['from', 'where', 'union', 'except', 'intersect', 'into', 'limit', 'order', 'fetch', 'window'])

/**
 * Is this name a whole column of a SELECT list, without a name of its own (`select id, phone from …`)? Then its name is the one by which
 * everything behind the statement knows it.
 */
export function namesAColumn(sql: string, name: NameInStatement, dialect: Dialect): boolean {
  const next = sql.slice(skipBlank(sql, name.end, dialect))
  const word = /^[a-z]+/i.exec(next)?.[0].toLowerCase() ?? ''
  if (!(next === '' || /^[,);]/.test(next) || ENDS_A_LIST.has(word))) return false
  return startsAnItem(sql, name.at, dialect)
}

function skipBlank(sql: string, from: number, dialect: Dialect): number {
  let at = from
  while (at < sql.length) {
    if (/\s/.test(sql[at] ?? '')) at++
    else if (/^(\/\*|--|#)/.test(sql.slice(at, at + 2)) && skipOpaque(sql, at, dialect) > at) at = skipOpaque(sql, at, dialect)
    else return at
  }
  return at
}

/** Walks the code before the name: at its own depth of brackets the last word that opens a part of a query must be SELECT, and what stands right before must open an item. */
function startsAnItem(sql: string, until: number, dialect: Dialect): boolean {
  const levels: { inList: boolean; last: string }[] = [{ inList: false, last: '' }]
  for (let at = 0; at < until;) {
    const level = levels.at(-1) ?? { inList: false, last: '' }
    const name = nameAt(sql, at, dialect)
    if (name !== null) {
      const word = name.parts.length === 1 ? sql.slice(name.at, name.end).toLowerCase() : ''
      if (word === 'select') level.inList = true
      else if (ENDS_A_LIST.has(word)) level.inList = false
      level.last = word === '' ? 'name' : word
      at = name.end
      continue
    }
    const opaque = skipOpaque(sql, at, dialect)
    if (opaque > at) {
      if (!/^(\/\*|--|#)/.test(sql.slice(at, at + 2))) level.last = 'text'
      at = opaque
      continue
    }
    const sign = sql[at] ?? ''
    if (sign === '(') levels.push({ inList: false, last: '' })
    else if (sign === ')' && levels.length > 1) {
      levels.pop()
      levels.at(-1)!.last = ')'
    } else if (!/\s/.test(sign)) level.last = sign
    at++
  }
  const level = levels.at(-1)
  return level !== undefined && level.inList && (level.last === ',' || BEFORE_A_LIST.has(level.last))
}
