import { ActionIcon, Loader } from '@mantine/core'
import { IconAlertTriangle, IconPoint, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '#schemas/catalog.ts'
import { explainQuery } from '#editor/api/explain.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { planLines } from '#editor/sql/plan-lines.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './sql-tools.module.css'

/** How the database goes about a statement, in plain words. */
export function SqlPlan({
  connectionId,
  sql,
  old,
  catalog,
  onClose,
}: {
  connectionId: string
  sql: string
  /** The statement was changed since. */
  old: boolean
  catalog: Catalog | null
  onClose: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const asked = useQuery({
    queryKey: ['explain', connectionId, sql],
    queryFn: () => explainQuery(connectionId, sql),
    retry: false,
    gcTime: 0,
  })
  return (
    <section className={styles.plan} aria-label={t('forms.sql.planTitle')} aria-busy={asked.isPending} data-old={old}>
      <header>
        <b>{t('forms.sql.planTitle')}</b>
        <ActionIcon variant="subtle" color="gray" size={22} aria-label={t('forms.sql.planClose')} onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      {asked.isPending && <Loader size="xs" />}
      {asked.error !== null && <ErrorNote error={asked.error} />}
      {asked.data !== undefined && (
        <ul role="status">
          {planLines(asked.data, { catalog, language }).map(({ key, values, warning }, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines of one answer never move
            <li key={i} data-warning={warning}>
              {warning ? <IconAlertTriangle size={14} aria-hidden /> : <IconPoint size={14} aria-hidden />}
              <span>{t(`forms.sql.plan.${key}`, values)}</span>
            </li>
          ))}
        </ul>
      )}
      {old && <p className={styles.note}>{t('forms.sql.planOld')}</p>}
    </section>
  )
}
