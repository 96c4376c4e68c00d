import { useDocument } from '#editor/canvas/session-context.ts'
import { readMark } from '#editor/model/marks.ts'
import { GroupPanel } from './group-panel.tsx'
import { NotePanel } from './note-panel.tsx'
import { StepPanel } from './step-panel.tsx'
import { SeveralPanel } from './several-panel.tsx'
import { WorkflowPanel } from './workflow-panel.tsx'
import styles from './panel.module.css'

/** The right side: the selected step, note or group, or the workflow itself. */
export function Panel() {
  const selected = useDocument((state) => state.selectedNodes)
  const marks = useDocument((state) => state.selectedMarks)
  const only = selected.length === 1 && marks.length === 0 ? selected[0] : undefined
  const mark = selected.length === 0 && marks.length === 1 ? readMark(marks[0] ?? '') : null
  return (
    <aside className={styles.panel}>
      {only !== undefined ? (
        <StepPanel key={only} nodeId={only} />
      ) : mark?.kind === 'note' ? (
        <NotePanel key={mark.id} noteId={mark.id} />
      ) : mark?.kind === 'group' ? (
        <GroupPanel key={mark.id} groupId={mark.id} />
      ) : selected.length + marks.length > 1 ? (
        <SeveralPanel steps={selected.length} marks={marks.length} />
      ) : (
        <WorkflowPanel />
      )}
    </aside>
  )
}
