import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { workflowQuery } from '#editor/api/workflows.ts'
import { Screen } from '#editor/parts/screen.tsx'
import { RunsList } from '../runs/runs-list.tsx'

/** The runs of one workflow. */
export function WorkflowRunsScreen({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation()
  const workflow = useQuery(workflowQuery(workflowId))
  const crumbs = (
    <>
      <Link to="/workflows/$id" params={{ id: workflowId }}>
        {workflow.data?.document.name ?? t('screens.home.title')}
      </Link>{' '}
      /
    </>
  )
  return (
    <Screen title={t('screens.workflowRuns.title')} crumbs={crumbs}>
      <RunsList filter={{ workflowId }} />
    </Screen>
  )
}
