import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { Column } from '#schemas/column.ts'
import type { Language } from '#schemas/localized.ts'
import type { QueryRelation } from '#schemas/visual-query.ts'
import { keyOf, waysFrom } from './ways.ts'

/** A column that can be chosen: of the table itself, or of one that lends it columns. */
export interface ColumnOffer {
  readonly key: string
  readonly path: readonly QueryRelation[]
  readonly column: CatalogColumn
  /** `이름`, or `가게의 이름`. */
  readonly label: string
  /** Whose it is, for a choice with groups. */
  readonly group: string
}

/** Key of a column over a way; the way is a part of it, so that nothing has to be looked up. */
export const offerKey = (path: readonly QueryRelation[], column: string): string => JSON.stringify([keyOf(path), column])

/** The column's own name in such a key; also of one that is not there any more. */
export function nameIn(key: string): string {
  if (key === '') return ''
  // Made by `offerKey`.
  const [, column] = JSON.parse(key) as [string, string]
  return column
}

/** Columns of a table and of those of which at most one row belongs to it. `own`: only of the table itself. */
export function columnOffers(
  table: CatalogTable,
  { catalog, language, own = false }: { catalog: Catalog; language: Language; own?: boolean },
): ColumnOffer[] {
  const lending = own ? [] : waysFrom(table, catalog, language).filter(({ toOne }) => toOne)
  const here = { along: [], far: table, label: '' }
  return [here, ...lending].flatMap(({ along, far, label }) =>
    far.columns.map((column): ColumnOffer => {
      const title = titleOf(column, language)
      const full = label === '' ? title : language === 'ko' ? `${label}의 ${title}` : `${title} of ${label}`
      return {
        key: offerKey(along, column.name),
        path: along,
        column,
        label: full,
        group: label === '' ? titleOf(far, language) : label,
      }
    }),
  )
}

/** The offers as the condition editor takes columns: `name` is the key. */
export const asColumns = (offers: readonly ColumnOffer[]): Column[] =>
  offers
    .filter(({ column }) => column.filterable)
    .map(({ key, label, column }) => ({ name: key, label, type: column.type, personal: column.personal }))
