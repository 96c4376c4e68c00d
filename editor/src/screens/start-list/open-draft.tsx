import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SessionProvider } from '#editor/canvas/session-context.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { ConflictDialog } from '#editor/screens/editor/conflict-dialog.tsx'
import { useEditorData } from '#editor/screens/editor/use-editor-data.ts'
import { useEditorSession, type OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import type { Connection } from '#schemas/connection.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import styles from './wizard.module.css'

/** Draws a page with the workflow and its draft. */
export type DraftPage = (workflow: Workflow, draft: OpenDraft) => ReactNode

/** The pages on which the workflow is there already: the same draft that the editor opens, saved and judged while it changes. */
export function OpenDraftPages({ workflowId, page }: { workflowId: string; page: DraftPage }) {
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
  return <Opened key={data.parts.workflow.id} page={page} {...data.parts} />
}

interface OpenedProps {
  readonly page: DraftPage
  readonly workflow: Workflow
  readonly nodeTypes: readonly NodeDescriptor[]
  readonly connections: readonly Connection[]
}

function Opened({ page, workflow, nodeTypes, connections }: OpenedProps) {
  const draft = useEditorSession({ workflow, nodeTypes, connections })
  return (
    <SessionProvider value={draft.session}>
      {page(workflow, draft)}
      <ConflictDialog draft={draft} />
    </SessionProvider>
  )
}
