import { skipOpaque } from '#schemas/sql/pieces.ts'
import type { Dialect } from '#runtime/sdk/index.ts'

const NUMBER = /0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy

/**
 * A statement as it may be kept for days: every text and number in it is a `?`, since a phone number may be written into a condition, and
 * comments, which may say anything, are gone. Names and `:parameters` stay.
 */
export function withoutValues(sql: string, dialect: Dialect): string {
  let text = ''
  for (let at = 0; at < sql.length;) {
    const opaque = skipOpaque(sql, at, dialect)
    if (opaque > at) {
      const run = sql.slice(at, opaque)
      const isName = run.startsWith(dialect === 'postgres' ? '"' : '`')
      text += isName ? run : /^(\/\*|--|#)/.test(run) ? ' ' : '?'
      at = opaque
      continue
    }
    const piece = WORD.test(from(WORD, sql, at)) ? { text: sql.slice(at, WORD.lastIndex), end: WORD.lastIndex } : null
    const number = piece === null && NUMBER.test(from(NUMBER, sql, at)) ? NUMBER.lastIndex : null
    text += piece?.text ?? (number === null ? sql[at] : '?')
    at = piece?.end ?? number ?? at + 1
  }
  return text.replace(/\?(\s*,\s*\?)+/g, '?, …')
}

function from(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at
  return sql
}
