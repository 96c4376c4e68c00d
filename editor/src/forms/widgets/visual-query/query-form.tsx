import { Button, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogQuery, readCatalogAnew } from '#editor/api/catalog.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Catalog, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { VisualQuery } from '#schemas/visual-query.ts'
import { errorText, useForm, useMessages } from '../../form-context.ts'
import { FieldFixes } from '../../field-fixes.tsx'
import { columnOffers, offerKey } from './column-offers.ts'
import { chooseTable, pathOf, pruned, tableOf, withJoin } from './edit-query.ts'
import { QueryColumns } from './query-columns.tsx'
import { type ColumnPlaces, QueryConditionsForm } from './query-conditions.tsx'
import { QueryContextProvider } from './query-context.ts'
import { QueryCount } from './query-count.tsx'
import { QueryOrder } from './query-order.tsx'
import { QuerySql } from './query-sql.tsx'
import styles from './visual-query.module.css'

interface Props {
  readonly connection: string
  readonly query: VisualQuery
  readonly path: string
  readonly onChange: (query: VisualQuery) => void
}

/** Who gets the message, put together from the tables of a database: which table, whom of it, and what is known of them. */
export function QueryForm(props: Props) {
  const { connection } = props
  const { timezone } = useForm()
  const catalog = useQuery(catalogQuery(connection))
  return (
    <QueryState query={catalog}>
      {(data) => (
        <QueryContextProvider value={{ catalog: data, connection, timezone }}>
          <Form {...props} catalog={data} />
        </QueryContextProvider>
      )}
    </QueryState>
  )
}

function Form({ catalog, query, path, connection, onChange }: Props & { catalog: Catalog }) {
  const { t } = useTranslation()
  const table = tableOf(catalog, query.table)
  return (
    <div className={styles.query}>
      <TableChoice {...{ catalog, query, path, connection, onChange }} />
      {table && <ChosenTable {...{ catalog, query, path, table, onChange }} />}
      {query.table === '' && <p className={styles.hint}>{t('tableQuery.table.help')}</p>}
    </div>
  )
}

function TableChoice({ catalog, query, path, connection, onChange }: Props & { catalog: Catalog }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const error = errorText(useMessages(`${path}/table`))
  const shown = catalog.tables.filter(({ hidden, id }) => !hidden || id === query.table)
  const rows = new Intl.NumberFormat(language, { notation: 'compact' })
  const options = shown.map((table) => ({ value: table.id, label: choiceText(table, language) }))
  const gone = query.table !== '' && !shown.some(({ id }) => id === query.table)
  const anew = async () => client.setQueryData(catalogQuery(connection).queryKey, await readCatalogAnew(connection))
  return (
    <div className={styles.section}>
      <Select
        size="sm"
        label={t('tableQuery.table.title')}
        placeholder={t('tableQuery.table.choose')}
        data={gone ? [{ value: query.table, label: query.table }, ...options] : options}
        value={query.table === '' ? null : query.table}
        searchable
        allowDeselect={false}
        error={error ?? (gone ? t('tableQuery.table.gone') : undefined)}
        nothingFoundMessage={t('tableQuery.table.notFound')}
        renderOption={({ option }) => {
          const estimate = shown.find(({ id }) => id === option.value)?.rowEstimate ?? null
          return (
            <span className={styles.option}>
              <span>{option.label}</span>
              {estimate !== null && <small>{t('tableQuery.table.rows', { rows: rows.format(estimate) })}</small>}
            </span>
          )
        }}
        onChange={(id) => {
          const table = tableOf(catalog, id ?? '')
          if (table && id !== query.table) onChange(chooseTable(table, language))
        }}
      />
      <FieldFixes path={`${path}/table`} />
      {shown.length === 0 && <p className={styles.hint}>{t('tableQuery.table.none')}</p>}
      {(shown.length === 0 || gone) && (
        <Button size="compact-sm" variant="default" onClick={() => void anew()}>
          {t('tableQuery.table.anew')}
        </Button>
      )}
    </div>
  )
}

function choiceText(table: CatalogTable, language: 'ko' | 'en'): string {
  const title = titleOf(table, language)
  return title === table.name ? title : `${title} (${table.id})`
}

function ChosenTable({
  catalog,
  query,
  path,
  table,
  onChange,
}: Omit<Props, 'connection'> & { catalog: Catalog; table: CatalogTable }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timezone } = useForm()
  const problems = useMessages(path, true).some(({ severity }) => severity === 'error')
  const offers = useMemo(() => columnOffers(table, { catalog, language }), [table, catalog, language])
  const { joins } = query
  // A condition on a column of another table joins that table. Which join it is cannot be known before it is there, so the condition
  // carries the key of its column until the whole group comes back.
  const places = useMemo((): ColumnPlaces => {
    return {
      offers,
      keyOf: ({ of, column }) =>
        column === '' ? '' : of !== undefined && isPending(of) ? keyIn(of) : offerKey(pathOf(of, joins), column),
      withKey: ({ of: _of, ...condition }, key) => {
        const offer = offers.find((one) => one.key === key)
        if (!offer) return { ...condition, column: '' }
        const here = { ...condition, column: offer.column.name }
        return offer.path.length === 0 ? here : { ...here, of: pending(key) }
      },
    }
  }, [offers, joins])
  const asked = useMemo(() => ({ query, timezone }), [query, timezone])
  const ready = !problems && query.columns.length > 0
  return (
    <>
      <section className={styles.section}>
        <h4>{t('tableQuery.conditions.title')}</h4>
        <QueryConditionsForm
          table={table}
          places={places}
          group={query.conditions ?? { join: 'all', items: [] }}
          path={`${path}/conditions`}
          depth={0}
          onChange={(conditions) => onChange(pruned(joinPending({ ...query, conditions }, offers)))}
        />
        <QueryCount asked={asked} ready={ready} estimate={table.rowEstimate} />
      </section>
      <JoinProblems path={`${path}/joins`} />
      <QueryColumns {...{ query, table, offers, onChange }} path={`${path}/columns`} />
      <section className={styles.section}>
        <h4>{t('tableQuery.order.title')}</h4>
        <QueryOrder query={query} onChange={onChange} />
      </section>
      <QuerySql asked={asked} />
    </>
  )
}

/** What is wrong with how other tables are joined has no field of its own: it is told above the columns that they lend. */
function JoinProblems({ path }: { path: string }) {
  const error = errorText(useMessages(path, true))
  if (error === null) return null
  return (
    <div data-field={path}>
      <p className={styles.bad}>{error}</p>
      <FieldFixes path={path} deep />
    </div>
  )
}

const PENDING = '\u0000'
const pending = (key: string): string => PENDING + key
const isPending = (of: string): boolean => of.startsWith(PENDING)
const keyIn = (of: string): string => of.slice(PENDING.length)

/** Joins what conditions were just pointed at. */
function joinPending(query: VisualQuery, offers: ReturnType<typeof columnOffers>): VisualQuery {
  let now = query
  const walk = (group: NonNullable<VisualQuery['conditions']>): NonNullable<VisualQuery['conditions']> => ({
    ...group,
    items: group.items.map((item) => {
      if ('items' in item) return walk(item)
      if ('along' in item || item.of === undefined || !isPending(item.of)) return item
      const key = keyIn(item.of)
      const joined = withJoin(now, offers.find((one) => one.key === key)?.path ?? [])
      now = joined.query
      const { of: _of, ...rest } = item
      return joined.of === undefined ? rest : { ...rest, of: joined.of }
    }),
  })
  const conditions = query.conditions && walk(query.conditions)
  return conditions ? { ...now, conditions } : now
}
