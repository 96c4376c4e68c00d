import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { QueryColumn, QueryConditions, VisualQuery } from '#schemas/visual-query.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { errorText, useMessages } from '../../form-context.ts'
import { FieldFixes } from '../../field-fixes.tsx'
import { useTextDraft } from '../../use-text-draft.ts'
import { type ColumnOffer, offerKey } from './column-offers.ts'
import { freeName, pathOf, pruned, withJoin } from './edit-query.ts'
import { ownPlaces, QueryConditionsForm } from './query-conditions.tsx'
import { useQueryContext, useTable } from './query-context.ts'
import { type Way, waysFrom } from './ways.ts'
import styles from './visual-query.module.css'

interface Props {
  readonly query: VisualQuery
  readonly table: CatalogTable
  readonly offers: readonly ColumnOffer[]
  readonly path: string
  readonly onChange: (query: VisualQuery) => void
}

const NOTHING: QueryConditions = { join: 'all', items: [] }
/** Conditions of an aggregate may be two groups less deep. */
const DEPTH = 2
const AGGREGATES = ['count', 'sum', 'average', 'lowest', 'highest', 'latest'] as const
type Aggregate = (typeof AGGREGATES)[number]

/** The columns of the result with the names that everything behind knows them by, and what can be added. */
export function QueryColumns(props: Props) {
  const { query, offers, path, onChange } = props
  const { t } = useTranslation()
  const error = errorText(useMessages(path))
  const { columns } = query
  const add = (key: string | null) => {
    const offer = offers.find((one) => one.key === key)
    if (!offer) return
    const joined = withJoin(query, offer.path)
    const name = freeName(offer.label, columns)
    const column: QueryColumn = { ...(joined.of !== undefined && { of: joined.of }), column: offer.column.name, as: name }
    onChange({ ...joined.query, columns: [...columns, column] })
  }
  return (
    <section className={styles.section}>
      <h4>{t('tableQuery.columns.title')}</h4>
      {columns.map((column, index) => (
        <ColumnRow
          // Columns have no other identity than their place.
          key={index}
          column={column}
          path={`${path}/${index}`}
          source={sourceText(props, column)}
          onName={(as) => onChange({ ...query, columns: columns.with(index, { ...column, as }) })}
          onWhere={(where) =>
            'aggregate' in column && onChange({ ...query, columns: columns.with(index, withWhere(column, where)) })
          }
          onRemove={() => onChange(pruned(withoutColumn(query, index)))}
        />
      ))}
      {error !== null && <p className={styles.bad}>{error}</p>}
      <div className={styles.line}>
        <Select
          size="xs"
          className={styles.grow}
          aria-label={t('tableQuery.columns.add')}
          placeholder={t('tableQuery.columns.add')}
          leftSection={<IconPlus size={14} />}
          data={grouped(offers)}
          value={null}
          searchable
          nothingFoundMessage={t('forms.column.notFound')}
          comboboxProps={{ width: 280, position: 'bottom-start' }}
          onChange={add}
        />
        <AddAggregate {...props} />
      </div>
    </section>
  )
}

/** Its order goes with a column that is ordered by. */
function withoutColumn(query: VisualQuery, index: number): VisualQuery {
  const gone = query.columns[index]?.as
  const { order, ...rest } = query
  const left = order?.filter((item) => !('output' in item) || item.output !== gone)
  return { ...rest, columns: query.columns.toSpliced(index, 1), ...(left && { order: left }) }
}

function grouped(offers: readonly ColumnOffer[]) {
  return [...Map.groupBy(offers, ({ group }) => group)].map(([group, items]) => ({
    group,
    items: items.map(({ key, label }) => ({ value: key, label })),
  }))
}

/** Where a column comes from, in words. */
function sourceText({ query, offers, table }: Props, column: QueryColumn): string {
  if ('aggregate' in column) return ''
  const key = offerKey(pathOf(column.of, query.joins), column.column)
  const label = offers.find((one) => one.key === key)?.label
  return label ?? `${column.of ?? table.name}.${column.column}`
}

function ColumnRow({
  column,
  path,
  source,
  onName,
  onWhere,
  onRemove,
}: {
  column: QueryColumn
  path: string
  source: string
  onName: (name: string) => void
  onWhere: (where: QueryConditions) => void
  onRemove: () => void
}) {
  const { t } = useTranslation()
  const error = errorText(useMessages(path, true))
  const draft = useTextDraft(column.as, onName)
  return (
    <div data-field={path}>
      <div className={styles.line}>
        <TextInput
          size="xs"
          className={styles.grow}
          aria-label={t('tableQuery.columns.name', { column: source === '' ? column.as : source })}
          error={error !== null}
          maxLength={60}
          {...draft.props}
        />
        <small className={styles.source} title={source}>
          {source === column.as ? '' : source}
        </small>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('tableQuery.columns.remove', { column: column.as })}
          onClick={onRemove}
        >
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {'aggregate' in column && <OnlyThose column={column} path={path} onChange={onWhere} />}
      {error !== null && <p className={styles.bad}>{error}</p>}
      <FieldFixes path={path} deep />
    </div>
  )
}

type Aggregated = Extract<QueryColumn, { aggregate: unknown }>

function withWhere({ where: _where, ...column }: Aggregated, where: QueryConditions): QueryColumn {
  return where.items.length === 0 ? column : { ...column, where }
}

/** Which of the related rows are counted or added up: all of them, until somebody says otherwise. */
function OnlyThose({ column, path, onChange }: { column: Aggregated; path: string; onChange: (where: QueryConditions) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { catalog } = useQueryContext()
  const far = useTable(column.along.at(-1)?.to.table ?? '')
  const where = column.where ?? NOTHING
  const [open, setOpen] = useState(where.items.length > 0)
  const places = useMemo(() => (far ? ownPlaces(far, { catalog, language }) : null), [far, catalog, language])
  if (!far || !places) return null
  return (
    <div className={styles.only}>
      <Button size="compact-xs" variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('tableQuery.columns.only', { column: column.as })}
      </Button>
      {open && (
        <QueryConditionsForm table={far} places={places} group={where} path={`${path}/where`} depth={DEPTH} onChange={onChange} />
      )}
    </div>
  )
}

/** What can be made of the rows at the end of a way: their number, and one value of each column that can be added up or compared. */
function aggregatesOf(way: Way, words: { language: 'ko' | 'en'; name: (of: Aggregate, what: string) => string }) {
  const { far, along, label } = way
  const moment =
    far.columns.find(({ type }) => type === 'instant' || type === 'datetime') ?? far.columns.find(({ type }) => type === 'date')
  const base = { along: [...along] }
  const made: { label: string; column: Omit<Extract<QueryColumn, { aggregate: unknown }>, 'as'> }[] = [
    { label: words.name('count', label), column: { ...base, aggregate: 'count' } },
  ]
  const joined = (title: string) => (words.language === 'ko' ? `${label}의 ${title}` : `${title} of ${label}`)
  // What only says which row belongs to which is no figure.
  const links = new Set([...far.relations.flatMap(({ columns }) => columns), ...(along.at(-1)?.to.columns ?? [])])
  for (const column of far.columns) {
    if (column.primaryKey || links.has(column.name)) continue
    const title = joined(titleOf(column, words.language))
    const isNumber = column.type === 'integer' || column.type === 'decimal'
    const isTime = column.type === 'date' || column.type === 'datetime' || column.type === 'instant'
    for (const aggregate of AGGREGATES) {
      const fits =
        aggregate === 'count'
          ? false
          : aggregate === 'latest'
            ? moment !== undefined && !isTime
            : aggregate === 'sum' || aggregate === 'average'
              ? isNumber
              : isNumber || isTime
      if (!fits) continue
      const by = aggregate === 'latest' && moment ? { by: moment.name } : {}
      made.push({ label: words.name(aggregate, title), column: { ...base, aggregate, column: column.name, ...by } })
    }
  }
  return made
}

function AddAggregate({ query, table, onChange }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { catalog } = useQueryContext()
  const name = (of: Aggregate, what: string) => t(`tableQuery.aggregate.${of}`, { what })
  const many = waysFrom(table, catalog, language).filter(({ toOne }) => !toOne)
  const groups = many.map((way) => ({ way, made: aggregatesOf(way, { language, name }) }))
  if (groups.length === 0) return null
  const choices = groups.flatMap(({ way, made }) => made.map((one, index) => ({ ...one, key: `${way.key}/${index}` })))
  return (
    <Select
      size="xs"
      className={styles.grow}
      aria-label={t('tableQuery.columns.addAggregate')}
      placeholder={t('tableQuery.columns.addAggregate')}
      leftSection={<IconPlus size={14} />}
      data={groups.map(({ way, made }) => ({
        group: way.label,
        items: made.map(({ label }, index) => ({ value: `${way.key}/${index}`, label })),
      }))}
      value={null}
      searchable
      nothingFoundMessage={t('forms.column.notFound')}
      comboboxProps={{ width: 300, position: 'bottom-end' }}
      onChange={(key) => {
        const chosen = choices.find((one) => one.key === key)
        if (chosen)
          onChange({ ...query, columns: [...query.columns, { ...chosen.column, as: freeName(chosen.label, query.columns) }] })
      }}
    />
  )
}
