import type { Dialect } from '#runtime/sdk/index.ts'
import { isWord, nameOf, tokensOf, type Token } from './tokens.ts'

/** A `?` of the old form and the name that it got. */
export interface NamedPlaceholder {
  readonly name: string
  /** The column beside it that the name was made of; null: it stands beside none, and the name says nothing. */
  readonly column: string | null
}

export interface NamedStatement {
  readonly sql: string
  /** In their order, each name once. */
  readonly placeholders: readonly NamedPlaceholder[]
}

/** Words behind which a value stands; behind any other word a `?` is an operator. */
const BEFORE_VALUE =
  'select where and or not in like ilike between limit offset interval then else when case on having by values is distinct from escape rlike regexp div mod xor union all returning'.split(
    ' ',
  )

/**
 * Gives each `?` a name: the column that it is compared with. A column that is merely called `id` is named with its table (`company_id`), so
 * that the id of the person is never bound in silence. What is in strings, comments and quoted names, and the operators `?`, `?|` and `?&`
 * of PostgreSQL, stay as they are. `called`: another name for one that would mean something else here.
 */
export function namePlaceholders(
  sql: string,
  dialect: Dialect,
  called: (name: string) => string = (name) => name,
): NamedStatement {
  const tokens = tokensOf(sql, dialect)
  const named: NamedPlaceholder[] = []
  let text = ''
  let from = 0
  for (const [index, token] of tokens.entries()) {
    if (token.text !== '?' || token.kind !== 'sign' || isOperand(tokens[index - 1])) continue
    const found = nameAt(tokens, index)
    const name = found ? called(found.name) : freeName(named)
    if (!named.some((one) => one.name === name)) named.push({ name, column: found?.column ?? null })
    // A word right beside it would become part of the name.
    const gap = /[\p{L}\p{N}_]/u.test(sql[token.at + 1] ?? '') ? ' ' : ''
    text += `${sql.slice(from, token.at)}:${name}${gap}`
    from = token.at + 1
  }
  return { sql: text + sql.slice(from), placeholders: named }
}

function freeName(named: readonly NamedPlaceholder[]): string {
  let number = 1
  while (named.some(({ name }) => name === `value_${number}`)) number++
  return `value_${number}`
}

/** Something with a value of its own: a `?` behind it asks something of it, and stands for nothing. */
function isOperand(token: Token | undefined): boolean {
  if (!token) return false
  if (token.kind === 'word') return !BEFORE_VALUE.includes(token.text.toLowerCase())
  return token.kind !== 'sign' || token.text === ')' || token.text === ']'
}

/** Endings that tell two bounds of one column apart. */
const ENDINGS: Readonly<Record<string, string>> = { '>': '_from', '>=': '_from', '<': '_to', '<=': '_to' }

function nameAt(tokens: readonly Token[], index: number): { name: string; column: string } | null {
  const before = tokens[index - 1]
  if (!before) return null
  if (isWord(before, 'between')) return named(tokens, index - 2, '_from')
  if (isWord(before, 'and')) {
    const between = tokens.slice(0, index).findLastIndex(({ kind, text }) => kind === 'word' && /^(between|and)$/i.test(text))
    const start = isWord(tokens[index - 3], 'between') && between === index - 1 ? index - 3 : -1
    return start < 0 ? null : named(tokens, start - 1, '_to')
  }
  if (isWord(before, 'like', 'ilike')) return named(tokens, isWord(tokens[index - 2], 'not') ? index - 3 : index - 2, '')
  const list = listStart(tokens, index)
  if (list !== null) return named(tokens, list, '')
  const ending = ENDINGS[before.text] ?? ''
  if (ending !== '' || ['=', '<=>', '<>', '!='].includes(before.text)) return named(tokens, index - 2, ending)
  return mirrored(tokens, index)
}

/** The place before `in (?, ?` where its column ends; null: the `?` is in no such list. */
function listStart(tokens: readonly Token[], index: number): number | null {
  let at = index - 1
  while (tokens[at]?.text === ',' || tokens[at]?.text === '?') at--
  if (tokens[at]?.text !== '(' || !isWord(tokens[at - 1], 'in')) return null
  return isWord(tokens[at - 2], 'not') ? at - 3 : at - 2
}

/** `? = column` */
function mirrored(tokens: readonly Token[], index: number): { name: string; column: string } | null {
  if (tokens[index + 1]?.text !== '=') return null
  const end = tokens[index + 3]?.text === '.' ? index + 4 : index + 2
  return named(tokens, end, '')
}

/** The column that ends at a place, as a name: letters, digits and `_`. */
function named(tokens: readonly Token[], end: number, ending: string): { name: string; column: string } | null {
  const column = nameOf(tokens[end])
  if (column === null || (tokens[end]?.kind === 'word' && BEFORE_VALUE.includes(column.toLowerCase()))) return null
  const qualifier = tokens[end - 1]?.text === '.' ? nameOf(tokens[end - 2]) : null
  const whole = column.toLowerCase() === 'id' ? `${tableOf(tokens, qualifier) ?? 'row'}_id` : column
  const clean = whole
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_]/gu, '_')
    .replace(/^(?=\p{N})/u, '_')
  return { name: `${clean}${ending}`, column }
}

/** What an alias stands for, or the only table there is, in the singular: `companies c` → `company`. */
function tableOf(tokens: readonly Token[], qualifier: string | null): string | null {
  const tables = tokens.flatMap((token, at) => {
    if (!isWord(token, 'from', 'join')) return []
    let end = at + 1
    while (tokens[end + 1]?.text === '.') end += 2
    const table = nameOf(tokens[end])
    const next = isWord(tokens[end + 1], 'as') ? tokens[end + 2] : tokens[end + 1]
    return table === null ? [] : [{ table, alias: nameOf(next) }]
  })
  const found = qualifier === null ? tables[0] : tables.find(({ table, alias }) => [table, alias].includes(qualifier))
  const table = found?.table ?? qualifier
  return table === null ? null : singular(table)
}

const singular = (name: string): string => (/ies$/i.test(name) ? name.replace(/ies$/i, 'y') : name.replace(/([^s])s$/i, '$1'))
