import type { Edge, EdgeChange } from '@xyflow/react'
import { useCallback, useMemo } from 'react'
import type { WorkflowEdge } from '#schemas/workflow.ts'
import { useDocument, useSession } from './session-context.ts'

/** A line as React Flow wants it. */
export function toFlowEdge(edge: WorkflowEdge, selected: boolean): Edge {
  return {
    id: edge.id,
    type: 'wire',
    source: edge.source,
    sourceHandle: edge.sourcePort,
    target: edge.target,
    targetHandle: edge.targetPort,
    selected,
  }
}

/** A line is a value that never changes, so its two pictures (selected or not) need to be made once. */
const made = new WeakMap<WorkflowEdge, { readonly plain: Edge; readonly chosen: Edge }>()

function pictureOf(line: WorkflowEdge, selected: boolean): Edge {
  const known = made.get(line) ?? { plain: toFlowEdge(line, false), chosen: toFlowEdge(line, true) }
  made.set(line, known)
  return selected ? known.chosen : known.plain
}

/** The draft's lines as React Flow's edges; an object stays the same while its line did. */
export function useFlowEdges(): { edges: Edge[]; onEdgesChange: (changes: EdgeChange[]) => void } {
  const session = useSession()
  const lines = useDocument((state) => state.document.edges)
  const selected = useDocument((state) => state.selectedEdges)
  const edges = useMemo(() => lines.map((line) => pictureOf(line, selected.includes(line.id))), [lines, selected])
  const onEdgesChange = useCallback(
    (changes: EdgeChange[]) => {
      const { selectedNodes, selectedEdges, select } = session.document.getState()
      const chosen = new Set(selectedEdges)
      let changed = false
      for (const change of changes) {
        if (change.type !== 'select') continue
        changed = true
        if (change.selected) chosen.add(change.id)
        else chosen.delete(change.id)
      }
      if (changed) select(selectedNodes, [...chosen])
    },
    [session],
  )
  return { edges, onEdgesChange }
}
