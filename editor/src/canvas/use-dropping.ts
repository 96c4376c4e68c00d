import { useReactFlow } from '@xyflow/react'
import { type DragEvent, useMemo } from 'react'
import { dragsFile } from '#editor/imports/use-file-import.tsx'
import type { Position } from '#editor/model/change.ts'
import { dropType } from '#editor/model/session.ts'
import { CARD_WIDTH } from '#editor/model/placing.ts'
import { useSession } from './session-context.ts'

/** What a step dragged out of the palette carries. */
export const DRAG_FORMAT = 'application/x-alimflow-step'

/** The lines under a point of the screen, the topmost first. */
export function edgesAt({ x, y }: { readonly x: number; readonly y: number }): string[] {
  return document
    .elementsFromPoint(x, y)
    .flatMap((element) => element.closest('.react-flow__edge')?.getAttribute('data-id') ?? [])
}

const edgeAt = ({ clientX: x, clientY: y }: DragEvent): string | null => edgesAt({ x, y })[0] ?? null

/** Dragging from the palette: onto the canvas, or onto a line, which lights up and takes the step in; and files from outside. */
export function useDropping(onFile: (file: File, at: Position) => void) {
  const session = useSession()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent) => {
        if (dragsFile(event)) event.preventDefault()
        if (!event.dataTransfer.types.includes(DRAG_FORMAT)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        const hoveredEdge = edgeAt(event)
        if (session.view.getState().hoveredEdge !== hoveredEdge) session.view.getState().set({ hoveredEdge })
      },
      onDrop: (event: DragEvent) => {
        const [file] = event.dataTransfer.files
        if (file !== undefined) {
          event.preventDefault()
          onFile(file, screenToFlowPosition({ x: event.clientX, y: event.clientY }))
          return
        }
        const type = session.types.get(event.dataTransfer.getData(DRAG_FORMAT))
        if (type === undefined) return
        event.preventDefault()
        const point = screenToFlowPosition({ x: event.clientX, y: event.clientY })
        dropType(session, type, { position: { x: point.x - CARD_WIDTH / 2, y: point.y - 26 }, edgeId: edgeAt(event) })
      },
    }),
    [session, screenToFlowPosition, onFile],
  )
}
