import type { Catalog, CatalogColumn, CatalogRelation, CatalogTable } from '#schemas/catalog.ts'
import type { CatalogNames, FieldNames, TableNames, ToldRelation } from '#schemas/catalog-names.ts'

const said = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim())

/** A catalog as people speak of it: what they said goes before what the database says, and before guesses. */
export function applyNames<Found extends Pick<Catalog, 'tables'>>(catalog: Found, names: CatalogNames): Found {
  const ids = new Map(catalog.tables.map((table) => [table.id, table]))
  return { ...catalog, tables: catalog.tables.map((table) => tableOf(table, own(names, table.id) ?? {}, ids)) }
}

// Names are keys that people chose: `constructor` may be one of them.
const own = <Value>(of: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(of, key) ? of[key] : undefined

function tableOf(table: CatalogTable, names: TableNames, tables: ReadonlyMap<string, CatalogTable>): CatalogTable {
  const { fields = {}, relations = [] } = names
  return {
    ...table,
    displayName: said(names.displayName),
    description: said(names.description),
    hidden: names.hidden === true,
    columns: table.columns.map((column) => columnOf(column, own(fields, column.name) ?? {})),
    relations: relationsOf(table, relations, tables),
  }
}

function columnOf(column: CatalogColumn, names: FieldNames): CatalogColumn {
  return {
    ...column,
    displayName: said(names.displayName),
    description: said(names.description),
    filterable: names.filterable !== false,
    personal: names.personal ?? column.personal,
  }
}

const isSame = (a: Pick<CatalogRelation, 'columns' | 'to'>, b: Pick<CatalogRelation, 'columns' | 'to'>): boolean =>
  JSON.stringify([a.columns, a.to.table, a.to.columns]) === JSON.stringify([b.columns, b.to.table, b.to.columns])

/** What somebody told that fits the database; a guess that somebody refused is gone, a foreign key stays. */
function relationsOf(
  table: CatalogTable,
  told: readonly ToldRelation[],
  tables: ReadonlyMap<string, CatalogTable>,
): CatalogRelation[] {
  const fits = ({ columns, to }: ToldRelation): boolean => {
    const has = (of: CatalogTable | undefined, names: readonly string[]) =>
      names.every((name) => of?.columns.some((column) => column.name === name))
    return columns.length === to.columns.length && has(table, columns) && has(tables.get(to.table), to.columns)
  }
  const kept = table.relations.filter((known) => known.origin === 'declared' || !told.some((one) => isSame(one, known)))
  const added = told
    .filter((one) => one.none !== true && fits(one) && !kept.some((known) => isSame(known, one)))
    .map(({ columns, to, toOne }): CatalogRelation => ({ columns, to, origin: 'told', toOne: toOne ?? true }))
  return [...kept, ...added]
}
