import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import { catalogQuery, readCatalogAnew } from '#editor/api/catalog.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { formatNumber } from '#editor/parts/numbers.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './tables-pane.module.css'

/** The tables of a connected database, as people call them. */
export function TablesPane({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(catalogQuery(connectionId))
  const anew = useMutation({
    mutationFn: () => readCatalogAnew(connectionId),
    onSuccess: (catalog) => client.setQueryData(catalogQuery(connectionId).queryKey, catalog),
  })
  return (
    <section aria-labelledby="tables" className={styles.pane}>
      <header className={styles.head}>
        <h2 id="tables">{t('catalog.title')}</h2>
        {query.data !== undefined && (
          <p className={styles.age}>
            {t('catalog.readAt')} <RelativeTime at={query.data.readAt} />
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconRefresh size={14} aria-hidden />}
              loading={anew.isPending}
              onClick={() => anew.mutate()}
            >
              {t('catalog.anew')}
            </Button>
          </p>
        )}
      </header>
      {anew.error !== null && <ErrorNote error={anew.error} />}
      <QueryState query={query}>{(catalog) => <TableList catalog={catalog} />}</QueryState>
    </section>
  )
}

function TableList({ catalog }: { catalog: Catalog }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (catalog.tables.length === 0) return <p className={styles.none}>{t('catalog.none')}</p>
  return (
    <ul className={styles.list}>
      {catalog.tables.map((table) => (
        <li key={table.id}>
          <span className={styles.name}>
            <b>{titleOf(table, language)}</b> <code>{table.id}</code>
          </span>
          {table.rowEstimate !== null && (
            <span>{t('catalog.rows', { count: table.rowEstimate, shown: formatNumber(table.rowEstimate, language) })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
