import { Button, Switch } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { FieldNames, TableNames } from '#schemas/catalog-names.ts'
import { tableSampleQuery } from '#editor/api/catalog.ts'
import { patched, withField, withTable } from '#editor/catalog/names-change.ts'
import { useCatalogNames } from '#editor/catalog/use-catalog-names.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { SampleAge } from '#editor/catalog/sample-age.tsx'
import { exampleOf } from '#editor/catalog/example.ts'
import { MakeFlow } from './make-flow.tsx'
import { NameEdit } from './name-edit.tsx'
import { RelationsPart } from './relations-part.tsx'
import styles from './table-card.module.css'

/** One table: its columns with what they are called, their kind and an example; how it belongs to others. */
export function TableCard({ catalog, table }: { catalog: Catalog; table: CatalogTable }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const change = useCatalogNames(catalog.connectionId)
  const sayOfTable = (names: Partial<TableNames>, seen: Partial<CatalogTable>) =>
    change({
      names: (old) => withTable(old, table.id, names),
      seen: (old) => patched(old, table.id, (one) => ({ ...one, ...seen })),
    })
  // A comment that is the name already says nothing more.
  const comment = table.comment === titleOf(table, language) ? null : table.comment
  const proposed = table.displayName === null || table.columns.some(({ displayName }) => displayName === null)
  return (
    <section className={styles.card} aria-labelledby="table-card">
      <header className={styles.head}>
        <div className={styles.title}>
          <h3 id="table-card">
            <NameEdit
              label={t('catalog.card.name')}
              shown={titleOf(table, language)}
              said={table.displayName}
              onChange={(name) => sayOfTable({ displayName: name }, { displayName: name === '' ? null : name })}
            />
            <small>{t('catalog.card.columns', { count: table.columns.length })}</small>
          </h3>
          <p className={styles.quiet}>
            <NameEdit
              label={t('catalog.card.description')}
              shown={table.description ?? comment ?? t('catalog.card.addDescription')}
              said={table.description ?? comment ?? ''}
              maxLength={2000}
              onChange={(text) => sayOfTable({ description: text }, { description: text === '' ? null : text })}
            />
          </p>
        </div>
        <div className={styles.actions}>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconEyeOff size={16} aria-hidden />}
            aria-pressed={table.hidden}
            onClick={() => sayOfTable({ hidden: !table.hidden }, { hidden: !table.hidden })}
          >
            {t(table.hidden ? 'catalog.card.show' : 'catalog.card.hide')}
          </Button>
          <MakeFlow catalog={catalog} table={table} />
        </div>
      </header>
      {proposed && <p className={styles.note}>{t('catalog.card.proposed')}</p>}
      <Columns catalog={catalog} table={table} />
      <RelationsPart catalog={catalog} table={table} />
    </section>
  )
}

function Columns({ catalog, table }: { catalog: Catalog; table: CatalogTable }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const sample = useQuery(tableSampleQuery(catalog.connectionId, table.id))
  const change = useCatalogNames(catalog.connectionId)
  const say = (column: CatalogColumn, names: Partial<FieldNames>, seen: Partial<CatalogColumn>) =>
    change({
      names: (old) => withField(old, [table.id, column.name], names),
      seen: (old) =>
        patched(old, table.id, (one) => ({
          ...one,
          columns: one.columns.map((other) => (other.name === column.name ? { ...other, ...seen } : other)),
        })),
    })
  return (
    <div className={styles.scroll}>
      <table className={styles.columns}>
        <thead>
          <tr>
            <th scope="col">{t('catalog.card.called')}</th>
            <th scope="col">{t('catalog.card.column')}</th>
            <th scope="col">{t('catalog.card.type')}</th>
            <th scope="col">{t('catalog.card.example')}</th>
            <th scope="col">{t('catalog.card.masked')}</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <NameEdit
                  label={t('catalog.card.nameOf', { column: column.name })}
                  shown={titleOf(column, language)}
                  said={column.displayName}
                  onChange={(name) => say(column, { displayName: name }, { displayName: name === '' ? null : name })}
                />
              </th>
              <td>
                <code>{column.name}</code>
              </td>
              <td title={column.sourceType}>
                {t(`catalog.type.${column.type}`)}
                {column.primaryKey && ` · ${t('catalog.card.key')}`}
              </td>
              <td className={styles.example}>
                {sample.isPending ? '…' : (exampleOf(sample.data, column.name) ?? <i>{t('catalog.card.noExample')}</i>)}
              </td>
              <td>
                <Switch
                  size="xs"
                  aria-label={t('catalog.card.mask', { column: titleOf(column, language) })}
                  checked={column.personal}
                  onChange={(event) => {
                    const personal = event.currentTarget.checked
                    say(column, { personal }, { personal })
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.age}>
        <SampleAge connectionId={catalog.connectionId} table={table.id} />
      </div>
      {sample.isError && <p className={styles.note}>{t('catalog.card.sampleFailed', { why: sample.error.message })}</p>}
    </div>
  )
}
