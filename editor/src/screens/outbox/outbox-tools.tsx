import { Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { runsQuery } from '#editor/api/runs.ts'
import { AddressSearch } from '#editor/parts/address-search.tsx'
import { formatMoment } from '#editor/parts/times.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { OutboxPlace } from './outbox-place.ts'
import styles from './outbox-tools.module.css'

const FILTERS = ['delivered', 'sent', 'failed', 'unconfirmed'] as const

/** Which run, which number, which result. */
export function OutboxTools({ place }: { place: OutboxPlace }) {
  const { t } = useTranslation()
  const chip = (chosen: boolean, label: string, state: OutboxPlace['state']) => (
    <button
      key={label}
      type="button"
      className={styles.chip}
      aria-pressed={chosen}
      onClick={() => place.go({ state, person: null })}
    >
      {label}
    </button>
  )
  return (
    <div className={styles.tools}>
      <h1>{t('screens.outbox.title')}</h1>
      <RunPicker place={place} />
      <AddressSearch
        address={place.address}
        // A number is looked for in all runs.
        onSearch={(address) => place.go({ address, person: null, ...(address === null ? {} : { runId: null }) })}
      />
      <div className={styles.chips} role="group" aria-label={t('outbox.filter.name')}>
        {chip(place.state === null, t('outbox.filter.all'), null)}
        {FILTERS.map((state) => chip(place.state === state, t(`outbox.filter.${state}`), place.state === state ? null : state))}
      </div>
    </div>
  )
}

function RunPicker({ place }: { place: OutboxPlace }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const runs = useInfiniteQuery(runsQuery())
  const words = {
    now: t('parts.time.now'),
    today: (time: string) => t('parts.time.today', { time }),
    yesterday: (time: string) => t('parts.time.yesterday', { time }),
    tomorrow: (time: string) => t('parts.time.tomorrow', { time }),
  }
  const now = useMinute()
  const data = (runs.data?.pages ?? []).flatMap((page) =>
    page.items.map((run) => ({
      value: run.id,
      label: t('outbox.runItem', {
        workflow: run.workflowName,
        number: run.number,
        time: formatMoment(new Date(run.startedAt), { language, zone, now, words }),
      }),
    })),
  )
  // A run that an old link names may lie beyond the first page.
  const known = place.runId === null || data.some(({ value }) => value === place.runId)
  return (
    <Select
      aria-label={t('outbox.run')}
      placeholder={t('outbox.newest')}
      clearable
      searchable
      value={place.runId}
      data={known || place.runId === null ? data : [...data, { value: place.runId, label: place.runId }]}
      onChange={(runId) => place.go({ runId, address: null, person: null })}
    />
  )
}
