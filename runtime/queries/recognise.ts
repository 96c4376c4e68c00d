import type { Dialect } from '#runtime/sdk/index.ts'
import { aggregateItems, type AggregateItem } from './aggregates.ts'
import { splitAt, tokensOf, depthsOf, type Token } from '#schemas/sql/tokens.ts'

/** `select <aggregates> from <tables> where <conditions> and <key> = :parameter …`, cut into its parts. */
export interface KeyedAggregate {
  readonly items: readonly AggregateItem[]
  /** The select list, as it is written. */
  readonly list: string
  /** What stands behind FROM, as it is written. */
  readonly from: string
  /** The conditions without parameters, as they are written. */
  readonly conditions: readonly string[]
  /** Each parameter with the column that it must equal, as it is written. */
  readonly keys: readonly { readonly column: string; readonly parameter: string }[]
}

/** Words at the outermost level that make a query more than one line of aggregates, or its conditions more than a conjunction. */
const MORE: ReadonlySet<string> = new Set(
  'group having order limit offset fetch union intersect except minus window for lock procedure into qualify or xor'.split(' '),
)
/** Functions that say something else each time they are asked. */
const MOODY =
  /^(rand|random|uuid|uuid_short|gen_random_uuid|uuidv\d|clock_timestamp|timeofday|sysdate|row_count|found_rows|statement_timestamp)$/

const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'word' && token.text === text
const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text

const textOf = (sql: string, tokens: readonly Token[]): string => {
  const [first, last] = [tokens[0], tokens.at(-1)]
  return first && last ? sql.slice(first.at, last.end) : ''
}

/** `name`, `table.name` or `schema.table.name`. */
function isColumn(tokens: readonly Token[]): boolean {
  return (
    tokens.length % 2 === 1 &&
    tokens.every((token, i) => (i % 2 === 0 ? token.kind === 'word' || token.kind === 'name' : isSign(token, '.'))) &&
    !(tokens.length === 1 && ['true', 'false', 'null'].includes(tokens[0]?.text ?? ''))
  )
}

function keyOf(tokens: readonly Token[]): { column: readonly Token[]; parameter: string } | null {
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (last?.kind === 'parameter' && isSign(tokens.at(-2), '=') && isColumn(tokens.slice(0, -2)))
    return { column: tokens.slice(0, -2), parameter: last.text }
  if (first?.kind === 'parameter' && isSign(tokens[1], '=') && isColumn(tokens.slice(2)))
    return { column: tokens.slice(2), parameter: first.text }
  return null
}

/** The conditions that must all hold. The AND of a BETWEEN parts nothing. */
function conjunction(tokens: readonly Token[]): Token[][] {
  const found: Token[][] = []
  let between = false
  for (const part of splitAt(tokens, (token) => isWord(token, 'and'))) {
    if (between) found.at(-1)?.push(...part)
    else found.push(part)
    const depths = depthsOf(part)
    between = part.some((token, i) => depths[i] === 0 && isWord(token, 'between'))
  }
  return found
}

interface Clauses {
  readonly list: readonly Token[]
  readonly from: readonly Token[]
  readonly where: readonly Token[]
}

/** The three clauses of a statement that has no other. */
function clausesOf(tokens: readonly Token[]): Clauses | null {
  const depths = depthsOf(tokens)
  const outer = (word: string): number => tokens.findIndex((token, i) => depths[i] === 0 && isWord(token, word))
  const [from, where] = [outer('from'), outer('where')]
  // Brackets that do not match (a column that is called `end`): nothing is known of such a statement.
  if (!isWord(tokens[0], 'select') || from < 0 || where < from || depths.some((depth) => depth < 0)) return null
  const more = tokens.some(
    (token, i) =>
      (depths[i] === 0 && token.kind === 'word' && MORE.has(token.text)) ||
      (token.kind === 'word' && MOODY.test(token.text)) ||
      (token.kind === 'sign' && [';', '||', '&&', ':=', '@', '?'].includes(token.text)),
  )
  if (more) return null
  return { list: tokens.slice(1, from), from: tokens.slice(from + 1, where), where: tokens.slice(where + 1) }
}

/**
 * Takes a statement apart that can be answered for many sets by one GROUP BY; null for any other. It refuses what it does not know: a
 * statement that is refused is asked as it stands.
 */
export function keyedAggregate(sql: string, dialect: Dialect): KeyedAggregate | null {
  const all = tokensOf(sql, dialect)
  const tokens = isSign(all.at(-1), ';') ? all.slice(0, -1) : all
  // Double quotes are a string or a name, as the server is set.
  if (dialect !== 'postgres' && tokens.some(({ kind, text }) => kind === 'text' && text.startsWith('"'))) return null
  const clauses = clausesOf(tokens)
  const items = clauses && aggregateItems(clauses.list)
  if (!clauses || !items) return null
  const conditions: string[] = []
  const keys: { column: string; parameter: string }[] = []
  for (const condition of conjunction(clauses.where)) {
    const key = keyOf(condition)
    if (key) keys.push({ column: textOf(sql, key.column), parameter: key.parameter })
    else conditions.push(textOf(sql, condition))
  }
  const parameters = tokens.filter(({ kind }) => kind === 'parameter').length
  const distinct = new Set(keys.map(({ parameter }) => parameter)).size
  if (keys.length === 0 || keys.length !== parameters || distinct !== keys.length) return null
  return { items, list: textOf(sql, clauses.list), from: textOf(sql, clauses.from), conditions, keys }
}
