import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Screen } from '#editor/parts/screen.tsx'
import { RunsList } from './runs-list.tsx'

const route = getRouteApi('/runs')

/** The runs of all workflows. */
export function RunsScreen() {
  const { t } = useTranslation()
  const filter = route.useSearch()
  return (
    <Screen title={t('runs.title')}>
      <RunsList filter={filter} />
    </Screen>
  )
}
