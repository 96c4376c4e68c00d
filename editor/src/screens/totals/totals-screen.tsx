import { Button, Skeleton } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { totalsQuery } from '#editor/api/totals.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { useMinute } from '#editor/parts/use-minute.ts'
import { RangeChoice } from './range-choice.tsx'
import { faultOf, rangeOf, todayIn } from './range.ts'
import { TotalsView } from './totals-view.tsx'
import styles from './totals.module.css'

const route = getRouteApi('/totals')

/** How much went out on which day, by workflow and channel, and what became of it. The address holds the days. */
export function TotalsScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const today = todayIn(useWorkspaceZone(), useMinute())
  const asked = rangeOf(route.useSearch(), today)
  const range = faultOf(asked) === null ? asked : rangeOf({}, today)
  const query = useQuery(totalsQuery(range))
  return (
    <Screen title={t('totals.title')}>
      <RangeChoice
        key={today}
        range={range}
        today={today}
        onChange={(next) => void navigate({ to: '/totals', search: { ...next }, replace: true })}
      />
      <div className={styles.results} aria-busy={query.isPlaceholderData}>
        <QueryState query={query} skeleton={<Skeleton height={320} radius={14} />}>
          {(totals) => (totals.items.length === 0 ? <Nothing /> : <TotalsView totals={totals} />)}
        </QueryState>
      </div>
    </Screen>
  )
}

function Nothing() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconChartBar size={26} aria-hidden />}
      title={t('totals.empty.title')}
      text={t('totals.empty.text')}
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('totals.empty.action')}</Button>}
    />
  )
}
