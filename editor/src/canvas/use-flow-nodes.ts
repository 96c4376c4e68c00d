import { applyNodeChanges, type Node, type NodeChange } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import type { WorkflowNode } from '#schemas/workflow.ts'
import type { Position } from '#editor/model/change.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useDocument, useSession } from './session-context.ts'

/** Never changes, so that a card is drawn again only for reasons of its own. */
const noData = Object.freeze({})

function toFlowNode(node: WorkflowNode, selected: boolean, ariaLabel: string): Node {
  return { id: node.id, type: 'step', position: node.position, data: noData, selected, ariaLabel }
}

/** Nodes for React Flow from the draft: an object stays the same while its step neither moved nor changed its selection. */
function merged(old: readonly Node[], wanted: readonly Node[]): Node[] {
  const before = new Map(old.map((node) => [node.id, node]))
  return wanted.map((node) => {
    const known = before.get(node.id)
    if (known === undefined) return node
    const samePlace = known.position.x === node.position.x && known.position.y === node.position.y
    const same = samePlace && known.selected === node.selected && known.ariaLabel === node.ariaLabel
    // What React Flow measured belongs to the node and is kept.
    return same ? known : { ...known, ...node }
  })
}

/**
 * The draft's steps as React Flow's nodes. While a card is dragged only the picture moves; letting go makes one change of the draft.
 */
export function useFlowNodes(): { nodes: Node[]; onNodesChange: (changes: NodeChange[]) => void } {
  const session = useSession()
  const language = useLanguage()
  const steps = useDocument((state) => state.document.nodes)
  const selected = useDocument((state) => state.selectedNodes)
  const wanted = useMemo(() => {
    const chosen = new Set(selected)
    return steps.map((step) => toFlowNode(step, chosen.has(step.id), labelOf(step, session.types, language)))
  }, [steps, selected, session.types, language])
  const [nodes, setNodes] = useState<Node[]>(wanted)
  const [known, setKnown] = useState(wanted)
  if (known !== wanted) {
    setKnown(wanted)
    setNodes(merged(nodes, wanted))
  }

  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      const { selects, dropped, rest } = sorted(changes)
      if (rest.length > 0) setNodes((old) => applyNodeChanges(rest, old))
      if (selects.length > 0) {
        const chosen = new Set(session.document.getState().selectedNodes)
        for (const { id, selected: on } of selects) {
          if (on) chosen.add(id)
          else chosen.delete(id)
        }
        session.document.getState().select([...chosen], session.document.getState().selectedEdges)
      }
      const moved = movedFrom(session.document.getState().document.nodes, dropped)
      if (Object.keys(moved).length > 0) session.document.getState().change({ kind: 'move', positions: moved }, 'move')
    },
    [session],
  )
  return { nodes, onNodesChange }
}

function sorted(changes: readonly NodeChange[]) {
  const selects: { id: string; selected: boolean }[] = []
  const dropped: Record<string, Position> = {}
  const rest: NodeChange[] = []
  for (const change of changes) {
    if (change.type === 'select') selects.push(change)
    // Steps are removed by a change of the draft alone.
    else if (change.type === 'remove') continue
    else rest.push(change)
    if (change.type === 'position' && change.dragging === false && change.position !== undefined)
      dropped[change.id] = change.position
  }
  return { selects, dropped, rest }
}

function movedFrom(steps: readonly WorkflowNode[], dropped: Readonly<Record<string, Position>>): Record<string, Position> {
  const moved: Record<string, Position> = {}
  for (const { id, position } of steps) {
    const to = dropped[id]
    if (to === undefined || (to.x === position.x && to.y === position.y)) continue
    moved[id] = { x: Math.round(to.x), y: Math.round(to.y) }
  }
  return moved
}
