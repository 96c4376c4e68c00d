import { Skeleton } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { SessionProvider, useDocument } from '#editor/canvas/session-context.ts'
import { FoldedFlow } from '#editor/fold/folded-flow.tsx'
import { FoldSkeleton } from '#editor/fold/fold-skeleton.tsx'
import { useFold } from '#editor/fold/use-folding.ts'
import { useLeavingWelcome } from '#editor/fold/use-leaving-welcome.ts'
import { useNodeTypeNews } from '#editor/live/node-type-news.ts'
import { destinationOf } from '#editor/model/fold.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Connection } from '#schemas/connection.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { EditorBar } from './editor-bar.tsx'
import { GraphSkeleton } from './graph-skeleton.tsx'
import { fetchGraph, fetchGraphSoon, LateGraph } from './late-graph.tsx'
import { useEditorData } from './use-editor-data.ts'
import { type OpenDraft, useEditorSession } from './use-editor-session.ts'
import { useLastRun } from './use-last-run.ts'
import { useWorkflowState } from './use-workflow-state.ts'
import styles from './editor-screen.module.css'

/** The editor of one workflow. `view`: as the canvas, or folded (router.tsx). */
export function EditorScreen({ workflowId, view }: { workflowId: string; view: string | undefined }) {
  const { t } = useTranslation()
  useLeavingWelcome(view === 'welcome')
  const data = useEditorData(workflowId)
  // Beside the data where it is shown at once; where it is folded, nobody waits for it.
  useEffect(() => (view === undefined ? fetchGraph() : fetchGraphSoon()), [view])
  useNodeTypeNews()
  if (data.error !== null) {
    return (
      <div className={styles.failed}>
        <ErrorNote error={data.error} onRetry={data.retry} title={t('editor.cannotOpen')} />
      </div>
    )
  }
  if (data.parts === null) return <Loading folded={view !== undefined} />
  // Another workflow is another session.
  return <OpenEditor key={data.parts.workflow.id} {...data.parts} view={view} />
}

function Loading({ folded }: { folded: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={styles.loading} aria-busy="true" aria-label={t('editor.loading')}>
      {folded ? (
        <FoldSkeleton />
      ) : (
        <>
          <Skeleton height={52} radius={0} />
          <GraphSkeleton />
        </>
      )}
    </div>
  )
}

interface OpenEditorProps {
  readonly workflow: Workflow
  readonly nodeTypes: readonly NodeDescriptor[]
  readonly connections: readonly Connection[]
  readonly view: string | undefined
}

function OpenEditor({ workflow, nodeTypes, connections, view }: OpenEditorProps) {
  const draft = useEditorSession({ workflow, nodeTypes, connections })
  useLastRun(draft.session)
  return (
    <SessionProvider value={draft.session}>
      <Views workflow={workflow} draft={draft} view={view} />
      <ConflictDialog draft={draft} />
    </SessionProvider>
  )
}

/** The canvas with all that is around it, or the same draft in three steps. What does not fold is shown as the canvas. */
function Views({ workflow, draft, view }: { workflow: Workflow; draft: OpenDraft; view: string | undefined }) {
  const state = useWorkflowState(workflow, draft)
  const fold = useFold()
  const document = useDocument((one) => one.document)
  // Somebody new meets no title line full of buttons; what really sends has its dialog there, so then it stays.
  const isBare = view === 'welcome' && fold !== null && destinationOf(document, draft.session).sandbox
  return (
    <div className={styles.screen}>
      {!isBare && <EditorBar state={state} draft={draft} />}
      {fold !== null && (view === 'steps' || view === 'welcome') ? (
        <FoldedFlow fold={fold} welcome={isBare} state={state} draft={draft} />
      ) : (
        <LateGraph />
      )}
    </div>
  )
}
