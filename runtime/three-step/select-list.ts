import type { Dialect } from '#runtime/sdk/index.ts'
import { isWord, nameOf, tokensOf, type Token } from './tokens.ts'

/** One item of a SELECT list. */
export interface SelectItem {
  /** What is asked, without its AS. */
  readonly expression: string
  /** What the column is called; null: `*`, or an expression without a name. */
  readonly name: string | null
  readonly star: boolean
  /** It makes one row of many. */
  readonly aggregate: boolean
}

/** A statement that is one plain SELECT: what it asks, and everything from FROM on. */
export interface PlainSelect {
  readonly items: readonly SelectItem[]
  readonly rest: string
  /** `rest` in one form: two statements that read the same rows have the same. */
  readonly key: string
}

const AGGREGATES = 'count sum avg min max group_concat string_agg array_agg stddev variance bool_and bool_or json_arrayagg'.split(
  ' ',
)
const KEYWORDS =
  /^(from|where|and|or|not|in|is|null|like|between|group|by|having|order|asc|desc|limit|offset|join|left|right|inner|outer|cross|on|as|exists|case|when|then|else|end|interval|true|false)$/i

/** A statement without its last semicolon. */
export const withoutEnd = (sql: string): string => sql.replace(/[\s;]+$/u, '').trim()

/** Reads a statement as one SELECT with a FROM; null: it is more than that (WITH, UNION, DISTINCT …), and stays as it is. */
export function plainSelect(sql: string, dialect: Dialect): PlainSelect | null {
  const tokens = tokensOf(sql, dialect)
  if (!isWord(tokens[0], 'select') || isWord(tokens[1], 'distinct', 'all', 'straight_join', 'sql_calc_found_rows')) return null
  const top = (word: string) => tokens.findIndex((token) => token.depth === 0 && isWord(token, word))
  if (['union', 'intersect', 'except', 'into', 'window'].some((word) => top(word) >= 0)) return null
  if (tokens.some(({ text }) => text === ';')) return null
  const from = top('from')
  const first = tokens[1]
  const end = tokens[from]
  if (from < 0 || !first || !end) return null
  const items = splitItems(tokens.slice(1, from)).map((part) => itemOf(part, sql))
  if (items.some((item) => item === null)) return null
  return { items: items.filter((item) => item !== null), rest: sql.slice(end.at), key: keyOf(tokens.slice(from)) }
}

/** The names of the columns that a statement gives, as far as its text says; null: it does not. */
export function columnNames(sql: string, dialect: Dialect): string[] | null {
  const read = plainSelect(sql.replace(/^(\s*select\s+)distinct\s/i, '$1'), dialect)
  if (!read || read.items.some(({ star, name }) => star || name === null)) return null
  return read.items.flatMap(({ name }) => name ?? [])
}

function splitItems(tokens: readonly Token[]): Token[][] {
  const items: Token[][] = [[]]
  for (const token of tokens) {
    if (token.text === ',' && token.depth === 0) items.push([])
    else items.at(-1)?.push(token)
  }
  return items
}

function itemOf(part: readonly Token[], sql: string): SelectItem | null {
  const [first] = part
  const last = part.at(-1)
  if (!first || !last) return null
  const upTo = (token: Token): string => sql.slice(first.at, token.at + token.text.length)
  const before = part.at(-2)
  const aliased = isWord(before, 'as') || (part.length > 1 && nameOf(last) !== null && endsValue(before))
  const body = aliased ? part.slice(0, isWord(before, 'as') ? -2 : -1) : part
  const end = body.at(-1)
  if (!end) return null
  const column = body.length === 1 || (body.length % 2 === 1 && body.every(({ text }, at) => at % 2 === 0 || text === '.'))
  return {
    expression: upTo(end),
    name: aliased ? nameOf(last) : column ? nameOf(end) : null,
    star: end.text === '*' && column,
    aggregate:
      body.some((token, at) => isWord(token, ...AGGREGATES) && body[at + 1]?.text === '(') &&
      !body.some((one) => isWord(one, 'over')),
  }
}

/** `sum(x) total`: a name behind something complete is its alias. */
const endsValue = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.text === ')' ||
    isWord(token, 'end') ||
    ((token.kind !== 'sign' || token.text === '?') && !(token.kind === 'word' && KEYWORDS.test(token.text))))

const keyOf = (tokens: readonly Token[]): string =>
  tokens.map(({ kind, text }) => (kind === 'word' && KEYWORDS.test(text) ? text.toLowerCase() : text)).join(' ')
