import { useStoreApi } from '@xyflow/react'
import { useMemo } from 'react'
import type { NamedBox } from '#editor/model/arrange.ts'
import type { Position } from '#editor/model/change.ts'

/** What is known of the canvas only where it is drawn, in its own places. */
export interface Places {
  /** The middle of what is seen. */
  readonly middle: () => Position
  /** Steps, notes and groups by name, as they are drawn. */
  readonly boxes: (names: readonly string[]) => NamedBox[]
}

export function usePlaces(): Places {
  const store = useStoreApi()
  return useMemo(
    () => ({
      middle: () => {
        const { width, height, transform } = store.getState()
        const [x, y, zoom] = transform
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
      },
      boxes: (names) => {
        const { nodeLookup } = store.getState()
        return names.flatMap((name) => {
          const node = nodeLookup.get(name)
          if (node === undefined) return []
          const { width = 0, height = 0 } = node.measured
          return [{ name, ...node.internals.positionAbsolute, width, height }]
        })
      },
    }),
    [store],
  )
}
