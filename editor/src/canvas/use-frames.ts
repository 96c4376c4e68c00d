import type { Node } from '@xyflow/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowEdge, WorkflowGroup } from '#schemas/workflow.ts'
import { foldedSteps, waysOf } from '#editor/model/folded-groups.ts'
import { type Box, cardCorner, type Frame, frameOf } from '#editor/model/frames.ts'
import { groupName } from '#editor/model/marks.ts'
import { CARD_WIDTH } from '#editor/model/placing.ts'
import { foldedHeight } from './folded-card.tsx'
import { useDocument } from './session-context.ts'

const none: readonly WorkflowGroup[] = []
const noData = Object.freeze({})

/** A frame's picture stays the same object while nothing about it changed, so that dragging elsewhere does not draw it again. */
const made = new WeakMap<WorkflowGroup, { readonly key: string; readonly node: Node }>()

/** A level behind the cards, for what is selected too: React Flow lifts that by a thousand. */
export const under = ({ selected }: { readonly selected: boolean }, level: number): number => (selected ? level - 1000 : level)

interface Said {
  readonly selected: boolean
  readonly ariaLabel: string
}

function pictureOf(group: WorkflowGroup, { position, width, height }: Frame, said: Said): Node {
  const key = [position.x, position.y, width, height, said.selected, said.ariaLabel].join('|')
  const old = made.get(group)
  if (old?.key === key) return old.node
  const node: Node = {
    id: groupName(group.id),
    position,
    width,
    height,
    measured: { width, height },
    data: noData,
    selectable: false,
    ...(group.folded === true ? { type: 'folded-group' } : frameLook(said)),
    ...said,
  }
  made.set(group, { key, node })
  return node
}

const frameLook = (said: Said): Partial<Node> => ({
  type: 'group-frame',
  // Behind everything; only its title takes the pointer (React Flow would give it to the whole frame).
  zIndex: under(said, -2),
  style: { pointerEvents: 'none' },
  dragHandle: '[data-group-title]',
})

/** The card of a folded group. Null: none of its steps is on the canvas. */
export function cardOf({ steps }: WorkflowGroup, boxes: ReadonlyMap<string, Box>, edges: readonly WorkflowEdge[]): Frame | null {
  const places = steps.flatMap((id) => boxes.get(id)?.position ?? [])
  return places.length === 0
    ? null
    : { position: cardCorner(places), width: CARD_WIDTH, height: foldedHeight(waysOf({ steps }, edges)) }
}

/** The nodes with a frame around the steps of each group, wherever these are at the moment; one card in place of those that are folded. */
export function useFrames(nodes: Node[]): Node[] {
  const { t } = useTranslation()
  const groups = useDocument((state) => state.document.groups ?? none)
  const edges = useDocument((state) => state.document.edges)
  const marks = useDocument((state) => state.selectedMarks)
  return useMemo(() => {
    if (groups.length === 0) return nodes
    const boxes = new Map<string, Box>(nodes.map(({ id, position, measured }) => [id, { position, ...measured }]))
    const frames = groups.flatMap((group) => {
      const frame = group.folded === true ? cardOf(group, boxes, edges) : frameOf(group, boxes)
      const title = group.title.trim() === '' ? t('marks.noTitle') : group.title
      const count = group.steps.length
      const ariaLabel = group.folded === true ? t('marks.foldedSaid', { title, count }) : t('marks.groupSaid', { title, count })
      const said = { selected: marks.includes(groupName(group.id)), ariaLabel }
      return frame === null ? [] : [pictureOf(group, frame, said)]
    })
    const folded = foldedSteps({ groups })
    return [...frames, ...(folded.size === 0 ? nodes : nodes.filter(({ id }) => !folded.has(id)))]
  }, [nodes, groups, edges, marks, t])
}
