import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog, CatalogColumn, CatalogRelation, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './table-card.module.css'

interface NewRelationProps {
  readonly catalog: Catalog
  readonly table: CatalogTable
  /** Null: nothing after all. */
  readonly onDone: (relation: CatalogRelation | null) => void
}

/** Says which column of this table means a row of which other table. */
export function NewRelation({ catalog, table, onDone }: NewRelationProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [column, setColumn] = useState<string | null>(null)
  const [target, setTarget] = useState<string | null>(null)
  const other = catalog.tables.find(({ id }) => id === target)
  const keys = other?.columns.filter(({ primaryKey }) => primaryKey) ?? []
  const [key, setKey] = useState<string | null>(null)
  const wanted = key ?? (keys.length === 1 ? (keys[0]?.name ?? null) : null)
  const shown = (of: readonly (CatalogColumn | CatalogTable)[]) =>
    of.map((one) => {
      const value = 'id' in one ? one.id : one.name
      return { value, label: `${titleOf(one, language)} (${value})` }
    })
  const others = catalog.tables.filter(({ id, hidden }) => id !== table.id && !hidden)
  return (
    <div className={styles.newRelation}>
      <Select searchable label={t('catalog.relation.column')} data={shown(table.columns)} value={column} onChange={setColumn} />
      <Select
        searchable
        limit={100}
        label={t('catalog.relation.table')}
        data={shown(others)}
        value={target}
        onChange={(next) => {
          setTarget(next)
          setKey(null)
        }}
      />
      <Select
        searchable
        label={t('catalog.relation.key')}
        disabled={other === undefined}
        data={shown(other?.columns ?? [])}
        value={wanted}
        onChange={setKey}
      />
      <div>
        <Button variant="default" size="compact-md" onClick={() => onDone(null)}>
          {t('parts.confirm.cancel')}
        </Button>
        <Button
          size="compact-md"
          disabled={column === null || other === undefined || wanted === null}
          onClick={() => {
            if (column === null || other === undefined || wanted === null) return
            const toOne = keys.length === 1 && keys[0]?.name === wanted
            onDone({ columns: [column], to: { table: other.id, columns: [wanted] }, origin: 'told', toOne })
          }}
        >
          {t('catalog.relation.save')}
        </Button>
      </div>
    </div>
  )
}
