import type { Dialect } from './dialect.ts'
import { cutStatement, skipOpaque } from './pieces.ts'

/** A word of a statement, with where it stands. Comments and white space are left out. */
export interface Token {
  /** `name`: a quoted name · `text`: a string · `sign`: one character of punctuation, or `::`, `||`, `&&`, `:=`. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'parameter'
  /** Words in lower case; of a parameter its name; all others as they are written. */
  readonly text: string
  readonly at: number
  readonly end: number
}

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy
const NUMBER = /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+/y
const LONG_SIGNS = ['::', '||', '&&', ':=']

const isComment = (sql: string, at: number): boolean =>
  sql.startsWith('/*', at) || sql.startsWith('--', at) || sql.startsWith('#', at)

function match(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(sql)?.[0] ?? null
}

function opaque(sql: string, at: number, { end, dialect }: { end: number; dialect: Dialect }): Token {
  const quoted = sql[at] === '`' || (sql[at] === '"' && dialect === 'postgres')
  return { kind: quoted ? 'name' : 'text', text: sql.slice(at, end), at, end }
}

function visible(sql: string, at: number): Token {
  const word = match(WORD, sql, at)
  if (word !== null) return { kind: 'word', text: word.toLowerCase(), at, end: at + word.length }
  const number = match(NUMBER, sql, at)
  if (number !== null) return { kind: 'number', text: number, at, end: at + number.length }
  const sign = LONG_SIGNS.find((one) => sql.startsWith(one, at)) ?? sql[at] ?? ''
  return { kind: 'sign', text: sign, at, end: at + sign.length }
}

/** The words of a statement in their order. */
export function tokensOf(sql: string, dialect: Dialect): Token[] {
  const parameters = new Map(
    cutStatement(sql, dialect).flatMap((piece) => ('parameter' in piece ? [[piece.at, piece.parameter] as const] : [])),
  )
  const found: Token[] = []
  for (let at = 0; at < sql.length;) {
    const end = skipOpaque(sql, at, dialect)
    const parameter = parameters.get(at)
    if (end > at) {
      if (!isComment(sql, at)) found.push(opaque(sql, at, { end, dialect }))
      at = end
    } else if (/\s/.test(sql[at] ?? '')) at++
    else if (parameter !== undefined) {
      // As it is written, which may be longer than its NFC form.
      const written = match(WORD, sql, at + 1) ?? parameter
      found.push({ kind: 'parameter', text: parameter, at, end: at + 1 + written.length })
      at += 1 + written.length
    } else {
      const token = visible(sql, at)
      found.push(token)
      at = token.end
    }
  }
  return found
}

/** How deep in brackets and CASE … END each token stands; the bracket itself belongs to the outside. */
export function depthsOf(tokens: readonly Token[]): number[] {
  let depth = 0
  return tokens.map(({ kind, text }) => {
    const closes = (kind === 'sign' && text === ')') || (kind === 'word' && text === 'end')
    const opens = (kind === 'sign' && text === '(') || (kind === 'word' && text === 'case')
    if (closes) depth--
    const here = depth
    if (opens) depth++
    return here
  })
}

/** Cuts at the tokens that stand outside of all brackets and are said to part. */
export function splitAt(tokens: readonly Token[], parts: (token: Token) => boolean): Token[][] {
  const depths = depthsOf(tokens)
  const found: Token[][] = [[]]
  for (const [i, token] of tokens.entries()) {
    if (depths[i] === 0 && parts(token)) found.push([])
    else found.at(-1)?.push(token)
  }
  return found
}
