import { ReactFlowProvider } from '@xyflow/react'
import { EditorCanvas } from '#editor/canvas/editor-canvas.tsx'
import { Panel } from '#editor/panel/panel.tsx'
import { DockedCanvas } from './docked-canvas.tsx'
import { SidePanel } from './side-panel.tsx'
import styles from './editor-screen.module.css'

/** The draft as a graph, with the dock under it and the forms beside it: the heavy part of the editor, which three plain steps do without. */
export function WholeGraph() {
  return (
    <ReactFlowProvider>
      <div className={styles.work}>
        <DockedCanvas>
          <EditorCanvas />
        </DockedCanvas>
        <SidePanel>
          <Panel />
        </SidePanel>
      </div>
    </ReactFlowProvider>
  )
}
