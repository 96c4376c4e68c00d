import type { Edge, Node, NodeChange } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowDocument, WorkflowGroup } from '#schemas/workflow.ts'
import { drawnEnds, foldedSteps } from '#editor/model/folded-groups.ts'
import { type Box, type Frame, frameOf } from '#editor/model/frames.ts'
import { groupName, noteName } from '#editor/model/marks.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { guessedShape, isLarge } from './large-graph.ts'
import { lineNames, toFlowEdge } from './use-flow-edges.ts'
import { cardOf } from './use-frames.ts'

const noData = Object.freeze({})
const unchangeable = { selectable: false, focusable: false, ariaRole: 'group' } as const
type Size = { readonly width: number; readonly height: number }

/** Steps, lines, notes and groups of a run for React Flow. A folded group can be opened in this picture; nothing of it is kept. */
export function useRunPicture(document: WorkflowDocument, types: NodeTypeIndex) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map())
  const large = isLarge(document.nodes.length)
  const groups = useMemo(
    () => (document.groups ?? []).map((group) => (opened.has(group.id) ? open(group) : group)),
    [document.groups, opened],
  )
  const steps = useMemo(() => {
    const folded = foldedSteps({ groups })
    return document.nodes
      .filter(({ id }) => !folded.has(id))
      .map((node): Node => ({
        id: node.id,
        type: 'step',
        position: node.position,
        data: noData,
        ariaLabel: labelOf(node, types, language),
        ...(large ? guessedShape(typeOfNode(types, node), node.config) : {}),
      }))
  }, [document.nodes, groups, types, language, large])
  const marks = useMemo((): Node[] => {
    const boxes = new Map(document.nodes.map(({ id, position }): [string, Box] => [id, { position, ...sizes.get(id) }]))
    const said = (group: WorkflowGroup) => ({
      title: group.title.trim() === '' ? t('marks.noTitle') : group.title,
      count: group.steps.length,
    })
    const frames = groups.flatMap((group): Node[] => {
      const frame = group.folded === true ? cardOf(group, boxes, document.edges) : frameOf(group, boxes)
      if (frame === null) return []
      const id = groupName(group.id)
      if (group.folded !== true) {
        const ariaLabel = t('marks.groupSaid', said(group))
        return [{ id, type: 'group-frame', ...placed(frame), data: noData, zIndex: -2, ariaLabel, ...unchangeable }]
      }
      const unfold = () => setOpened((old) => new Set([...old, group.id]))
      const ariaLabel = t('marks.foldedSaid', said(group))
      // React Flow gives the pointer only to what can be selected or dragged.
      const style = { pointerEvents: 'all' } as const
      return [{ id, type: 'folded-group', ...placed(frame), data: { unfold }, style, ariaLabel, ...unchangeable }]
    })
    const notes = (document.notes ?? []).map(({ id, text, position, size }): Node => ({
      id: noteName(id),
      type: 'note',
      position,
      ...size,
      data: noData,
      zIndex: -1,
      ariaLabel: t('marks.noteSaid', { text }),
      ...unchangeable,
    }))
    return [...frames, ...notes]
  }, [document, groups, sizes, t])
  const nodes = useMemo(() => [...marks, ...steps], [marks, steps])
  const edges = useMemo(() => {
    const name = lineNames(document.nodes, types, language)
    const folded = foldedSteps({ groups })
    return document.edges.flatMap((edge): Edge[] => {
      const ends = drawnEnds(edge, folded)
      return ends === null ? [] : [toFlowEdge({ id: edge.id, ...ends }, false, name(edge))]
    })
  }, [document, groups, types, language])
  /** Frames are as large as the cards in them turn out to be. */
  const onNodesChange = useCallback((changes: NodeChange[]) => {
    const measured = changes.flatMap((change) =>
      change.type === 'dimensions' && change.dimensions !== undefined ? [[change.id, change.dimensions] as const] : [],
    )
    if (measured.length > 0) setSizes((old) => new Map([...old, ...measured]))
  }, [])
  const framed = groups.length > 0
  return { nodes, edges, large, ...(framed && { onNodesChange }) }
}

const placed = ({ position, width, height }: Frame) => ({ position, width, height, measured: { width, height } })

function open({ folded: _folded, ...group }: WorkflowGroup): WorkflowGroup {
  return group
}
