import { findKorean } from '#schemas/korean-search.ts'
import type { SavedObject } from '#schemas/saved-object.ts'

/** Is it found by this text? First consonants are enough. */
export function matches({ name, description, category, tags }: SavedObject, search: string): boolean {
  return [name, description, category, ...tags].some((text) => findKorean(text, search) !== null)
}
