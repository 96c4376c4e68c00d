import { type Node, useNodesInitialized, useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'

/** Room for the buttons above and the small picture below; never larger than life. */
const options = { padding: { top: '62px', bottom: '116px', left: '52px', right: '52px' }, maxZoom: 1, minZoom: 0.35 } as const

/** Milliseconds after opening in which cards still grow (their figures come a moment later than they do). */
const SETTLES = 4000

/**
 * Shows the whole picture when a workflow is opened, and again while its cards are still growing, unless somebody has begun to look
 * around. Returns what React Flow calls when the picture is moved.
 */
export function useFirstFit(nodes: readonly Node[]): (event: MouseEvent | TouchEvent | null) => void {
  const { fitView } = useReactFlow()
  const measured = useNodesInitialized()
  const opened = useRef<number | null>(null)
  const moved = useRef(false)
  const size = nodes.map(({ id, measured: box }) => `${id}:${box?.height ?? 0}`).join()
  useEffect(() => {
    if (!measured) return
    opened.current ??= Date.now()
    if (!moved.current && Date.now() - opened.current < SETTLES) void fitView(options)
  }, [measured, size, fitView])
  return useCallback((event: MouseEvent | TouchEvent | null) => {
    // Null: moved by us, not by a hand.
    if (event !== null) moved.current = true
  }, [])
}
