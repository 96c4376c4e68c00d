import type { CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import type { FoundTable } from '#editor/catalog/find-tables.ts'

/** One line of the tree of tables: a table, what can be done with an open one, or one of its columns. */
export type SchemaItem =
  | { readonly kind: 'table'; readonly table: CatalogTable; readonly open: boolean }
  | { readonly kind: 'insert' | 'sample'; readonly table: CatalogTable }
  | { readonly kind: 'column'; readonly table: CatalogTable; readonly column: CatalogColumn }

export const itemKey = (item: SchemaItem): string =>
  JSON.stringify([item.kind, item.table.id, item.kind === 'column' ? item.column.name : ''])

/** The lines as they stand under each other. A table that was found by its columns is open by itself. */
export function schemaItems(found: readonly FoundTable[], opened: ReadonlySet<string>): SchemaItem[] {
  return found.flatMap(({ table, columns }): SchemaItem[] => {
    const open = opened.has(table.id) !== columns.length > 0
    if (!open) return [{ kind: 'table', table, open }]
    return [
      { kind: 'table', table, open },
      { kind: 'insert', table },
      { kind: 'sample', table },
      ...table.columns.map((column): SchemaItem => ({ kind: 'column', table, column })),
    ]
  })
}

/** Where a key leads from a line: to another one, or to opening and closing. Null: the key is not ours. */
export function moveIn(
  items: readonly SchemaItem[],
  { at, key }: { at: number; key: string },
): { readonly to: number } | { readonly toggle: string } | null {
  const item = items[at]
  if (item === undefined) return null
  const last = items.length - 1
  if (key === 'ArrowDown') return { to: Math.min(last, at + 1) }
  if (key === 'ArrowUp') return { to: Math.max(0, at - 1) }
  if (key === 'Home') return { to: 0 }
  if (key === 'End') return { to: last }
  if (key === 'ArrowRight' && item.kind === 'table') return item.open ? { to: Math.min(last, at + 1) } : { toggle: item.table.id }
  if (key === 'ArrowLeft') {
    if (item.kind === 'table') return item.open ? { toggle: item.table.id } : null
    return { to: items.findIndex((one) => one.kind === 'table' && one.table === item.table) }
  }
  return null
}
