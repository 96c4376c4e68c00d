import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SessionProvider } from '#editor/canvas/session-context.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { ConflictDialog } from '#editor/screens/editor/conflict-dialog.tsx'
import { useEditorData } from '#editor/screens/editor/use-editor-data.ts'
import { useEditorSession } from '#editor/screens/editor/use-editor-session.ts'
import type { Connection } from '#schemas/connection.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { MessageStep } from './message-step.tsx'
import { SendStep } from './send-step.tsx'
import styles from './wizard.module.css'

interface OpenListProps {
  readonly workflowId: string
  readonly step: 'message' | 'send'
}

/** The pages on which the workflow is there already: the same draft that the editor opens, saved and judged while it changes. */
export function OpenList({ workflowId, step }: OpenListProps) {
  const { t } = useTranslation()
  const data = useEditorData(workflowId)
  if (data.error !== null) {
    return (
      <div className={styles.page}>
        <ErrorNote error={data.error} onRetry={data.retry} title={t('editor.cannotOpen')} />
      </div>
    )
  }
  if (data.parts === null) {
    return (
      <div className={styles.page} aria-busy="true" aria-label={t('editor.loading')}>
        <Skeleton height={40} radius={10} />
        <Skeleton height={320} radius={14} />
      </div>
    )
  }
  return <OpenedList key={data.parts.workflow.id} step={step} {...data.parts} />
}

interface OpenedListProps {
  readonly step: 'message' | 'send'
  readonly workflow: Workflow
  readonly nodeTypes: readonly NodeDescriptor[]
  readonly connections: readonly Connection[]
}

function OpenedList({ step, workflow, nodeTypes, connections }: OpenedListProps) {
  const draft = useEditorSession({ workflow, nodeTypes, connections })
  return (
    <SessionProvider value={draft.session}>
      {step === 'message' ? <MessageStep draft={draft} /> : <SendStep workflow={workflow} draft={draft} />}
      <ConflictDialog draft={draft} />
    </SessionProvider>
  )
}
