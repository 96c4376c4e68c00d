import type { InfiniteData } from '@tanstack/react-query'
import type { RunPage } from '#schemas/api/runs.ts'
import type { RunItem } from '#schemas/run.ts'

/** Puts newer states of runs into the pages that hold them. The same object comes back where none of them is in it. */
export function mergeRuns<Pages extends InfiniteData<RunPage, unknown>>(data: Pages, changed: readonly RunItem[]): Pages {
  const byId = new Map(changed.map((run) => [run.id, run]))
  let touched = false
  const pages = data.pages.map((page) => {
    if (!page.items.some(({ id }) => byId.has(id))) return page
    touched = true
    return { ...page, items: page.items.map((run) => byId.get(run.id) ?? run) }
  })
  return touched ? { ...data, pages } : data
}
