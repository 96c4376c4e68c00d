import { ActionIcon, Button, Group, Skeleton } from '@mantine/core'
import { IconCalendarTime, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '#schemas/api/schedules.ts'
import { calendarQuery } from '#editor/api/schedules.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { useMinute } from '#editor/parts/use-minute.ts'
import { dayOf } from '#schemas/time-zone.ts'
import { CalendarGrid } from './calendar-grid.tsx'
import { MissedQuestions } from './missed-questions.tsx'
import { NextTimes } from './next-times.tsx'
import { useDayName } from './use-day-name.ts'
import { daysAfter, firstShown, turned, weeksFrom } from './weeks.ts'
import styles from './schedules.module.css'

const route = getRouteApi('/schedules')

/** What schedules started, missed and will start: five weeks, and the next times. The address holds the week. */
export function SchedulesScreen() {
  const { t } = useTranslation()
  const zone = useWorkspaceZone()
  const today = dayOf(useMinute().getTime(), zone)
  const monday = firstShown(route.useSearch().from, today)
  const weeks = weeksFrom(monday)
  const query = useQuery(calendarQuery({ from: monday, to: daysAfter(monday, weeks.length * 7 - 1) }))
  return (
    <Screen title={t('schedules.title')} aside={<Turning monday={monday} weeks={weeks} />}>
      <QueryState query={query} skeleton={<Skeleton height={520} radius={14} />}>
        {(calendar) => (
          <div className={styles.page} aria-busy={query.isPlaceholderData}>
            <CalendarGrid weeks={weeks} today={today} items={query.isPlaceholderData ? [] : calendar.items} zone={zone} />
            <aside className={styles.side} aria-label={t('schedules.next')}>
              <MissedQuestions asks={calendar.asks} zone={zone} />
              <NextTimes calendar={calendar} />
              {isEmpty(calendar) && <NoSchedules />}
            </aside>
          </div>
        )}
      </QueryState>
    </Screen>
  )
}

const isEmpty = ({ items, next, asks }: Calendar): boolean => items.length + next.length + asks.length === 0

function NoSchedules() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconCalendarTime size={26} aria-hidden />}
      title={t('schedules.empty')}
      text={t('schedules.emptyText')}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('schedules.toWorkflows')}
        </Button>
      }
    />
  )
}

function Turning({ monday, weeks }: { monday: string; weeks: readonly (readonly string[])[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const name = useDayName()
  const last = weeks.at(-1)?.at(-1) ?? monday
  const to = (from: string | undefined) =>
    void navigate({ to: '/schedules', search: from === undefined ? {} : { from }, replace: true })
  return (
    <Group gap={6} wrap="nowrap">
      <ActionIcon variant="subtle" color="gray" aria-label={t('schedules.earlier')} onClick={() => to(turned(monday, -1))}>
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <b aria-live="polite">{t('schedules.range', { from: name(monday), to: name(last) })}</b>
      <ActionIcon variant="subtle" color="gray" aria-label={t('schedules.later')} onClick={() => to(turned(monday, 1))}>
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <Button size="xs" variant="default" onClick={() => to(undefined)}>
        {t('schedules.today')}
      </Button>
    </Group>
  )
}
