import type { Column } from '#schemas/column.ts'
import { likeness } from '#schemas/likeness/likeness.ts'
import { suggestColumns, type PastMapping, type SuggestionReason } from '#schemas/likeness/suggest.ts'

/** Why a column may be what a hole wants. */
type OfferReason = SuggestionReason | 'was'

/** One click that mends a hole: a column to fill it from, or a variable that is filled already and was called otherwise. */
export type HoleOffer =
  | { readonly kind: 'column'; readonly column: string; readonly reason: OfferReason }
  | { readonly kind: 'renamed'; readonly old: string; readonly isUsed: boolean }

interface Known {
  readonly columns: readonly Column[]
  /** Values for the person shown, masked or not: their shape is what counts. */
  readonly sample: Readonly<Record<string, string>>
  /** What was mapped in other workflows. */
  readonly past?: readonly PastMapping[]
  /** Variables that are filled, and whether some text asks for them. */
  readonly filled: readonly { readonly name: string; readonly isUsed: boolean }[]
  /** The column that filled it until it was gone; null: there was none. */
  readonly was: string | null
}

const MAX = 2

/**
 * What may fill a hole, best first, each with its reason: the column that is called almost as the one that is gone, then by name, by
 * meaning, by what its values look like.
 */
export function offersFor(variable: string, { columns, sample, past, filled, was }: Known): HoleOffer[] {
  const own = columns.filter((column) => column.variable !== true)
  const renamed = closest(variable, filled)
  const offers: HoleOffer[] = renamed === null ? [] : [{ kind: 'renamed', old: renamed.name, isUsed: renamed.isUsed }]
  const offer = (column: string, reason: OfferReason) => {
    if (!offers.some((one) => one.kind === 'column' && one.column === column)) offers.push({ kind: 'column', column, reason })
  }
  const next = was === null ? undefined : suggestColumns(was, own)[0]
  if (next !== undefined) offer(next.column.name, 'was')
  for (const { column, reason } of suggestColumns(variable, own, { sample, past })) offer(column.name, reason)
  const [only, ...others] = own
  if (offers.length === 0 && only !== undefined && others.length === 0)
    return [{ kind: 'column', column: only.name, reason: 'only' }]
  return offers.slice(0, MAX)
}

/** The variable that this one was: no text asks for it any more, and a single one that is left over was most likely it. */
function closest(variable: string, filled: Known['filled']): Known['filled'][number] | null {
  const unused = filled.filter(({ isUsed }) => !isUsed)
  const best = filled
    .map((one) => ({ ...one, score: likeness(variable, one.name) }))
    .filter(({ score, isUsed }) => score >= (isUsed ? 0.45 : unused.length === 1 ? 0 : 0.3))
    .toSorted((a, b) => Number(a.isUsed) - Number(b.isUsed) || b.score - a.score)[0]
  return best === undefined ? null : { name: best.name, isUsed: best.isUsed }
}
