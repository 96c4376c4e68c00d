import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { workflowQuery } from '#editor/api/workflows.ts'
import { Screen } from '#editor/parts/screen.tsx'
import { WorkflowCrumb } from '#editor/parts/workflow-crumb.tsx'
import { RunsList } from '../runs/runs-list.tsx'
import { MissedNote } from './missed-note.tsx'

const route = getRouteApi('/workflows/$id/runs')

/** The runs of one workflow. */
export function WorkflowRunsScreen({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation()
  const { state } = route.useSearch()
  const workflow = useQuery(workflowQuery(workflowId))
  return (
    <Screen title={t('runs.ofWorkflow')} crumbs={<WorkflowCrumb id={workflowId} />}>
      {workflow.data !== undefined && <MissedNote workflow={workflow.data} />}
      <RunsList filter={{ workflowId, state }} />
    </Screen>
  )
}
