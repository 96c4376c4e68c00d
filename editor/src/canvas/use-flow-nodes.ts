import { applyNodeChanges, type Node, type NodeChange } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowDocument, WorkflowNode, WorkflowNote } from '#schemas/workflow.ts'
import type { Position } from '#editor/model/change.ts'
import { changingNotes, moving, noteName, readMark } from '#editor/model/marks.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { dragsOfGroups } from './group-drag.ts'
import { guessedShape, isLarge, withoutGuess } from './large-graph.ts'
import { useDocument, useSession } from './session-context.ts'
import { under, useFrames } from './use-frames.ts'

/** Never changes, so that a card is drawn again only for reasons of its own. */
const noData = Object.freeze({})
const noNotes: readonly WorkflowNote[] = []

interface Look {
  readonly selected: boolean
  readonly ariaLabel: string
}

function toFlowNode(node: WorkflowNode, look: Look): Node {
  return { id: node.id, type: 'step', position: node.position, data: noData, ...look }
}

function toFlowNote({ id, position, size }: WorkflowNote, look: Look): Node {
  // Under the cards: a note never hides a step.
  return {
    id: noteName(id),
    type: 'note',
    position,
    width: size.width,
    height: size.height,
    data: noData,
    zIndex: under(look, -1),
    ...look,
  }
}

/** Nodes for React Flow from the draft: an object stays the same while its step neither moved nor changed its selection. */
function merged(old: readonly Node[], wanted: readonly Node[], guess: (id: string) => Partial<Node>): Node[] {
  const before = new Map(old.map((node) => [node.id, node]))
  return wanted.map((node) => {
    const known = before.get(node.id)
    if (known === undefined) return node.type === 'step' ? { ...node, ...guess(node.id) } : node
    const samePlace = known.position.x === node.position.x && known.position.y === node.position.y
    const sameSize = known.width === node.width && known.height === node.height
    const same = samePlace && sameSize && known.selected === node.selected && known.ariaLabel === node.ariaLabel
    // What React Flow measured belongs to the node and is kept.
    return same ? known : { ...known, ...node }
  })
}

/**
 * The draft's steps, notes and groups as React Flow's nodes. While something is dragged only the picture moves; letting go makes one change
 * of the draft.
 */
export function useFlowNodes(): { nodes: Node[]; onNodesChange: (changes: NodeChange[]) => void } {
  const session = useSession()
  const language = useLanguage()
  const { t } = useTranslation()
  const steps = useDocument((state) => state.document.nodes)
  const notes = useDocument((state) => state.document.notes ?? noNotes)
  const selected = useDocument((state) => state.selectedNodes)
  const marks = useDocument((state) => state.selectedMarks)
  const wanted = useMemo(() => {
    const chosen = new Set(selected)
    const saying = (text: string) => t('marks.noteSaid', { text: text.trim() === '' ? t('marks.emptyNote') : text })
    return [
      ...notes.map((note) => toFlowNote(note, { selected: marks.includes(noteName(note.id)), ariaLabel: saying(note.text) })),
      ...steps.map((step) =>
        toFlowNode(step, { selected: chosen.has(step.id), ariaLabel: labelOf(step, session.types, language) }),
      ),
    ]
  }, [steps, notes, selected, marks, session.types, language, t])
  const guess = (id: string): Partial<Node> => {
    // A note says its own size.
    const step = isLarge(steps.length) ? nodeById({ nodes: steps }, id) : undefined
    return step === undefined ? {} : guessedShape(typeOfNode(session.types, step), step.config)
  }
  const [nodes, setNodes] = useState<Node[]>(() => merged([], wanted, guess))
  const [known, setKnown] = useState(wanted)
  if (known !== wanted) {
    setKnown(wanted)
    setNodes(merged(nodes, wanted, guess))
  }

  const onNodesChange = useCallback(
    (given: NodeChange[]) => {
      const { document, select, change, ...chosen } = session.document.getState()
      const { selects, dropped, sized, measured, rest } = sorted([...given, ...dragsOfGroups(document, given)])
      if (rest.length > 0) setNodes((old) => withoutGuess(applyNodeChanges(rest, old), measured))
      if (selects.length > 0) {
        const now = new Set([...chosen.selectedNodes, ...chosen.selectedMarks])
        for (const { id, selected: on } of selects) {
          if (on) now.add(id)
          else now.delete(id)
        }
        const [marked, stepIds] = [[...now].filter((id) => readMark(id) !== null), [...now].filter((id) => readMark(id) === null)]
        select(stepIds, chosen.selectedEdges, marked)
      }
      if (Object.keys(sized).length > 0) change(changingNotes(document, sized))
      const moved = moving(document, movedFrom(document, dropped))
      if (moved !== null) change(moved, 'move')
    },
    [session],
  )
  return { nodes: useFrames(nodes), onNodesChange }
}

function sorted(changes: readonly NodeChange[]) {
  const selects: { id: string; selected: boolean }[] = []
  const dropped: Record<string, Position> = {}
  const sized: Record<string, { size: { width: number; height: number } }> = {}
  const measured = new Set<string>()
  const rest: NodeChange[] = []
  for (const change of changes) {
    if (change.type === 'select') selects.push(change)
    // Steps are removed by a change of the draft alone.
    else if (change.type === 'remove') continue
    else rest.push(change)
    if (change.type === 'dimensions') measured.add(change.id)
    if (change.type === 'position' && change.dragging === false && change.position !== undefined)
      dropped[change.id] = change.position
    const mark = change.type === 'dimensions' && change.resizing === false ? readMark(change.id) : null
    if (change.type === 'dimensions' && change.dimensions !== undefined && mark !== null)
      sized[mark.id] = { size: change.dimensions }
  }
  return { selects, dropped, sized, measured, rest }
}

function movedFrom({ nodes, notes }: WorkflowDocument, dropped: Readonly<Record<string, Position>>) {
  const to = (name: string, { x, y }: Position): Position | null => {
    const place = dropped[name]
    return place === undefined || (place.x === x && place.y === y) ? null : { x: Math.round(place.x), y: Math.round(place.y) }
  }
  const moves = (things: readonly { readonly id: string; readonly position: Position }[], name: (id: string) => string) =>
    Object.fromEntries(
      things.flatMap(({ id, position }) => [to(name(id), position)].flatMap((place) => (place ? [[id, place]] : []))),
    )
  return {
    steps: moves(nodes, (id) => id) as Record<string, Position>,
    notes: moves(notes ?? [], noteName) as Record<string, Position>,
  }
}
