import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  type Node,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { memo, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Localized } from '#schemas/localized.ts'
import type { RunNode } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { readMark } from '#editor/model/marks.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { RunFoldedGroup, RunGroupFrame, RunNote } from './run-marks.tsx'
import { RunStep } from './run-step.tsx'
import { RunWire } from './run-wire.tsx'
import { createRunView, RunViewProvider, showRun } from './run-view.ts'
import { useRunPicture } from './use-run-picture.ts'
import { ZoomControl } from './zoom-control.tsx'
import styles from './canvas.module.css'

export interface RunCanvasProps {
  /** The graph that runs or ran. */
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
  readonly summaries: Readonly<Record<string, Localized>>
  /** Counters by node, from the newest frame. */
  readonly nodes: Readonly<Record<string, RunNode>>
  /** People the run is for; null while the audience is read. Progress is measured against what reached each step. */
  readonly toSend: number | null
  readonly running: boolean
  readonly onSelect?: (nodeId: string | null) => void
}

const nodeTypes: NodeTypes = { step: RunStep, note: RunNote, 'group-frame': RunGroupFrame, 'folded-group': RunFoldedGroup }
const edgeTypes: EdgeTypes = { wire: RunWire }
const fit = { padding: 0.1, maxZoom: 1 } as const

/** A run as a picture: the same cards, with what went through them, live. Nothing can be changed here. */
export function RunCanvas(props: RunCanvasProps) {
  const { document, types, onSelect, summaries, nodes, toSend, running } = props
  const { t } = useTranslation()
  const view = useMemo(
    () => ({ document, types, summaries, nodes, toSend, running }),
    [document, types, summaries, nodes, toSend, running],
  )
  const [store] = useState(() => createRunView(view))
  // Before it is painted: cards and lines never show another moment than what stands around them.
  useLayoutEffect(() => showRun(store, view), [store, view])
  return (
    <section className={styles.canvas} aria-label={t('editor.canvas.runName')}>
      <RunViewProvider value={store}>
        <ReactFlowProvider>
          <RunFlow document={document} types={types} {...(onSelect === undefined ? {} : { onSelect })} />
          <FitToSize />
          <ZoomControl />
        </ReactFlowProvider>
      </RunViewProvider>
    </section>
  )
}

/** The graph itself: nothing of it is drawn again because figures came. */
const RunFlow = memo(function RunFlow({ document, types, onSelect }: Pick<RunCanvasProps, 'document' | 'types' | 'onSelect'>) {
  const { large, ...picture } = useRunPicture(document, types)
  return (
    <ReactFlow
      {...picture}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      fitView
      fitViewOptions={fit}
      minZoom={0.2}
      maxZoom={2}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      elementsSelectable={onSelect !== undefined}
      disableKeyboardA11y
      onlyRenderVisibleElements={large}
      deleteKeyCode={null}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      zoomOnScroll={false}
      {...(onSelect === undefined
        ? {}
        : {
            onNodeClick: (_event: React.MouseEvent, { id }: Node) => onSelect(readMark(id) === null ? id : null),
            onPaneClick: () => onSelect(null),
          })}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} color="var(--dot)" />
    </ReactFlow>
  )
})

/** The speed chart and the side come and go beside the picture; it stays whole in what is left for it. */
function FitToSize() {
  const { fitView } = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  useEffect(() => {
    if (width > 0 && height > 0) void fitView(fit)
  }, [fitView, width, height])
  return null
}
