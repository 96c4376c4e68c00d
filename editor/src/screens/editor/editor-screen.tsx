import { Skeleton } from '@mantine/core'
import { ReactFlowProvider } from '@xyflow/react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { EditorCanvas } from '#editor/canvas/editor-canvas.tsx'
import { SessionProvider } from '#editor/canvas/session-context.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Connection } from '#schemas/connection.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { DockedCanvas } from './docked-canvas.tsx'
import { EditorBar } from './editor-bar.tsx'
import { SidePanel } from './side-panel.tsx'
import { useEditorData } from './use-editor-data.ts'
import { useEditorSession } from './use-editor-session.ts'
import { useLastRun } from './use-last-run.ts'
import styles from './editor-screen.module.css'

// The picture comes first; forms and their many inputs a moment later.
const Panel = lazy(async () => ({ default: (await import('#editor/panel/panel.tsx')).Panel }))

/** The editor of one workflow. */
export function EditorScreen({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation()
  const data = useEditorData(workflowId)
  if (data.error !== null) {
    return (
      <div className={styles.failed}>
        <ErrorNote error={data.error} onRetry={data.retry} title={t('editor.cannotOpen')} />
      </div>
    )
  }
  if (data.parts === null) return <Loading />
  // Another workflow is another session.
  return <OpenEditor key={data.parts.workflow.id} {...data.parts} />
}

function Loading() {
  const { t } = useTranslation()
  return (
    <div className={styles.loading} aria-busy="true" aria-label={t('editor.loading')}>
      <Skeleton height={52} radius={0} />
      <div className={styles.loadingCards}>
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} width={172} height={80} radius={12} />
        ))}
      </div>
    </div>
  )
}

interface OpenEditorProps {
  readonly workflow: Workflow
  readonly nodeTypes: readonly NodeDescriptor[]
  readonly connections: readonly Connection[]
}

function OpenEditor({ workflow, nodeTypes, connections }: OpenEditorProps) {
  const draft = useEditorSession({ workflow, nodeTypes, connections })
  useLastRun(draft.session)
  return (
    <SessionProvider value={draft.session}>
      <ReactFlowProvider>
        <div className={styles.screen}>
          <EditorBar workflow={workflow} draft={draft} />
          <div className={styles.work}>
            <DockedCanvas>
              <EditorCanvas />
            </DockedCanvas>
            <SidePanel>
              <Suspense fallback={<Skeleton height="100%" radius={0} />}>
                <Panel />
              </Suspense>
            </SidePanel>
          </div>
        </div>
        <ConflictDialog draft={draft} />
      </ReactFlowProvider>
    </SessionProvider>
  )
}
