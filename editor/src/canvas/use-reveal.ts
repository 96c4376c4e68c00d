import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback } from 'react'

/** Moves the picture to a step, note or group by its name, if that is not wholly in sight. */
export function useReveal(): (name: string) => void {
  const store = useStoreApi()
  const { getInternalNode, getZoom, setCenter } = useReactFlow()
  return useCallback(
    (name) => {
      const node = getInternalNode(name)
      if (node === undefined) return
      const { width, height, transform } = store.getState()
      const [left, top, zoom] = transform
      const { x, y } = node.internals.positionAbsolute
      const [wide, high] = [node.measured.width ?? 0, node.measured.height ?? 0]
      const [from, to] = [
        [x * zoom + left, y * zoom + top],
        [(x + wide) * zoom + left, (y + high) * zoom + top],
      ] as const
      if (from[0] >= 0 && from[1] >= 0 && to[0] <= width && to[1] <= height) return
      void setCenter(x + wide / 2, y + high / 2, { zoom: getZoom(), duration: 200 })
    },
    [store, getInternalNode, getZoom, setCenter],
  )
}
