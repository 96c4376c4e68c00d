import type { Dialect } from './dialect.ts'

/** A piece of a statement: code, or a parameter `:name` in it. Strings, quoted names and comments are code that is never looked into. */
export type Piece = { readonly code: string } | { readonly parameter: string; readonly at: number }

const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u

/** End of a quoted run that starts at `from`; doubled quotes stay inside, and backslashes escape where the dialect says so. */
function endOfQuoted(sql: string, from: number, { quote, backslash }: { quote: string; backslash: boolean }): number {
  for (let i = from + 1; i < sql.length; i++) {
    if (backslash && sql[i] === '\\') i++
    else if (sql[i] === quote) {
      if (sql[i + 1] === quote) i++
      else return i + 1
    }
  }
  return sql.length
}

function endOfComment(sql: string, from: number, nested: boolean): number {
  let depth = 0
  for (let i = from; i < sql.length; i++) {
    if (sql.startsWith('/*', i) && (depth === 0 || nested)) {
      depth++
      i++
    } else if (sql.startsWith('*/', i)) {
      depth--
      i++
      if (depth === 0) return i + 1
    }
  }
  return sql.length
}

const endOfLine = (sql: string, from: number, end: RegExp): number => {
  const found = sql.slice(from).search(end)
  return found < 0 ? sql.length : from + found
}

/** Where a comment of one line ends. A carriage return ends it in PostgreSQL only. */
const LINE_END = { postgres: /[\n\r]/, other: /\n/ }
/** MySQL takes `--` for a comment only before these: no other kind of space, which is part of a name there. */
// oxlint-disable-next-line no-control-regex -- it is control characters that the server goes by
const AFTER_DASHES = /^--([\u0000-\u0020\u007f]|$)/

/** End of a run that starts at `at` and is not to be looked into, or `at` if none starts here. */
export function skipOpaque(sql: string, at: number, dialect: Dialect): number {
  const postgres = dialect === 'postgres'
  const here = sql[at]
  if (here === "'") {
    const escapes = !postgres || /(^|[^\p{L}\p{N}_])[eE]$/u.test(sql.slice(Math.max(0, at - 2), at))
    return endOfQuoted(sql, at, { quote: "'", backslash: escapes })
  }
  if (here === '"') return endOfQuoted(sql, at, { quote: '"', backslash: !postgres })
  if (here === '`' && !postgres) return endOfQuoted(sql, at, { quote: '`', backslash: false })
  if (sql.startsWith('/*', at)) return endOfComment(sql, at, postgres)
  if (sql.startsWith('--', at) && (postgres || AFTER_DASHES.test(sql.slice(at, at + 3))))
    return endOfLine(sql, at, postgres ? LINE_END.postgres : LINE_END.other)
  if (here === '#' && !postgres) return endOfLine(sql, at, LINE_END.other)
  if (here === '$' && postgres) {
    const tag = /^\$([\p{L}_][\p{L}\p{N}_]*)?\$/u.exec(sql.slice(at, at + 66))?.[0]
    if (tag !== undefined && !/[\p{L}\p{N}_$]/u.test(sql[at - 1] ?? ' ')) {
      const end = sql.indexOf(tag, at + tag.length)
      return end < 0 ? sql.length : end + tag.length
    }
  }
  return at
}

/** A `:` that starts a parameter: not `::`, `:=`, nor inside `[1:2]`, where a digit follows. */
function parameterAt(sql: string, at: number): string | null {
  if (sql[at] !== ':' || sql[at - 1] === ':' || sql[at + 1] === ':' || sql[at + 1] === '=') return null
  return NAME.exec(sql.slice(at + 1))?.[0] ?? null
}

/** Cuts a statement into code and `:name` parameters. */
export function cutStatement(sql: string, dialect: Dialect): Piece[] {
  const found: Piece[] = []
  let from = 0
  let at = 0
  while (at < sql.length) {
    const opaque = skipOpaque(sql, at, dialect)
    if (opaque > at) {
      at = opaque
      continue
    }
    const name = parameterAt(sql, at)
    if (name === null) {
      at++
      continue
    }
    found.push({ code: sql.slice(from, at) }, { parameter: name.normalize('NFC'), at })
    at += 1 + name.length
    from = at
  }
  found.push({ code: sql.slice(from) })
  return found
}

/** A statement as the driver takes it, with what each placeholder stands for. */
export interface Prepared {
  readonly text: string
  /** PostgreSQL: one name per `$n`. MySQL: one per `?`, so a name can be there several times. */
  readonly order: readonly string[]
  /** Names, each once, in order of first use. */
  readonly names: readonly string[]
}

/**
 * Replaces `:name` by the driver's placeholder. A placeholder is padded to the length of the name, so that positions in the database's
 * errors stay positions in the text that the person wrote.
 */
export function prepare(sql: string, dialect: Dialect): Prepared {
  const names: string[] = []
  const order: string[] = []
  let text = ''
  for (const piece of cutStatement(sql, dialect)) {
    if ('code' in piece) {
      text += piece.code
      continue
    }
    const { parameter } = piece
    if (!names.includes(parameter)) names.push(parameter)
    if (dialect !== 'postgres') order.push(parameter)
    const placeholder = dialect === 'postgres' ? `$${names.indexOf(parameter) + 1}` : '?'
    text += placeholder.padEnd(parameter.length + 1, ' ')
  }
  return { text, order: dialect === 'postgres' ? names : order, names }
}
