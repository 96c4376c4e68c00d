import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { nodeTypesQuery } from '#editor/api/workflows.ts'
import { runQuery } from '#editor/api/runs.ts'
import { useLiveState, useRunFrame } from '#editor/live/socket.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { ScreenSkeleton } from '#editor/parts/screen-skeleton.tsx'
import { RunPage } from './run-page.tsx'
import { RunsCrumb } from './runs-crumb.tsx'

/** One run: live while it runs, and its answer to every question afterwards. */
export function RunScreen({ runId }: { runId: string }) {
  const { t } = useTranslation()
  const run = useQuery(runQuery(runId))
  const types = useQuery(nodeTypesQuery)
  const frame = useRunFrame(runId)
  const live = useLiveState()
  if (run.data !== undefined && types.data !== undefined) {
    return <RunPage run={run.data} nodeTypes={types.data.items} frame={frame} lost={live === 'lost'} />
  }
  const failed = run.isError ? run : types.isError ? types : null
  if (failed === null) return <ScreenSkeleton />
  return (
    <Screen title={t('screens.run.title')} crumbs={<RunsCrumb />}>
      <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />
    </Screen>
  )
}
