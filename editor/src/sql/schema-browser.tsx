import { TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconCornerDownLeft, IconEye, IconKey, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import { writtenName, writtenTable } from '#schemas/sql-names.ts'
import { tableSampleQuery } from '#editor/api/catalog.ts'
import { KeptAge } from '#editor/parts/kept-age.tsx'
import { exampleOf } from '#editor/catalog/example.ts'
import { findTables } from '#editor/catalog/find-tables.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { itemKey, moveIn, schemaItems, type SchemaItem } from './schema-items.ts'
import styles from './schema-browser.module.css'

/** More tables are found by searching: nobody reads through them, and each would be in the page. */
const MOST_SHOWN = 80

interface SchemaBrowserProps {
  readonly catalog: Catalog
  /** Writes a name where the caret is. */
  readonly onInsert: (text: string) => void
}

/** The tables of a database and their columns, to be found and put into a statement. */
export function SchemaBrowser({ catalog, onInsert }: SchemaBrowserProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [search, setSearch] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [sampled, setSampled] = useState<ReadonlySet<string>>(new Set())
  const found = useMemo(
    () => findTables(catalog.tables.filter(({ hidden }) => !hidden), search, language), // prettier-ignore
    [catalog, search, language],
  )
  const items = useMemo(() => schemaItems(found.slice(0, MOST_SHOWN), toggled), [found, toggled])
  const toggle = (id: string) => setToggled((old) => flipped(old, id))
  const act = (item: SchemaItem) => {
    if (item.kind === 'column') onInsert(writtenName(item.column.name, catalog.dialect))
    else if (item.kind === 'table') toggle(item.table.id)
    else if (item.kind === 'sample') setSampled((old) => flipped(old, item.table.id))
    else onInsert(writtenTable(item.table, catalog.dialect))
  }
  return (
    <div className={styles.browser}>
      <TextInput
        type="search"
        size="xs"
        aria-label={t('catalog.find')}
        placeholder={t('catalog.find')}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value)
          setToggled(new Set())
        }}
      />
      {found.length === 0 ? (
        <p className={styles.note}>{t('catalog.notFound', { search })}</p>
      ) : (
        <Tree catalog={catalog} items={items} sampled={sampled} onToggle={toggle} onAct={act} />
      )}
      {found.length > MOST_SHOWN && <p className={styles.note}>{t('catalog.more', { count: found.length - MOST_SHOWN })}</p>}
    </div>
  )
}

const flipped = (old: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id])

interface TreeProps {
  readonly catalog: Catalog
  readonly items: readonly SchemaItem[]
  readonly sampled: ReadonlySet<string>
  readonly onToggle: (table: string) => void
  readonly onAct: (item: SchemaItem) => void
}

/** Arrows walk, right and left open and close, Enter does what a click does. Tab goes to one line and then past the tree. */
function Tree({ catalog, items, sampled, onToggle, onAct }: TreeProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLUListElement>(null)
  const [visited, setVisited] = useState(0)
  const reachable = Math.min(visited, items.length - 1)
  const press = (event: KeyboardEvent, at: number) => {
    const item = items[at]
    if (item === undefined || isComposing(event.nativeEvent)) return
    const move = moveIn(items, { at, key: event.key })
    if (move !== null && 'to' in move) box.current?.querySelector<HTMLElement>(`[data-place="${move.to}"]`)?.focus()
    else if (move !== null) onToggle(move.toggle)
    else if (event.key === 'Enter' || event.key === ' ') onAct(item)
    else return
    event.preventDefault()
  }
  return (
    <ul ref={box} role="tree" aria-label={t('catalog.list')} className={styles.tree}>
      {items.map((item, place) => (
        <li
          key={itemKey(item)}
          role="treeitem"
          aria-level={item.kind === 'table' ? 1 : 2}
          aria-expanded={item.kind === 'table' ? item.open : undefined}
          data-place={place}
          data-kind={item.kind}
          tabIndex={place === reachable ? 0 : -1}
          onFocus={() => setVisited(place)}
          onClick={() => onAct(item)}
          onKeyDown={(event) => press(event, place)}
        >
          <Line catalog={catalog} item={item} sampled={sampled.has(item.table.id)} />
        </li>
      ))}
    </ul>
  )
}

function Line({ catalog, item, sampled }: { catalog: Catalog; item: SchemaItem; sampled: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (item.kind === 'table') {
    return (
      <>
        {item.open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        <b>{titleOf(item.table, language)}</b>
        <code>{item.table.id}</code>
      </>
    )
  }
  if (item.kind === 'column') {
    const { column } = item
    return (
      <>
        {column.primaryKey ? <IconKey size={14} aria-label={t('catalog.card.key')} /> : <span className={styles.space} />}
        <span>{titleOf(column, language)}</span>
        <code>{column.name}</code>
        <span className={styles.type}>
          {sampled ? <Example catalog={catalog} table={item.table.id} column={column.name} /> : t(`catalog.type.${column.type}`)}
        </span>
      </>
    )
  }
  if (item.kind === 'sample') return <SampleLine catalog={catalog} table={item.table.id} shown={sampled} />
  return (
    <>
      <IconCornerDownLeft size={14} aria-hidden />
      {t('catalog.insertTable')}
    </>
  )
}

function SampleLine({ catalog, table, shown }: { catalog: Catalog; table: string; shown: boolean }) {
  const { t } = useTranslation()
  const sample = useQuery({ ...tableSampleQuery(catalog.connectionId, table), enabled: shown })
  return (
    <>
      <IconEye size={14} aria-hidden />
      {t(shown ? 'catalog.hideSample' : 'catalog.showSample')}
      {shown && sample.data?.keptAt !== undefined && <KeptAge at={sample.data.keptAt} />}
      {sample.isError && shown && (
        <span className={styles.bad}>{t('catalog.card.sampleFailed', { why: sample.error.message })}</span>
      )}
    </>
  )
}

/** A value of the first rows, masked by the server where it is a person's. */
function Example({ catalog, table, column }: { catalog: Catalog; table: string; column: string }) {
  const { t } = useTranslation()
  const sample = useQuery(tableSampleQuery(catalog.connectionId, table))
  if (sample.isPending) return '…'
  return exampleOf(sample.data, column) ?? t('catalog.card.noExample')
}
