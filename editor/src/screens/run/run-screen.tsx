import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { runQuery } from '#editor/api/runs.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { RunStatePill } from '#editor/parts/state-pill.tsx'

/** One run. */
export function RunScreen({ runId }: { runId: string }) {
  const { t } = useTranslation()
  const query = useQuery(runQuery(runId))
  const crumbs = (
    <>
      <Link to="/runs">{t('screens.runs.title')}</Link> /
    </>
  )
  const title = query.data === undefined ? t('screens.run.title') : `${query.data.workflowName} #${query.data.number}`
  return (
    <Screen title={title} crumbs={crumbs}>
      <QueryState query={query}>{(run) => <RunStatePill state={run.state} />}</QueryState>
    </Screen>
  )
}
