import { skipOpaque } from '#schemas/sql/pieces.ts'
import type { Dialect } from '#runtime/sdk/index.ts'
import type { Named } from './uses.ts'

/** word: a keyword or bare name · name: a quoted one · text: a string · sign: one other character */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'sign'
  readonly text: string
  /** White space or a comment stands before it. */
  readonly spaced: boolean
}

// Everything beyond ASCII is part of a name, for both servers.
const WORD = /[\w$\u0080-\u{10ffff}]+/uy

/**
 * The words of a number that is glued to what follows it: a server reads `1e1into` as `1e1 into`. Each way of reading is one word more,
 * since it is only looked at for what may not be there.
 */
const glued = (word: string, numbers: readonly RegExp[]): string[] =>
  numbers.map((number) => word.replace(number, '')).filter((rest) => rest !== '' && rest !== word)

const BEGINS_AS_NUMBER = [/^\d+/, /^\d+e\d*/i]
/** `1.e1into`: the point belongs to the number, and so does the `e`. */
const GOES_ON_AS_NUMBER = [/^e\d*/i]

function quoted(text: string, dialect: Dialect): Omit<Token, 'spaced'> {
  const quote = text[0] ?? ''
  const isName = dialect === 'postgres' ? quote === '"' : quote === '`'
  return isName ? { kind: 'name', text: text.slice(1, -1).replaceAll(quote + quote, quote) } : { kind: 'text', text }
}

/** A number and its point are the last of what was read. */
function endsInPoint(found: readonly Token[]): boolean {
  const [number, point] = found.slice(-2)
  return number?.kind === 'word' && /^\d/.test(number.text) && point?.kind === 'sign' && point.text === '.' && !point.spaced
}

/**
 * Cuts a statement into tokens as the server does; comments are left out. It reads quotes as a session of ours has them set.
 * @param onComment gets each comment
 */
export function tokensOf(sql: string, dialect: Dialect, onComment: (comment: string) => void = () => undefined): Token[] {
  const found: Token[] = []
  let spaced = false
  const add = (token: Omit<Token, 'spaced'>): void => {
    found.push({ ...token, spaced })
    spaced = false
  }
  for (let at = 0; at < sql.length;) {
    const end = skipOpaque(sql, at, dialect)
    if (end > at) {
      const text = sql.slice(at, end)
      if (/^(\/\*|--|#)/.test(text)) {
        onComment(text)
        spaced = true
      } else add(quoted(text, dialect))
      at = end
      continue
    }
    WORD.lastIndex = at
    const word = WORD.exec(sql)?.[0]
    if (word !== undefined) {
      const ways = /^\d/.test(word) ? BEGINS_AS_NUMBER : endsInPoint(found) && !spaced ? GOES_ON_AS_NUMBER : []
      for (const reading of [word, ...glued(word, ways)]) add({ kind: 'word', text: reading })
      at += word.length
      continue
    }
    const sign = sql[at] ?? ''
    if (sign.trim() === '') spaced = true
    else add({ kind: 'sign', text: sign })
    at++
  }
  return found
}

const isNamed = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'name'
export const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text
/** A word in capitals; '' for everything else, quoted names too. */
export const wordOf = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toUpperCase() : '')

/** The name that ends at `at`, with what stands before its dot. */
function namedAt(tokens: readonly Token[], at: number): Named {
  const before = isSign(tokens[at - 1], '.') ? tokens[at - 2] : undefined
  return { schema: isNamed(before) ? before.text : null, name: tokens[at]?.text ?? '' }
}

// MySQL: bare and with the bracket right behind them these are the server's own; otherwise they can be somebody else's.
const OWN =
  /^(ADDDATE|BIT_AND|BIT_OR|BIT_XOR|CAST|COUNT|CURDATE|CURTIME|DATE_ADD|DATE_SUB|EXTRACT|GROUP_CONCAT|MAX|MID|MIN|NOW|POSITION|SESSION_USER|STD|STDDEV|STDDEV_POP|STDDEV_SAMP|SUBDATE|SUBSTR|SUBSTRING|SUM|SYSDATE|SYSTEM_USER|TRIM|VARIANCE|VAR_POP|VAR_SAMP)$/

/** Everything that is followed by an opening bracket; keywords such as IN are among it. */
export function calledIn(tokens: readonly Token[], dialect: Dialect): Named[] {
  return tokens.flatMap((token, at) => {
    const bracket = tokens[at + 1]
    if (!isNamed(token) || !isSign(bracket, '(')) return []
    const named = namedAt(tokens, at)
    const own = dialect !== 'postgres' && OWN.test(wordOf(token)) && !bracket?.spaced && named.schema === null
    return own ? [] : [named]
  })
}

const BEFORE_A_TABLE = /^(FROM|JOIN|STRAIGHT_JOIN|TABLE|OJ|ONLY|LATERAL)$/

/** Everything that stands where a table may. */
export function relationsIn(tokens: readonly Token[]): Named[] {
  return tokens.flatMap((token, at) => {
    if (!isNamed(token) || isSign(tokens[at + 1], '(') || isSign(tokens[at + 1], '.')) return []
    const before = tokens[at - 1]
    const stands = BEFORE_A_TABLE.test(wordOf(before)) || [',', '(', '.'].some((sign) => isSign(before, sign))
    return stands ? [namedAt(tokens, at)] : []
  })
}
