import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Language } from '#schemas/localized.ts'
import { emptyResults, keptResultsQuery } from '#editor/api/kept-results.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { formatDuration, formatNumber } from '#editor/parts/numbers.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import card from './connection-form.module.css'

/** Results of previews that are kept to be shown again: how many, how old, and letting go of them. Nothing where the connection keeps none. */
export function KeptResultsCard({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const { data } = useQuery(keptResultsQuery(connectionId))
  const empty = useMutation({
    mutationFn: () => emptyResults(connectionId),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['connection', connectionId, 'results'] })
      await client.invalidateQueries({ queryKey: ['catalog', connectionId, 'sample'] })
      toastDone(t('data.results.emptied'))
    },
  })
  if (data === undefined || data.keepMinutes === 0) return null
  return (
    <section className={card.card} aria-labelledby="kept-results">
      <header className={card.head}>
        <h2 id="kept-results">{t('data.results.title')}</h2>
        <Button
          size="compact-sm"
          variant="default"
          disabled={data.entries === 0 && !empty.isPending}
          loading={empty.isPending}
          onClick={() => empty.mutate()}
        >
          {t('data.results.empty')}
        </Button>
      </header>
      <p className={card.quiet} role="status">
        {data.entries === 0 ? (
          t('data.results.none')
        ) : (
          <>
            {t('data.results.holds', { number: formatNumber(data.entries, language), size: sizeOf(data.bytes, language) })}
            {' · '}
            {t('data.results.oldest')} <RelativeTime at={data.oldest} />
          </>
        )}
      </p>
      <p className={card.quiet}>{t('data.results.text', { time: formatDuration(data.keepMinutes * 60_000, language) })}</p>
      {empty.error !== null && <ErrorNote error={empty.error} />}
    </section>
  )
}

/** "12 kB", "3 MB"; never 0 while there is something. */
function sizeOf(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 0 }).format(Math.max(1, value))
}
