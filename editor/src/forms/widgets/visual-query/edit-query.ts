import type { Catalog, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { Language } from '#schemas/localized.ts'
import type { QueryColumn, QueryConditions, QueryJoin, QueryRelation, VisualQuery } from '#schemas/visual-query.ts'
import { keyOf } from './ways.ts'

// Changes of a query, as plain functions: what a person does in the form, and nothing of how it looks.

/** The relations that lead from the main table to a join. */
export function pathOf(of: string | undefined, joins: readonly QueryJoin[] = []): QueryRelation[] {
  const join = joins.find(({ id }) => id === of)
  return join ? [...pathOf(join.from, joins.slice(0, joins.indexOf(join))), join.relation] : []
}

/** The query with what its columns need of other tables joined, and the name of the join; the main table has none. */
export function withJoin(query: VisualQuery, path: readonly QueryRelation[]): { query: VisualQuery; of: string | undefined } {
  let now = query
  let of: string | undefined
  for (const relation of path) {
    const joins = now.joins ?? []
    const known = joins.find((join) => join.from === of && keyOf([join.relation]) === keyOf([relation]))
    const id = known?.id ?? freeId(relation.to.table, joins)
    if (!known) now = { ...now, joins: [...joins, { id, ...(of !== undefined && { from: of }), relation }] }
    of = id
  }
  return { query: now, of }
}

function freeId(table: string, joins: readonly QueryJoin[]): string {
  const word = (table.split('.').at(-1) ?? table)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^(?=\p{N})/u, '_')
    .slice(0, 40)
  const base = word === '' ? 'other' : word
  let id = base
  for (let i = 2; joins.some((join) => join.id === id); i++) id = `${base}_${i}`
  return id
}

function usedIn(conditions: QueryConditions | undefined): string[] {
  return (conditions?.items ?? []).flatMap((item) =>
    'items' in item ? usedIn(item) : 'along' in item || item.of === undefined ? [] : [item.of],
  )
}

/** The query without joins that nothing uses any more. */
export function pruned(query: VisualQuery): VisualQuery {
  const { joins = [], ...rest } = query
  const used = new Set([
    ...query.columns.flatMap((column) => ('aggregate' in column || column.of === undefined ? [] : [column.of])),
    ...(query.order ?? []).flatMap((item) => ('output' in item || item.of === undefined ? [] : [item.of])),
    ...usedIn(query.conditions),
  ])
  // From the far ones to the near ones: who is used uses the one that it starts from.
  for (const join of joins.toReversed()) if (used.has(join.id) && join.from !== undefined) used.add(join.from)
  const kept = joins.filter(({ id }) => used.has(id))
  return kept.length === 0 ? rest : { ...rest, joins: kept }
}

/** A name that no column of the result has yet. */
export function freeName(wanted: string, columns: readonly QueryColumn[]): string {
  // What every database keeps of a name, in bytes of UTF-8.
  let base = wanted.trim() === '' ? '_' : wanted.trim()
  while (new TextEncoder().encode(base).length > 56) base = Array.from(base).slice(0, -1).join('')
  let name = base
  for (let i = 2; columns.some(({ as }) => as === name); i++) name = `${base} ${i}`
  return name
}

/** A new main table, with the columns that messages are most often about: the key, and what is known of a person. */
export function chooseTable(table: CatalogTable, language: Language): VisualQuery {
  const wanted = table.columns.filter(({ primaryKey, personal }) => primaryKey || personal)
  const first = wanted.length > 0 ? wanted : table.columns.slice(0, 3)
  const columns: QueryColumn[] = []
  for (const column of first.slice(0, 12)) columns.push({ column: column.name, as: freeName(titleOf(column, language), columns) })
  return { table: table.id, columns, conditions: { join: 'all', items: [] } }
}

export const tableOf = (catalog: Catalog, id: string): CatalogTable | undefined => catalog.tables.find((table) => table.id === id)
