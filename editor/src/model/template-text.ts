/** A piece of a message text: plain, or a hole that a variable fills. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly text: string; readonly name: string }

const HOLE = /#\{([^{}\n]*)\}|\{\{([^{}\n]*)\}\}/g

/** Cuts a text with `#{name}` or `{{name}}` holes into pieces; joined again they are the text. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(HOLE)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) })
    pieces.push({ kind: 'variable', text: match[0], name: (match[1] ?? match[2] ?? '').trim().normalize('NFC') })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) })
  return pieces
}

/** Names of the variables of a text, each once, in the order in which they appear. */
export function variablesOf(text: string): string[] {
  const names = new Set<string>()
  for (const piece of piecesOf(text)) if (piece.kind === 'variable' && piece.name !== '') names.add(piece.name)
  return [...names]
}

/** The half-written hole that the caret stands in (`#`, `#{기`, `{{기`), with its start; null where there is none. */
export function openHole(text: string, caret: number): { start: number; typed: string; braces: boolean } | null {
  const before = text.slice(Math.max(0, caret - 60), caret)
  const offset = caret - before.length
  const match = /(#\{|\{\{)([^{}#\n]*)$|(#)([^#{}\s]{0,30})$/.exec(before)
  if (match === null) return null
  const mark = match[1] ?? match[3] ?? ''
  return { start: offset + match.index, typed: match[2] ?? match[4] ?? '', braces: mark === '{{' }
}

/** The text after a variable was put in at the caret, in place of the half-written hole there; and where the caret stands then. */
export function putVariable(text: string, caret: number, name: string): { text: string; caret: number } {
  const hole = openHole(text, caret)
  const start = hole?.start ?? caret
  const written = hole?.braces ? `{{${name}}}` : `#{${name}}`
  // A closing brace that was typed already is not doubled.
  const rest = hole === null ? text.slice(caret) : text.slice(caret).replace(hole.braces ? /^\}{1,2}/ : /^\}/, '')
  return { text: text.slice(0, start) + written + rest, caret: start + written.length }
}

/**
 * Length as SMS counts it: two bytes for what is not ASCII (EUC-KR), one for the rest. The server counts with the real table and says
 * what cannot be sent; this is for the counter while typing.
 */
export function eucKrBytes(text: string): number {
  let bytes = 0
  for (const character of text) bytes += character.charCodeAt(0) < 0x80 ? 1 : 2
  return bytes
}
