import type { Dialect } from './dialect.ts'
import { tokensOf, type Token } from './tokens.ts'

const NOT_A_NAME = new Set(
  'on using where join inner left right full cross natural group order having limit offset union except intersect set lateral straight_join force use ignore window fetch for'.split(
    ' ',
  ),
)

const isName = (token: Token | undefined): token is Token =>
  token?.kind === 'name' || (token?.kind === 'word' && !NOT_A_NAME.has(token.text))
const bare = ({ kind, text }: Token): string => (kind === 'name' ? text.slice(1, -1) : text)

/** The table behind each name that a statement gives one, by the name in lower case. */
export function tableNames(sql: string, dialect: Dialect): Map<string, string> {
  const tokens = tokensOf(sql, dialect)
  const found = new Map<string, string>()
  for (let i = 0; i < tokens.length; i++) {
    const before = tokens[i]
    const starts = (before?.kind === 'word' && (before.text === 'from' || before.text === 'join')) || before?.text === ','
    let at = i + 1
    let table = tokens[at]
    if (!starts || !isName(table)) continue
    while (tokens[at + 1]?.text === '.' && isName(tokens[at + 2])) {
      at += 2
      table = tokens[at] ?? table
    }
    const as = tokens[at + 1]?.kind === 'word' && tokens[at + 1]?.text === 'as' ? 2 : 1
    const alias = tokens[at + as]
    const name = bare(table)
    found.set((isName(alias) ? bare(alias) : name).toLowerCase(), name)
  }
  return found
}
