import type { Edge, EdgeChange } from '@xyflow/react'
import { useCallback, useMemo } from 'react'
import type { Language } from '#schemas/localized.ts'
import type { WorkflowEdge, WorkflowGroup, WorkflowNode } from '#schemas/workflow.ts'
import { type DrawnEnds, drawnEnds, foldedSteps } from '#editor/model/folded-groups.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useDocument, useSession } from './session-context.ts'

const none: readonly WorkflowGroup[] = []

/** A line as React Flow wants it; `name` is what a screen reader says for it. */
export function toFlowEdge(edge: Pick<WorkflowEdge, 'id'> & DrawnEnds, selected: boolean, name: string): Edge {
  return {
    id: edge.id,
    type: 'wire',
    source: edge.source,
    sourceHandle: edge.sourcePort,
    target: edge.target,
    targetHandle: edge.targetPort,
    selected,
    ariaLabel: name,
  }
}

/** What a line is called: from this step to that one. */
export function lineNames(nodes: readonly WorkflowNode[], types: NodeTypeIndex, language: Language) {
  const labels = new Map(nodes.map((node) => [node.id, labelOf(node, types, language)]))
  return ({ source, target }: WorkflowEdge) => `${labels.get(source) ?? source} → ${labels.get(target) ?? target}`
}

/** A line is a value that never changes, so its two pictures (selected or not) need to be made once, until its ends are renamed or folded. */
const made = new WeakMap<WorkflowEdge, { readonly name: string; readonly plain: Edge; readonly chosen: Edge }>()

function pictureOf(line: WorkflowEdge, ends: DrawnEnds, said: { selected: boolean; name: string }): Edge {
  const { selected, name } = said
  const old = made.get(line)
  const drawn = { id: line.id, ...ends }
  const same = old?.name === name && old.plain.source === ends.source && old.plain.target === ends.target
  const known = same ? old : { name, plain: toFlowEdge(drawn, false, name), chosen: toFlowEdge(drawn, true, name) }
  made.set(line, known)
  return selected ? known.chosen : known.plain
}

/** The draft's lines as React Flow's edges; an object stays the same while its line did. */
export function useFlowEdges(): { edges: Edge[]; onEdgesChange: (changes: EdgeChange[]) => void } {
  const session = useSession()
  const lines = useDocument((state) => state.document.edges)
  const selected = useDocument((state) => state.selectedEdges)
  const language = useLanguage()
  const steps = useDocument((state) => state.document.nodes)
  const groups = useDocument((state) => state.document.groups ?? none)
  const edges = useMemo(() => {
    const name = lineNames(steps, session.types, language)
    const folded = foldedSteps({ groups })
    return lines.flatMap((line) => {
      const ends = drawnEnds(line, folded)
      return ends === null ? [] : [pictureOf(line, ends, { selected: selected.includes(line.id), name: name(line) })]
    })
  }, [lines, selected, steps, groups, session.types, language])
  const onEdgesChange = useCallback(
    (changes: EdgeChange[]) => {
      const { selectedNodes, selectedEdges, selectedMarks, select } = session.document.getState()
      const chosen = new Set(selectedEdges)
      let changed = false
      for (const change of changes) {
        if (change.type !== 'select') continue
        changed = true
        if (change.selected) chosen.add(change.id)
        else chosen.delete(change.id)
      }
      if (changed) select(selectedNodes, [...chosen], selectedMarks)
    },
    [session],
  )
  return { edges, onEdgesChange }
}
