import type { Language } from './localized.ts'
import { friendlyName } from './friendly-name.ts'

/** Longer comments explain; they do not name. */
const LONGEST_NAME = 24

interface Named {
  readonly name: string
  readonly displayName: string | null
  readonly comment: string | null
}

/** A database's own comment where it is short enough to be a name: its first line, before any explanation. */
export function nameInComment(comment: string | null): string | null {
  const first = (comment ?? '').split(/[\n:;(（,.]|\s[-–—]\s/)[0]?.trim() ?? ''
  return first !== '' && Array.from(first).length <= LONGEST_NAME ? first : null
}

/** How a person calls a table or a column of a catalog: as somebody said, as the database's comment says, else its words. */
export function titleOf(of: Named, language: Language): string {
  return of.displayName ?? nameInComment(of.comment) ?? friendlyName({ name: of.name }, language)
}
