import { latePart } from '#editor/parts/late-part.tsx'
import { GraphSkeleton } from './graph-skeleton.tsx'

const load = async () => (await import('./whole-graph.tsx')).WholeGraph

/** The graph, loaded when it is first drawn. */
export const LateGraph = latePart(load, <GraphSkeleton />)

/** Fetches its code ahead. A failure shows itself where the graph is drawn. */
export function fetchGraph(): void {
  load().catch(() => undefined)
}

/** The same with the first sign that somebody is about to do something. Gives back what calls it off. */
export function fetchGraphSoon(): () => void {
  const controller = new AbortController()
  for (const sign of ['pointermove', 'pointerdown', 'keydown'])
    window.addEventListener(
      sign,
      () => {
        controller.abort()
        fetchGraph()
      },
      { signal: controller.signal },
    )
  return () => controller.abort()
}
