import { skipOpaque } from '#schemas/sql/pieces.ts'
import type { Dialect } from '#runtime/sdk/index.ts'

/** A piece of a statement that means something. Comments and white space are none. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign'
  /** As it stands in the statement; `name` with its quotes. */
  readonly text: string
  readonly at: number
  /** How many brackets it stands in. */
  readonly depth: number
}

const WORD = /^[\p{L}_][\p{L}\p{N}_$]*/u
const NUMBER = /^\d+(\.\d+)?/
const SIGN = /^(->>|->|\?\||\?&|<=>|<=|>=|<>|!=|\|\||&&|::|:=)/

/** Cuts a statement into its tokens. Whatever it is, each character that is no comment and no space is in exactly one of them. */
export function tokensOf(sql: string, dialect: Dialect): Token[] {
  const tokens: Token[] = []
  let depth = 0
  for (let at = 0; at < sql.length;) {
    const end = skipOpaque(sql, at, dialect)
    if (end > at) {
      const text = sql.slice(at, end)
      if (!/^(--|\/\*|#)/.test(text)) tokens.push({ kind: isName(text, dialect) ? 'name' : 'text', text, at, depth })
      at = end
      continue
    }
    const rest = sql.slice(at, at + 256)
    const word = WORD.exec(rest)?.[0]
    const number = word === undefined ? NUMBER.exec(rest)?.[0] : undefined
    const text = word ?? number ?? SIGN.exec(rest)?.[0] ?? rest.charAt(0)
    if (text === ')') depth--
    if (text.trim() !== '')
      tokens.push({ kind: word === undefined ? (number === undefined ? 'sign' : 'number') : 'word', text, at, depth })
    if (text === '(') depth++
    at += text.length
  }
  return tokens
}

const isName = (text: string, dialect: Dialect): boolean =>
  text.startsWith('`') || (text.startsWith('"') && dialect === 'postgres')

/** The name that a token stands for, without its quotes; null: it is none. */
export function nameOf(token: Token | undefined): string | null {
  if (token?.kind === 'word') return token.text
  if (token?.kind !== 'name') return null
  const quote = token.text.charAt(0)
  return token.text.slice(1, -1).replaceAll(quote + quote, quote)
}

/** Is it this word of SQL? */
export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toLowerCase())
