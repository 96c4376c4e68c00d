import { Background, BackgroundVariant, type EdgeTypes, type NodeTypes, ReactFlow, SelectionMode } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { CanvasBar } from './canvas-bar.tsx'
import { DroppedWire } from './dropped-wire.tsx'
import { EditorStep } from './editor-step.tsx'
import { EditorWire } from './editor-wire.tsx'
import { FirstHints } from './first-hints.tsx'
import { Overview } from './overview.tsx'
import { Palette } from './palette.tsx'
import { useDocument, useSession } from './session-context.ts'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { useConnecting } from './use-connecting.ts'
import { useDropping } from './use-dropping.ts'
import { useFlowEdges } from './use-flow-edges.ts'
import { useFlowNodes } from './use-flow-nodes.ts'
import { useFirstFit } from './use-first-fit.ts'
import { ZoomControl } from './zoom-control.tsx'
import styles from './canvas.module.css'

// Outside of the component: React Flow draws everything anew when these change.
const nodeTypes: NodeTypes = { step: EditorStep }
const edgeTypes: EdgeTypes = { wire: EditorWire }
const keepOff = null

/** The draft as a picture that can be worked on. Must stand in a ReactFlowProvider and an open session. */
export function EditorCanvas() {
  const session = useSession()
  const { t } = useTranslation()
  const { nodes, onNodesChange } = useFlowNodes()
  const { edges, onEdgesChange } = useFlowEdges()
  const onMoveStart = useFirstFit(nodes)
  const connecting = useConnecting()
  const dropping = useDropping()
  const empty = useDocument((state) => state.document.nodes.length === 0)
  useCanvasKeys()
  const closePalette = useCallback(() => session.view.getState().closePalette(), [session])
  return (
    <section className={styles.canvas} aria-label={t('editor.canvas.name')} {...dropping}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        {...connecting}
        onPaneClick={closePalette}
        onMoveStart={onMoveStart}
        minZoom={0.2}
        maxZoom={2}
        connectionRadius={28}
        deleteKeyCode={keepOff}
        multiSelectionKeyCode={['Meta', 'Control']}
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        nodesFocusable
        edgesFocusable
        elevateEdgesOnSelect
        onlyRenderVisibleElements={nodes.length > 150}
        attributionPosition="bottom-center"
        connectionLineStyle={{ stroke: 'var(--accent)', strokeWidth: 2, strokeDasharray: '5 4' }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} color="var(--dot)" />
        <DroppedWire />
      </ReactFlow>
      <CanvasBar />
      <ZoomControl />
      {!empty && <Overview />}
      {empty && <FirstHints />}
      <Palette />
    </section>
  )
}
