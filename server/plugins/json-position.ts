import type { TextPosition } from '#schemas/problem.ts'

/** Beyond this a place that V8 does not tell is not looked for: it would cost many times the parsing. */
const LONGEST = 256 * 1024

/** Line and column, both from 1, of an index of a text. */
export function positionAt(text: string, index: number): TextPosition {
  const before = text.slice(0, index)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: index - lineStart + 1 }
}

const toldPlace = (message: string): number | null => {
  const told = /at position (\d+)/.exec(message)?.[1]
  return told === undefined ? null : Number(told)
}

/** Is there a fault within the text already, rather than only something missing at its end? */
function isFaulty(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const told = toldPlace(message)
    return told === null ? message.startsWith('Unexpected token') : told < text.length && !message.startsWith('Unterminated')
  }
}

/**
 * Where a text stops being JSON, as an index. V8 tells it for some faults only; for the others it is the end of the shortest beginning
 * that is faulty already. Null: not found, or too long to be looked for.
 * @param message what JSON.parse said
 */
export function syntaxFaultAt(text: string, message: string): number | null {
  const told = toldPlace(message)
  if (told !== null) return told
  if (text.length > LONGEST) return null
  if (!isFaulty(text)) return text.length
  let sound = 0
  let faulty = text.length
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1
    if (isFaulty(text.slice(0, middle))) faulty = middle
    else sound = middle
  }
  return faulty - 1
}
