export interface MarkedPiece {
  readonly kind: 'text' | 'value' | 'hole' | 'link'
  readonly text: string
  /** The variable's name, of values and holes. */
  readonly name?: string
}

const HOLE_OR_LINK = /#\{([^{}\n]*)\}|\{\{([^{}\n]*)\}\}|https?:\/\/[^\s<>"']+/g

/**
 * Cuts a finished text into plain text, links, values of variables and holes that were not filled. Joined again the pieces are
 * the text. A finished text no longer says where a value came from, so values are found by what they are: the longest first, and never
 * as a part of a longer number or word ("7" is not marked in "17").
 */
export function markText(text: string, values: Readonly<Record<string, string>> = {}): MarkedPiece[] {
  const pieces: MarkedPiece[] = []
  const find = valueFinder(values)
  let end = 0
  for (const match of text.matchAll(HOLE_OR_LINK)) {
    pieces.push(...cutValues(text.slice(end, match.index), find))
    const name = match[1] ?? match[2]
    pieces.push(
      name === undefined
        ? { kind: 'link', text: match[0] }
        : { kind: 'hole', text: match[0], name: name.trim().normalize('NFC') },
    )
    end = match.index + match[0].length
  }
  pieces.push(...cutValues(text.slice(end), find))
  return pieces
}

interface ValueFinder {
  readonly pattern: RegExp
  readonly nameOf: ReadonlyMap<string, string>
}

function valueFinder(values: Readonly<Record<string, string>>): ValueFinder | null {
  const nameOf = new Map<string, string>()
  for (const [name, value] of Object.entries(values)) if (value.trim() !== '' && !nameOf.has(value)) nameOf.set(value, name)
  if (nameOf.size === 0) return null
  const longestFirst = [...nameOf.keys()].toSorted((a, b) => b.length - a.length)
  return { pattern: new RegExp(longestFirst.map(bounded).join('|'), 'gu'), nameOf }
}

/** The value as a pattern that does not match inside a longer number or Latin word. Hangul may go on: a particle follows. */
function bounded(value: string): string {
  // Only the signs of a pattern: under the flag `u` a backslash before any other sign (a hyphen, say) is an error.
  const literal = value.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  const before = /^[0-9A-Za-z]/.test(value) ? '(?<![0-9A-Za-z]|[0-9][.,])' : ''
  const after = /[0-9A-Za-z]$/.test(value) ? '(?![0-9A-Za-z]|[.,][0-9])' : ''
  return before + literal + after
}

function cutValues(text: string, find: ValueFinder | null): MarkedPiece[] {
  if (text === '') return []
  if (find === null) return [{ kind: 'text', text }]
  const pieces: MarkedPiece[] = []
  let end = 0
  for (const match of text.matchAll(find.pattern)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) })
    pieces.push({ kind: 'value', text: match[0], name: find.nameOf.get(match[0]) ?? '' })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) })
  return pieces
}
