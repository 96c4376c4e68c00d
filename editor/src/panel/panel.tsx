import { useDocument } from '#editor/canvas/session-context.ts'
import { StepPanel } from './step-panel.tsx'
import { SeveralPanel } from './several-panel.tsx'
import { WorkflowPanel } from './workflow-panel.tsx'
import styles from './panel.module.css'

/** The right side: the selected step, or the workflow itself. */
export function Panel() {
  const selected = useDocument((state) => state.selectedNodes)
  const only = selected.length === 1 ? selected[0] : undefined
  return (
    <aside className={styles.panel}>
      {only !== undefined ? (
        <StepPanel key={only} nodeId={only} />
      ) : selected.length > 1 ? (
        <SeveralPanel count={selected.length} />
      ) : (
        <WorkflowPanel />
      )}
    </aside>
  )
}
