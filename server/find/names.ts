import { findKorean } from '#schemas/korean-search.ts'
import type { FoundName } from '#schemas/api/find.ts'

/** Names that hold the text, those that begin with it first. Spaces, case and the consonants of syllables that are not typed do not matter. */
export function namesWith<Named extends { readonly id: string; readonly name: string }>(
  all: readonly Named[],
  text: string,
): FoundName[] {
  const found: FoundName[] = []
  for (const { id, name } of all) {
    const match = findKorean(name, text)
    if (match && match[1] > match[0]) found.push({ id, name, match: [...match] })
  }
  return found.toSorted((a, b) => (a.match[0] ?? 0) - (b.match[0] ?? 0))
}
