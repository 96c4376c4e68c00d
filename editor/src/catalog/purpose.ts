import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'

/** What a table is good for in a message: who gets it, who does not, what is told about them. */
export type Purpose =
  | { readonly kind: 'recipients'; readonly column: CatalogColumn }
  | { readonly kind: 'mail'; readonly column: CatalogColumn }
  | { readonly kind: 'opt-outs' }
  | { readonly kind: 'several'; readonly of: CatalogTable }
  | { readonly kind: 'one'; readonly of: CatalogTable }

const OPT_OUT = /opt.?outs?|unsubscri|black.?list|do.?not.?(send|contact)|수신.?거부|차단/i
/** A number for mobiles before a number of an office. */
const MOBILE = /mobile|cell|hp|휴대|핸드폰/i

/** The column that a text message would be sent to; null: there is none. */
export function phoneColumn(table: CatalogTable): CatalogColumn | null {
  const phones = table.columns.filter(({ holds }) => holds === 'phone')
  return phones.find(({ name }) => MOBILE.test(name)) ?? phones[0] ?? null
}

/** What a table is good for; null: nothing that could be told from outside. */
export function purposeOf(table: CatalogTable, tables: ReadonlyMap<string, CatalogTable>): Purpose | null {
  const phone = phoneColumn(table)
  const mail = table.columns.find(({ holds }) => holds === 'email')
  if (OPT_OUT.test(table.name) || OPT_OUT.test(table.displayName ?? table.comment ?? '')) return { kind: 'opt-outs' }
  if (phone !== null) return { kind: 'recipients', column: phone }
  if (mail !== undefined) return { kind: 'mail', column: mail }
  for (const { columns, to, toOne } of table.relations) {
    const other = tables.get(to.table)
    if (!toOne || other === undefined || other.id === table.id) continue
    const keys = table.columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => name)
    const isKey = keys.length === columns.length && keys.every((name) => columns.includes(name))
    return { kind: isKey ? 'one' : 'several', of: other }
  }
  return null
}

export const tablesById = (catalog: Catalog): Map<string, CatalogTable> =>
  new Map(catalog.tables.map((table) => [table.id, table]))

/** Names of people, of which the first is greeted. */
const NAME = /(^|_|[a-z])name$|^name|이름|성명|성함|고객명|회원명|상호/i

/** The table whose rows are most likely the people to write to: a phone, a name, others belong to it. Null: none has a phone. */
export function bestRecipients(catalog: Catalog): CatalogTable | null {
  const tables = tablesById(catalog)
  const belonging = new Map<string, number>()
  for (const { relations } of catalog.tables)
    for (const { to } of relations) belonging.set(to.table, (belonging.get(to.table) ?? 0) + 1)
  const score = (table: CatalogTable): number =>
    (table.kind === 'table' ? 2 : 0) +
    (table.columns.some(({ name }) => NAME.test(name)) ? 2 : 0) +
    (/customer|member|user|client|company|고객|회원|손님/i.test(table.name) ? 3 : 0) +
    Math.min(2, belonging.get(table.id) ?? 0) +
    (table.rowEstimate === 0 ? -3 : 0)
  const suited = catalog.tables.filter((table) => !table.hidden && purposeOf(table, tables)?.kind === 'recipients')
  return suited.toSorted((a, b) => score(b) - score(a) || (b.rowEstimate ?? 0) - (a.rowEstimate ?? 0))[0] ?? null
}

/** The column that greets: what people are called. */
export function nameColumn(table: CatalogTable): CatalogColumn | null {
  const texts = table.columns.filter(({ type }) => type === 'text')
  const exact = /^(customer|user|member|full|contact)?_?name$|^(고객|회원)?\s?(이름|명|성명|성함)$/i
  return texts.find(({ name }) => exact.test(name)) ?? texts.find(({ name }) => NAME.test(name)) ?? null
}
