import type { Edge, EdgeChange } from '@xyflow/react'
import { useCallback, useMemo, useRef } from 'react'
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

/** The draft's lines as React Flow's edges; an object stays the same while its line did. */
export function useFlowEdges(): { edges: Edge[]; onEdgesChange: (changes: EdgeChange[]) => void } {
  const session = useSession()
  const lines = useDocument((state) => state.document.edges)
  const selected = useDocument((state) => state.selectedEdges)
  const made = useRef(new Map<WorkflowEdge, Edge>())
  const edges = useMemo(() => {
    const chosen = new Set(selected)
    const next = new Map<WorkflowEdge, Edge>()
    for (const line of lines) {
      const old = made.current.get(line)
      const on = chosen.has(line.id)
      next.set(line, old !== undefined && old.selected === on ? old : toFlowEdge(line, on))
    }
    made.current = next
    return [...next.values()]
  }, [lines, selected])
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
