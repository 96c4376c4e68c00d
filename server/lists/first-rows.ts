import type { StoredList } from '#schemas/list.ts'
import { maskValue } from '#runtime/values/mask.ts'
import { openList, type ReadListDeps } from './read-list.ts'

/** As many as a person looks at to see which list it is. */
const FIRST = 20

/** The first rows of a list as people may see them: personal values masked. */
export async function firstRows(
  deps: ReadListDeps,
  { workspaceId, list }: { workspaceId: string; list: StoredList },
): Promise<(string | null)[][]> {
  const opened = await openList(deps, { workspaceId, id: list.id, version: list.version })
  for await (const batch of opened.rows())
    return batch.slice(0, FIRST).map((values) =>
      values.map((value, index) => {
        const column = opened.columns[index]
        const seen = column ? maskValue(column, value) : null
        // Values of a list are texts, numbers and yes or no.
        return seen === null ? null : String(seen as string | number | boolean)
      }),
    )
  return []
}
