import { IconChevronDown, IconChevronRight, IconEye, IconTable } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { FoundTable } from '#editor/catalog/find-tables.ts'
import { purposeOf, tablesById } from '#editor/catalog/purpose.ts'
import { formatNumber } from '#editor/parts/numbers.ts'
import { VirtualRows } from '#editor/parts/virtual-rows.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './tables-pane.module.css'

const ROW = 49
const HEAD = 36
/** Rows that are seen at once; more scroll. */
const MOST_SEEN = 7

interface TableListProps {
  readonly catalog: Catalog
  readonly found: readonly FoundTable[]
  readonly chosen: string | null
  readonly onChoose: (table: string) => void
}

/** Tables with what they are called, what they are good for and how large they are. */
export function TableList({ catalog, found, chosen, onChoose }: TableListProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const purpose = usePurposeText(catalog)
  return (
    <div className={styles.list} style={{ height: Math.min(found.length, MOST_SEEN) * ROW + HEAD + 2 }}>
      <VirtualRows
        label={t('catalog.list')}
        rows={found}
        rowKey={({ table }) => table.id}
        rowHeight={ROW}
        template="minmax(0, 5fr) minmax(0, 4fr) minmax(72px, auto) 20px"
        head={[t('catalog.column.table'), t('catalog.column.purpose'), t('catalog.column.rows'), '']}
        chosen={chosen}
        onChoose={({ table }) => onChoose(table.id)}
        cells={({ table, columns }) => [
          <span key="name" className={styles.name} data-hidden={table.hidden || undefined}>
            <span className={styles.icon}>
              {table.kind === 'view' ? <IconEye size={16} aria-hidden /> : <IconTable size={16} aria-hidden />}
            </span>
            <span>
              <b>{titleOf(table, language)}</b> <code>{table.id}</code>
            </span>
          </span>,
          <span key="purpose" className={styles.purpose}>
            {columns.length > 0 ? t('catalog.foundColumns', { list: columns.slice(0, 4).join(', ') }) : purpose(table)}
          </span>,
          <span key="rows" className={styles.rows}>
            {table.rowEstimate === null
              ? t(table.kind === 'view' ? 'catalog.view' : 'catalog.unknownRows')
              : t('catalog.rows', { count: table.rowEstimate, shown: formatNumber(table.rowEstimate, language) })}
          </span>,
          table.id === chosen ? (
            <IconChevronDown key="open" className={styles.open ?? ''} size={16} aria-hidden />
          ) : (
            <IconChevronRight key="open" className={styles.open ?? ''} size={16} aria-hidden />
          ),
        ]}
      />
    </div>
  )
}

/** What each table is good for, in a sentence; empty: nothing that could be told. */
function usePurposeText(catalog: Catalog): (table: Catalog['tables'][number]) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const tables = useMemo(() => tablesById(catalog), [catalog])
  return (table) => {
    if (table.hidden) return t('catalog.purpose.hidden')
    const purpose = purposeOf(table, tables)
    if (purpose === null) return ''
    if (purpose.kind === 'recipients' || purpose.kind === 'mail')
      return t(`catalog.purpose.${purpose.kind}`, { column: titleOf(purpose.column, language) })
    if (purpose.kind === 'opt-outs') return t('catalog.purpose.optOuts')
    return t(`catalog.purpose.${purpose.kind}`, { table: titleOf(purpose.of, language) })
  }
}
