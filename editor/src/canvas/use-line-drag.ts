import type { OnNodeDrag } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { currentDocument, fitsIntoLine, putIntoLine } from '#editor/model/session.ts'
import { edgesAt } from './use-dropping.ts'
import { useSession } from './session-context.ts'

/** Points of the screen at which a dragged card may lie on a line: the pointer, and the height of its ports. */
function pointsOf(event: MouseEvent | TouchEvent, nodeId: string): { x: number; y: number }[] {
  const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`)?.getBoundingClientRect()
  const port = document.querySelector(`.react-flow__node[data-id="${CSS.escape(nodeId)}"] .react-flow__handle`)
  const at = port?.getBoundingClientRect()
  const pointer = 'clientX' in event ? [{ x: event.clientX, y: event.clientY }] : []
  return box === undefined || at === undefined ? pointer : [...pointer, { x: box.x + box.width / 2, y: at.y + at.height / 2 }]
}

/** A step without lines that is dragged over a line lights it up; let go there, it goes into it. */
export function useLineDrag(): { onNodeDragStart: OnNodeDrag; onNodeDrag: OnNodeDrag; onNodeDragStop: OnNodeDrag } {
  const session = useSession()
  const before = useRef<WorkflowDocument | null>(null)
  return useMemo(
    () => ({
      onNodeDragStart: () => {
        before.current = currentDocument(session)
      },
      onNodeDrag: (event, node, dragged) => {
        const connected = currentDocument(session).edges.some(({ source, target }) => source === node.id || target === node.id)
        if (dragged.length !== 1 || node.type !== 'step' || connected) return
        const lines = pointsOf(event, node.id).flatMap(edgesAt)
        const hoveredEdge = lines.find((line) => fitsIntoLine(session, node.id, line)) ?? null
        if (session.view.getState().hoveredEdge !== hoveredEdge) session.view.getState().set({ hoveredEdge })
      },
      onNodeDragStop: (_event, node) => {
        const { hoveredEdge } = session.view.getState()
        if (hoveredEdge === null) return
        session.view.getState().set({ hoveredEdge: null })
        putIntoLine(session, { nodeId: node.id, edgeId: hoveredEdge, moved: currentDocument(session) !== before.current })
      },
    }),
    [session],
  )
}
