import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  type NodeTypes,
  ReactFlow,
  SelectionMode,
  type Viewport,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useCallback, useState } from 'react'
import { DroppedWire } from './dropped-wire.tsx'
import { EditorFoldedGroup } from './editor-folded-group.tsx'
import { EditorStep } from './editor-step.tsx'
import { EditorWire } from './editor-wire.tsx'
import { GroupFrame } from './group-frame.tsx'
import { isLarge } from './large-graph.ts'
import { NoteCard } from './note-card.tsx'
import { useSession } from './session-context.ts'
import { useConnecting } from './use-connecting.ts'
import { useFirstFit } from './use-first-fit.ts'
import { useFocusBack } from './use-focus-back.ts'
import { useFlowEdges } from './use-flow-edges.ts'
import { useFlowNodes } from './use-flow-nodes.ts'
import { useLineDrag } from './use-line-drag.ts'

// Outside of the component: React Flow draws everything anew when these change.
const nodeTypes: NodeTypes = { step: EditorStep, note: NoteCard, 'group-frame': GroupFrame, 'folded-group': EditorFoldedGroup }
const edgeTypes: EdgeTypes = { wire: EditorWire }
const keepOff = null
const selectsSeveral = ['Meta', 'Control']
const drawnLine = { stroke: 'var(--accent)', strokeWidth: 2, strokeDasharray: '5 4' }

/** Cards and lines of the draft. It alone is drawn while a card is dragged, not what stands around it. */
export function EditorFlow() {
  const session = useSession()
  const { nodes, onNodesChange } = useFlowNodes()
  const { edges, onEdgesChange } = useFlowEdges()
  const [looked] = useState(() => session.view.getState().viewport)
  const onMoveStart = useFirstFit(nodes, looked !== null)
  const onMoveEnd = useCallback(
    (event: MouseEvent | TouchEvent | null, viewport: Viewport) => event !== null && session.view.getState().set({ viewport }),
    [session],
  )
  useFocusBack()
  const connecting = useConnecting()
  const lineDrag = useLineDrag()
  const closePalette = useCallback(() => session.view.getState().closePalette(), [session])
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      {...connecting}
      {...lineDrag}
      onPaneClick={closePalette}
      onMoveStart={onMoveStart}
      onMoveEnd={onMoveEnd}
      {...(looked !== null && { defaultViewport: looked })}
      minZoom={0.2}
      maxZoom={2}
      connectionRadius={28}
      deleteKeyCode={keepOff}
      multiSelectionKeyCode={selectsSeveral}
      selectionMode={SelectionMode.Partial}
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      nodesFocusable
      edgesFocusable
      elevateEdgesOnSelect
      onlyRenderVisibleElements={isLarge(nodes.length)}
      attributionPosition="bottom-center"
      connectionLineStyle={drawnLine}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} color="var(--dot)" />
      <DroppedWire />
    </ReactFlow>
  )
}
