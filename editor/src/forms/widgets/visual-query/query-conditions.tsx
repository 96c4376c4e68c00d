import { ActionIcon, NumberInput, Select } from '@mantine/core'
import { IconLink, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { QUERY_OPERATORS } from '#schemas/condition-operators.ts'
import type { Catalog, CatalogTable } from '#schemas/catalog.ts'
import type { Language } from '#schemas/localized.ts'
import type { QueryCondition, QueryConditions, RelatedCondition } from '#schemas/visual-query.ts'
import { errorText, useMessages } from '../../form-context.ts'
import { FieldFixes } from '../../field-fixes.tsx'
import { ConditionGroup } from '../condition-group.tsx'
import { type ConditionKit, ConditionKitProvider, type GroupOf, type ItemProps } from '../condition-kit.ts'
import { asColumns, type ColumnOffer, columnOffers, nameIn, offerKey } from './column-offers.ts'
import { ConditionValue } from './condition-value.tsx'
import { isOperator, queryOperatorsFor } from './operators-for.ts'
import { useQueryContext, useTable } from './query-context.ts'
import { useSeenValues } from './seen-values.ts'
import { keyOf, type Way, waysFrom } from './ways.ts'
import formStyles from '../../forms.module.css'
import styles from './visual-query.module.css'

type Leaf = QueryCondition | RelatedCondition

const isRelated = (leaf: Leaf): leaf is RelatedCondition => 'along' in leaf
const isGroup = (item: Leaf | GroupOf<Leaf>): item is GroupOf<Leaf> => 'items' in item
/** Groups may be as deep as the schema of a query has them; one inside related rows has less left. */
const DEEPEST = 4

/** Which column a condition is about, as a key of the offers; and back. */
export interface ColumnPlaces {
  readonly offers: readonly ColumnOffer[]
  keyOf(condition: QueryCondition): string
  /** The condition with another column; what it needs of other tables is joined by whoever owns the query. */
  withKey(condition: QueryCondition, key: string): QueryCondition
}

/** Sets or changes the operator: what the new one does not use goes, what it needs comes. */
function withOperator(condition: QueryCondition, name: string): QueryCondition {
  if (!isOperator(name) || name === condition.is) return condition
  const { column, of, value = '' } = condition
  const place = { column, ...(of !== undefined && { of }), is: name }
  if (name === 'within') return { ...place, range: { in: 'last', count: 7, unit: 'day' } }
  const { values } = QUERY_OPERATORS[name]
  return values === 0 ? place : values === 2 ? { ...place, value, to: '' } : { ...place, value }
}

const operatorsIn = (language: Language) =>
  Object.entries(QUERY_OPERATORS).map(([value, words]) => ({ value, label: words[language] }))

interface Props {
  readonly table: CatalogTable
  readonly places: ColumnPlaces
  readonly group: QueryConditions
  readonly path: string
  readonly depth: number
  readonly onChange: (group: QueryConditions) => void
}

/** The conditions on one table: its columns, and rows that belong to it. Related rows hold such a form again. */
export function QueryConditionsForm({ table, places, group, path, depth, onChange }: Props) {
  const { catalog } = useQueryContext()
  const language = useLanguage()
  const { t } = useTranslation()
  const kit = useMemo((): ConditionKit<Leaf> => {
    const { offers } = places
    const ways = waysFrom(table, catalog, language)
    return {
      columns: asColumns(offers),
      nameOf: ({ name }) => nameIn(name),
      operators: operatorsIn(language),
      fitting: (column, current) => queryOperatorsFor(column?.type ?? null, current),
      isGroup,
      factsOf: (leaf) => (isRelated(leaf) ? { column: '', is: '' } : { column: places.keyOf(leaf), is: leaf.is }),
      withFacts: (leaf, { column, is }) => {
        if (isRelated(leaf)) return leaf
        const moved = column === undefined ? leaf : places.withKey(leaf, column)
        // What is asked of a column most often, for whoever did not choose yet: of a date, a stretch of time.
        const type = offers.find(({ key }) => key === column)?.column.type ?? null
        const wanted = leaf.column === '' && column !== undefined ? queryOperatorsFor(type, '')[0] : is
        return wanted === undefined ? moved : withOperator(moved, wanted)
      },
      blank: () => ({ column: '', is: 'equals', value: '' }),
      value: ({ leaf, onChange: change }) =>
        !isRelated(leaf) && (
          <Value
            key={leaf.is}
            condition={leaf}
            offer={offers.find(({ key }) => key === places.keyOf(leaf))}
            table={table}
            onChange={change}
          />
        ),
      special: (props) => (isRelated(props.item) ? <RelatedRows {...props} item={props.item} ways={ways} depth={depth} /> : null),
      more: (add) =>
        depth < DEEPEST - 1 &&
        ways.length > 0 && (
          <Select
            size="xs"
            className={styles.wide}
            aria-label={t('tableQuery.related.add')}
            placeholder={t('tableQuery.related.add')}
            leftSection={<IconLink size={14} />}
            data={ways.map(({ key, label }) => ({ value: key, label }))}
            value={null}
            searchable
            comboboxProps={{ width: 280, position: 'bottom-start' }}
            onChange={(key) => {
              const way = ways.find((one) => one.key === key)
              if (way) add({ match: 'some', along: [...way.along], where: { join: 'all', items: [] } })
            }}
          />
        ),
      deepest: DEEPEST - depth,
    }
  }, [table, places, catalog, language, depth, t])
  return (
    <ConditionKitProvider value={kit}>
      <ConditionGroup<Leaf> group={group} path={path} depth={0} onChange={(next) => onChange(asConditions(next))} />
    </ConditionKitProvider>
  )
}

/** The same, as the schema has it: lists that may be changed. */
function asConditions({ join, items }: GroupOf<Leaf>): QueryConditions {
  return { join, items: items.map((item) => (isGroup(item) ? asConditions(item) : item)) }
}

function Value({
  condition,
  offer,
  table,
  onChange,
}: {
  condition: QueryCondition
  offer: ColumnOffer | undefined
  table: CatalogTable
  onChange: (condition: QueryCondition) => void
}) {
  const { connection } = useQueryContext()
  const seen = useSeenValues(connection, { table: offer?.path.at(-1)?.to.table ?? table.id, column: offer?.column })
  return <ConditionValue condition={condition} column={offer?.column} seen={seen} onChange={onChange} />
}

interface RelatedProps extends ItemProps<Leaf> {
  readonly item: RelatedCondition
  readonly ways: readonly Way[]
  readonly depth: number
}

/** "Of the reviews of the shop there is one that …": how many of the rows at the end of a way must meet conditions of their own. */
function RelatedRows({ item, path, ways, depth, onChange, onRemove }: RelatedProps) {
  const { t } = useTranslation()
  const { catalog } = useQueryContext()
  const language = useLanguage()
  const far = useTable(item.along.at(-1)?.to.table ?? '')
  const key = keyOf(item.along)
  const way = ways.find((one) => one.key === key)
  const error = errorText(useMessages(`${path}/along`, true))
  const places = useMemo(() => (far ? ownPlaces(far, { catalog, language }) : null), [far, catalog, language])
  const name = way?.label ?? item.along.at(-1)?.to.table ?? ''
  return (
    <fieldset className={styles.related} data-field={path} aria-label={name}>
      <div className={formStyles.conditionLine}>
        <Select
          size="xs"
          aria-label={t('tableQuery.related.which')}
          data={(way ? ways : [{ key, label: name }, ...ways]).map((one) => ({ value: one.key, label: one.label }))}
          value={key}
          searchable
          allowDeselect={false}
          error={error !== null}
          comboboxProps={{ width: 280, position: 'bottom-start' }}
          onChange={(next) => {
            const other = ways.find((one) => one.key === next)
            if (other && other.key !== key) onChange({ ...item, along: [...other.along], where: { join: 'all', items: [] } })
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('tableQuery.related.remove', { name })}
          onClick={onRemove}
        >
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      <HowMany item={item} onChange={onChange} />
      <p className={styles.hint}>{t('tableQuery.related.where')}</p>
      {far && places && (
        <QueryConditionsForm
          table={far}
          places={places}
          group={item.where}
          path={`${path}/where`}
          depth={depth + 1}
          onChange={(where) => onChange({ ...item, where })}
        />
      )}
      {error !== null && <p className={styles.bad}>{error}</p>}
      <FieldFixes path={`${path}/along`} deep />
    </fieldset>
  )
}

/** One at least, none, or a number of them. */
function HowMany({ item, onChange }: { item: RelatedCondition; onChange: (item: RelatedCondition) => void }) {
  const { t } = useTranslation()
  const counted = item.match === 'at-least' || item.match === 'at-most'
  return (
    <div className={styles.line}>
      <Select
        size="xs"
        className={styles.grow}
        aria-label={t('tableQuery.related.howMany')}
        data={(['some', 'none', 'at-least', 'at-most'] as const).map((match) => ({
          value: match,
          label: t(`tableQuery.related.${match}`),
        }))}
        value={item.match}
        allowDeselect={false}
        onChange={(match) => {
          const { along, where } = item
          if (match === 'some' || match === 'none') onChange({ match, along, where })
          else if (match === 'at-least' || match === 'at-most') onChange({ match, count: item.count ?? 2, along, where })
        }}
      />
      {counted && (
        <NumberInput
          size="xs"
          w={68}
          aria-label={t('tableQuery.related.count')}
          value={item.count ?? 1}
          min={0}
          allowDecimal={false}
          onChange={(count) => typeof count === 'number' && onChange({ ...item, count })}
        />
      )}
    </div>
  )
}

/** Inside of related rows only their own columns are known: what belongs to them is asked about by related rows again. */
export function ownPlaces(table: CatalogTable, at: { catalog: Catalog; language: Language }): ColumnPlaces {
  const offers = columnOffers(table, { ...at, own: true })
  return {
    offers,
    keyOf: ({ column }) => (column === '' ? '' : offerKey([], column)),
    withKey: (condition, key) => ({ ...condition, column: offers.find((offer) => offer.key === key)?.column.name ?? '' }),
  }
}
