import type { WorkflowVersion } from '#schemas/api/workflows.ts'

/** `draft`, or the number of a version. */
export type Side = 'draft' | number

/** The one that is looked at, and the one that it is compared with; null: there is nothing before the first. */
export interface Pair {
  readonly version: Side
  readonly base: number | null
}

const asSide = (text: string | undefined): Side | null => {
  if (text === 'draft') return 'draft'
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

/**
 * What an address asks for: without a word the draft against what is published, a version against the one before it. `items`: newest first;
 * a version that is not among them yet (an older page) is asked for all the same.
 */
export function chosenPair(
  search: { version?: string | undefined; base?: string | undefined },
  items: readonly Pick<WorkflowVersion, 'version'>[],
): Pair {
  const version = asSide(search.version) ?? 'draft'
  const asked = asSide(search.base)
  if (typeof asked === 'number' && asked !== version) return { version, base: asked }
  if (version === 'draft') return { version, base: items[0]?.version ?? null }
  return { version, base: version > 1 ? version - 1 : null }
}
