import { type Node, useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import { inFlowOrder } from '#editor/model/lines.ts'
import { currentDocument } from '#editor/model/session.ts'
import { isLarge } from './large-graph.ts'
import { useSession } from './session-context.ts'

/** Room for the buttons above and the small picture below; never larger than life. */
const options = { padding: { top: '62px', bottom: '116px', left: '52px', right: '52px' }, maxZoom: 1, minZoom: 0.35 } as const

/** Milliseconds after opening in which cards still grow (their figures come a moment later than they do). */
const SETTLES = 4000

/** So many steps of a picture that is too large to be read as a whole are shown first. */
const BEGINNING = 12

/**
 * Shows the whole picture (of a large one its beginning) when a workflow is opened, and again while its cards are still growing, unless somebody has begun to work on it,
 * now or before (`looked`): who draws a wire or holds a card must not see the picture jump away below their hand. Returns what React Flow
 * calls when the picture is moved.
 */
export function useFirstFit(nodes: readonly Node[], looked = false): (event: MouseEvent | TouchEvent | null) => void {
  const { fitView } = useReactFlow()
  const session = useSession()
  const store = useStoreApi()
  const measured = useNodesInitialized()
  const opened = useRef<number | null>(null)
  const moved = useRef(looked)
  useEffect(() => {
    const { domNode } = store.getState()
    const touched = () => {
      moved.current = true
    }
    domNode?.addEventListener('pointerdown', touched, { capture: true })
    return () => domNode?.removeEventListener('pointerdown', touched, { capture: true })
  }, [store])
  const large = isLarge(nodes.length)
  // A large picture is shown once: what of it is seen does not grow with its cards.
  const size = large ? 'large' : nodes.map(({ id, measured: box }) => `${id}:${box?.height ?? 0}`).join()
  useEffect(() => {
    if (!measured) return
    opened.current ??= Date.now()
    if (moved.current || Date.now() - opened.current >= SETTLES) return
    const first = large
      ? {
          nodes: inFlowOrder(currentDocument(session))
            .slice(0, BEGINNING)
            .map((id) => ({ id })),
        }
      : {}
    void fitView({ ...options, ...first })
  }, [measured, size, large, fitView, session])
  return useCallback((event: MouseEvent | TouchEvent | null) => {
    // Null: moved by us, not by a hand.
    if (event !== null) moved.current = true
  }, [])
}
