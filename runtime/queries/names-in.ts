import { tokensOf, type Token } from '#schemas/sql/tokens.ts'
import type { Dialect } from '#runtime/sdk/index.ts'

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

const isPart = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'name'
const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text

function partOf(sql: string, { kind, at, end }: Token, dialect: Dialect): string {
  const written = sql.slice(at, end)
  if (kind === 'word') return dialect === 'postgres' ? written.toLowerCase() : written
  const quote = written.charAt(0)
  return written.slice(1, -1).replaceAll(quote + quote, quote)
}

/** All names of a statement in their order; what is inside strings and comments, and `:parameters`, are none. */
export function namesIn(sql: string, dialect: Dialect): NameInStatement[] {
  const tokens = tokensOf(sql, dialect)
  const names: NameInStatement[] = []
  for (let i = 0; i < tokens.length; i++) {
    const first = tokens[i]
    if (!isPart(first)) continue
    const parts = [partOf(sql, first, dialect)]
    let last = first
    for (let next = tokens[i + 2]; isSign(tokens[i + 1], '.') && isPart(next) && next.at === last.end + 1; next = tokens[i + 2]) {
      parts.push(partOf(sql, next, dialect))
      last = next
      i += 2
    }
    names.push({ parts, at: first.at, end: last.end, lastAt: last.at })
  }
  return names
}

const BEFORE_AN_ITEM = new Set(['select', 'distinct', 'all'])
const ENDS_A_LIST = new Set(['from', 'where', 'union', 'except', 'intersect', 'into', 'limit', 'order', 'fetch', 'window'])

const wordOf = (token: Token | undefined): string => (token?.kind === 'word' ? token.text : '')

/**
 * Is this name a whole column of a SELECT list, without a name of its own (`select id, phone from …`)? Then its name is the one by which
 * everything behind the statement knows it.
 */
export function namesAColumn(sql: string, name: NameInStatement, dialect: Dialect): boolean {
  const tokens = tokensOf(sql, dialect)
  const next = tokens.find(({ at }) => at >= name.end)
  const ends = next === undefined || [',', ')', ';'].some((sign) => isSign(next, sign)) || ENDS_A_LIST.has(wordOf(next))
  return ends && startsAnItem(tokens.filter(({ at }) => at < name.at))
}

/** At the depth of brackets where the code ends: the last word that opens a part of a query is SELECT, and what stands last opens an item. */
function startsAnItem(before: readonly Token[]): boolean {
  const levels = [false]
  for (const token of before) {
    if (isSign(token, '(')) levels.push(false)
    else if (isSign(token, ')') && levels.length > 1) levels.pop()
    else if (wordOf(token) === 'select') levels[levels.length - 1] = true
    else if (ENDS_A_LIST.has(wordOf(token))) levels[levels.length - 1] = false
  }
  const last = before.at(-1)
  return levels.at(-1) === true && (isSign(last, ',') || BEFORE_AN_ITEM.has(wordOf(last)))
}
