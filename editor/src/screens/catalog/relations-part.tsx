import { Button, CloseButton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog, CatalogRelation, CatalogTable } from '#schemas/catalog.ts'
import type { ToldRelation } from '#schemas/catalog-names.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import { patched, withTable } from '#editor/catalog/names-change.ts'
import { useCatalogNames } from '#editor/catalog/use-catalog-names.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { NewRelation } from './new-relation.tsx'
import styles from './table-card.module.css'

interface RelationsPartProps {
  readonly catalog: Catalog
  readonly table: CatalogTable
}

/** Which rows of other tables belong to a row of this one, and who says so. A guess can be refused, a missing one told. */
export function RelationsPart({ catalog, table }: RelationsPartProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [adding, setAdding] = useState(false)
  const change = useCatalogNames(catalog.connectionId)
  /** What people say of this table's relations from now on; foreign keys and guesses need no word, what was refused stays refused. */
  const say = (relations: readonly CatalogRelation[], refused: readonly CatalogRelation[]) => {
    const told = relations.filter(({ origin }) => origin === 'told')
    change({
      names: (old) => {
        const before = (old[table.id]?.relations ?? []).filter(({ none }) => none === true)
        const none = refused.map(({ columns, to }): ToldRelation => ({ columns, to, none: true }))
        const said = told.map(({ columns, to, toOne }): ToldRelation => ({ columns, to, toOne }))
        return withTable(old, table.id, { relations: [...said, ...before, ...none] })
      },
      seen: (old) => patched(old, table.id, (one) => ({ ...one, relations: [...relations] })),
    })
  }
  const remove = (relation: CatalogRelation) => {
    const rest = table.relations.filter((one) => one !== relation)
    say(rest, relation.origin === 'guessed' ? [relation] : [])
  }
  const nameOf = (id: string) => {
    const other = catalog.tables.find((one) => one.id === id)
    return other === undefined ? id : titleOf(other, language)
  }
  return (
    <div className={styles.relations}>
      <header>
        <h4>{t('catalog.relation.title')}</h4>
        {!adding && (
          <Button variant="subtle" size="compact-sm" onClick={() => setAdding(true)}>
            {t('catalog.relation.add')}
          </Button>
        )}
      </header>
      {table.relations.length === 0 && !adding && <p className={styles.quiet}>{t('catalog.relation.none')}</p>}
      <ul>
        {table.relations.map((relation) => (
          <li key={JSON.stringify([relation.columns, relation.to])}>
            <code>{relation.columns.join(', ')}</code>
            <IconArrowRight size={14} aria-hidden />
            <b>{nameOf(relation.to.table)}</b>
            <code>{`${relation.to.table}.${relation.to.columns.join(', ')}`}</code>
            <Pill tone={relation.origin === 'guessed' ? 'warn' : 'plain'}>{t(`catalog.relation.${relation.origin}`)}</Pill>
            {relation.origin !== 'declared' && (
              <CloseButton
                size="sm"
                aria-label={t('catalog.relation.remove', { table: nameOf(relation.to.table) })}
                title={t('catalog.relation.remove', { table: nameOf(relation.to.table) })}
                onClick={() => remove(relation)}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <NewRelation
          catalog={catalog}
          table={table}
          onDone={(relation) => {
            setAdding(false)
            if (relation !== null) say([...table.relations, relation], [])
          }}
        />
      )}
    </div>
  )
}
