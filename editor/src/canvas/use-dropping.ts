import { useReactFlow } from '@xyflow/react'
import { type DragEvent, useMemo } from 'react'
import { dropType } from '#editor/model/session.ts'
import { CARD_WIDTH } from '#editor/model/placing.ts'
import { useSession } from './session-context.ts'

/** What a step dragged out of the palette carries. */
export const DRAG_FORMAT = 'application/x-alimflow-step'

/** The line under the pointer, if there is one. */
function edgeAt(event: DragEvent): string | null {
  for (const element of document.elementsFromPoint(event.clientX, event.clientY)) {
    const edge = element.closest('.react-flow__edge')
    if (edge !== null) return edge.getAttribute('data-id')
  }
  return null
}

/** Dragging from the palette: onto the canvas, or onto a line, which lights up and takes the step in. */
export function useDropping() {
  const session = useSession()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(DRAG_FORMAT)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        const hoveredEdge = edgeAt(event)
        if (session.view.getState().hoveredEdge !== hoveredEdge) session.view.getState().set({ hoveredEdge })
      },
      onDrop: (event: DragEvent) => {
        const type = session.types.get(event.dataTransfer.getData(DRAG_FORMAT))
        if (type === undefined) return
        event.preventDefault()
        const point = screenToFlowPosition({ x: event.clientX, y: event.clientY })
        dropType(session, type, { position: { x: point.x - CARD_WIDTH / 2, y: point.y - 26 }, edgeId: edgeAt(event) })
      },
    }),
    [session, screenToFlowPosition],
  )
}
