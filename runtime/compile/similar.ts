import type { Column } from '#schemas/column.ts'
import { suggestColumns } from '#schemas/likeness/suggest.ts'

/** Below this a fix would be a guess into the blue: what is offered here changes the graph with one click. */
const GOOD_ENOUGH = 0.6

/** The columns that look most like `name`, best first, by their own name or their friendly one. */
export function similarColumns(name: string, columns: readonly Column[]): { column: Column; score: number }[] {
  const shown = columns.filter(({ hidden }) => !hidden)
  // Whatever the type: a column that was renamed may have been retyped with it.
  return suggestColumns(
    name,
    shown.map((column) => ({ name: column.name, label: column.label, whole: column })),
    { least: GOOD_ENOUGH },
  ).map(({ column, score }) => ({ column: column.whole, score }))
}
