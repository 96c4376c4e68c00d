import { diffWordsWithSpace } from 'diff'

/** A piece of a text that was compared with another. */
export interface DiffPiece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Words by the rules of Unicode: Korean has endings where other languages have spaces. */
const words = new Intl.Segmenter('ko', { granularity: 'word' })
/** Longer texts are not compared word by word: the time for it grows with their product. */
const MOST = 20_000
/** So many words apart, two texts are two texts. */
const MOST_EDITS = 2_000

/** What was taken out of a text and what was put in, in the order of reading. */
export function textDiff(before: string, after: string): DiffPiece[] {
  const pieces =
    before.length + after.length > MOST
      ? undefined
      : diffWordsWithSpace(before, after, { intlSegmenter: words, maxEditLength: MOST_EDITS })
  if (!pieces) return [piece('removed', before), piece('added', after)].filter(({ text }) => text !== '')
  return pieces.map(({ added, removed, value }) => piece(added ? 'added' : removed ? 'removed' : 'same', value))
}

const piece = (kind: DiffPiece['kind'], text: string): DiffPiece => ({ kind, text })
