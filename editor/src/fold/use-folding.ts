import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { type Fold, foldOf } from '#editor/model/fold.ts'
import { readPlaces } from './flying.ts'

/** The draft in three plain steps; null where it is no plain line. */
export function useFold(): Fold | null {
  const { types } = useSession()
  const { nodes, edges } = useDocument((state) => state.document)
  return useMemo(() => foldOf({ nodes, edges }, types), [nodes, edges, types])
}

/** Between the canvas and the three steps: two views of the same draft, each with an address of its own. */
export function useFolding(): { readonly fold: () => void; readonly unfold: (nodeId?: string) => void } {
  const session = useSession()
  const navigate = useNavigate()
  return useMemo(() => {
    const go = (view: 'steps' | undefined) => {
      session.view.getState().closePalette()
      session.view.getState().set({ cameFrom: readPlaces() })
      void navigate({ to: '/workflows/$id', params: { id: session.workflowId }, search: view === undefined ? {} : { view } })
    }
    return {
      fold: () => go('steps'),
      unfold: (nodeId) => {
        if (nodeId !== undefined) session.document.getState().select([nodeId])
        go(undefined)
      },
    }
  }, [session, navigate])
}
