import { Button, TextInput } from '@mantine/core'
import { IconRefresh, IconSearch } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '#schemas/catalog.ts'
import { catalogQuery, readCatalogAnew } from '#editor/api/catalog.ts'
import { findTables } from '#editor/catalog/find-tables.ts'
import { bestRecipients } from '#editor/catalog/purpose.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { NamesFile } from './names-file.tsx'
import { TableCard } from './table-card.tsx'
import { TableList } from './table-list.tsx'
import styles from './tables-pane.module.css'

/** The tables of a connected database, as people call them: found, looked into, named, and made into a flow. */
export function TablesPane({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const query = useQuery(catalogQuery(connectionId))
  const [search, setSearch] = useState('')
  return (
    <section aria-labelledby="tables" className={styles.pane}>
      <header className={styles.head}>
        <div>
          <h2 id="tables">{t('catalog.title')}</h2>
          <p className={styles.quiet}>{t('catalog.text')}</p>
        </div>
        <TextInput
          type="search"
          disabled={query.data === undefined}
          className={styles.search ?? ''}
          aria-label={t('catalog.find')}
          placeholder={t('catalog.find')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </header>
      {query.isError && query.data === undefined ? (
        <ErrorNote title={t('catalog.unreadable')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <QueryState query={query}>{(catalog) => <Tables catalog={catalog} search={search} />}</QueryState>
      )}
    </section>
  )
}

function Tables({ catalog, search }: { catalog: Catalog; search: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const wanted = useDeferredValue(search)
  const [withHidden, setWithHidden] = useState(false)
  const [chosen, setChosen] = useState<string | null>(() => bestRecipients(catalog)?.id ?? null)
  const hidden = catalog.tables.filter((table) => table.hidden).length
  const found = useMemo(() => {
    const offered = catalog.tables.filter((table) => withHidden || !table.hidden)
    return findTables(offered, wanted, language)
  }, [catalog, wanted, language, withHidden])
  const table = catalog.tables.find(({ id }) => id === chosen) ?? null
  if (catalog.tables.length === 0) return <p className={styles.none}>{t('catalog.none')}</p>
  return (
    <>
      {found.length === 0 ? (
        <p className={styles.none}>{t('catalog.notFound', { search: wanted })}</p>
      ) : (
        <TableList catalog={catalog} found={found} chosen={chosen} onChoose={setChosen} />
      )}
      <Footer catalog={catalog} hidden={hidden} withHidden={withHidden} onHidden={() => setWithHidden((old) => !old)} />
      {table !== null && <TableCard key={table.id} catalog={catalog} table={table} />}
    </>
  )
}

interface FooterProps {
  readonly catalog: Catalog
  readonly hidden: number
  readonly withHidden: boolean
  readonly onHidden: () => void
}

/** How many there are, how old that is, names as a file. */
function Footer({ catalog, hidden, withHidden, onHidden }: FooterProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { connectionId } = catalog
  const anew = useMutation({
    mutationFn: () => readCatalogAnew(connectionId),
    onSuccess: (fresh) => client.setQueryData(catalogQuery(connectionId).queryKey, fresh),
  })
  return (
    <>
      <div className={styles.foot}>
        <span>
          {t('catalog.count', { count: catalog.tableCount })}
          {catalog.tableCount > catalog.tables.length && ` ${t('catalog.shown', { count: catalog.tables.length })}`}
          {' · '}
          {t('catalog.readAt')} <RelativeTime at={catalog.readAt} />
        </span>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={anew.isPending}
          onClick={() => anew.mutate()}
        >
          {t('catalog.anew')}
        </Button>
        {hidden > 0 && (
          <Button variant="subtle" size="compact-sm" aria-pressed={withHidden} onClick={onHidden}>
            {t(withHidden ? 'catalog.withoutHidden' : 'catalog.withHidden', { count: hidden })}
          </Button>
        )}
        <NamesFile connectionId={connectionId} />
      </div>
      {anew.error !== null && <ErrorNote error={anew.error} />}
    </>
  )
}
