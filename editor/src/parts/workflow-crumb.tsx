import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { workflowQuery } from '#editor/api/workflows.ts'

/** The way back to a workflow, by its name, before the title of a screen that is about it. */
export function WorkflowCrumb({ id }: { id: string }) {
  const { t } = useTranslation()
  const workflow = useQuery(workflowQuery(id))
  return (
    <>
      <Link to="/workflows/$id" params={{ id }}>
        {workflow.data?.document.name ?? t('runs.workflows')}
      </Link>{' '}
      /
    </>
  )
}
