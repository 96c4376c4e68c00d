import type { Node } from '@xyflow/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowGroup } from '#schemas/workflow.ts'
import { type Box, type Frame, frameOf } from '#editor/model/frames.ts'
import { groupName } from '#editor/model/marks.ts'
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
    type: 'group-frame',
    position,
    width,
    height,
    measured: { width, height },
    data: noData,
    // Behind everything; only its title takes the pointer (React Flow would give it to the whole frame).
    zIndex: under(said, -2),
    style: { pointerEvents: 'none' },
    dragHandle: '[data-group-title]',
    selectable: false,
    ...said,
  }
  made.set(group, { key, node })
  return node
}

/** The nodes with a frame around the steps of each group, wherever these are at the moment. */
export function useFrames(nodes: Node[]): Node[] {
  const { t } = useTranslation()
  const groups = useDocument((state) => state.document.groups ?? none)
  const marks = useDocument((state) => state.selectedMarks)
  return useMemo(() => {
    if (groups.length === 0) return nodes
    const boxes = new Map<string, Box>(nodes.map(({ id, position, measured }) => [id, { position, ...measured }]))
    const frames = groups.flatMap((group) => {
      const frame = frameOf(group, boxes)
      const title = group.title.trim() === '' ? t('marks.noTitle') : group.title
      const ariaLabel = t('marks.groupSaid', { title, count: group.steps.length })
      return frame === null ? [] : [pictureOf(group, frame, { selected: marks.includes(groupName(group.id)), ariaLabel })]
    })
    return [...frames, ...nodes]
  }, [nodes, groups, marks, t])
}
