import { titleOf } from '#schemas/catalog-title.ts'
import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { findKorean } from '#schemas/korean-search.ts'
import type { Language } from '#schemas/localized.ts'
import type { Dialect } from '#schemas/sql/dialect.ts'
import { functionsOf, KEYWORDS, QUERY_WORDS } from './functions.ts'
import { placeAt, type Place } from './place.ts'

/** Something that can be written at a place of a statement. */
export interface SqlOffer {
  readonly kind: 'table' | 'column' | 'parameter' | 'function' | 'keyword'
  /** The technical name. */
  readonly label: string
  /** How people call it. */
  readonly title: string
  /** Type of a column, rows of a table. */
  readonly detail: string
  readonly description: string | null
  /** What is written; of a function with the place of the cursor as `$0`. */
  readonly insert: string
  /** Smaller comes first. */
  readonly rank: number
}

export interface SqlHelp {
  readonly dialect: Dialect
  /** Null: not read yet, or nobody can. */
  readonly catalog: Catalog | null
  /** What `:name` may be here, with the text that says what it is. */
  readonly parameters: readonly { readonly name: string; readonly title: string }[]
  readonly language: Language
}

/** A name as a statement must write it: quoted only where a plain word would be read as another. */
export function writeName(name: string, dialect: Dialect): string {
  const plain = dialect === 'postgres' ? /^[\p{Ll}\p{Lo}_][\p{Ll}\p{Lo}\p{Nd}_]*$/u : /^[\p{L}_][\p{L}\p{Nd}_]*$/u
  if (plain.test(name) && !QUERY_WORDS.has(name.toLowerCase())) return name
  const quote = dialect === 'postgres' ? '"' : '`'
  return quote + name.replaceAll(quote, quote + quote) + quote
}

const writeTable = ({ id, schema, name }: CatalogTable, dialect: Dialect): string =>
  schema !== null && id !== name ? `${writeName(schema, dialect)}.${writeName(name, dialect)}` : writeName(name, dialect)

/** 0: begins with what was typed … 3: is only told so in its description. Null: not found. */
function closeness(typed: string, texts: readonly (string | null)[]): number | null {
  if (typed === '') return 0
  let best: number | null = null
  for (const [i, text] of texts.entries()) {
    const at = text === null ? null : findKorean(text, typed)
    if (at === null) continue
    // What is typed in full comes first, so that Enter does not make something else of it.
    if (i === 0 && text === typed) return -1
    const rank = (at[0] === 0 ? 0 : 1) + (i > 1 ? 2 : 0)
    best = best === null ? rank : Math.min(best, rank)
  }
  return best
}

class Offers {
  readonly found: SqlOffer[] = []
  readonly #typed: string

  constructor(typed: string) {
    this.#typed = typed
  }

  /** `group`: which kind of thing comes first at this place. */
  add(offer: Omit<SqlOffer, 'rank'>, { group, texts = [] }: { group: number; texts?: readonly (string | null)[] }): void {
    const rank = closeness(this.#typed, [offer.label, offer.title, ...texts])
    if (rank !== null) this.found.push({ ...offer, rank: rank * 10 + group })
  }
}

function addTables(offers: Offers, { catalog, dialect, language }: SqlHelp, group: number): void {
  for (const table of catalog?.tables ?? []) {
    if (table.hidden) continue
    const title = titleOf(table, language)
    const detail = table.rowEstimate === null ? '' : `≈ ${table.rowEstimate.toLocaleString(language)}`
    offers.add(
      { kind: 'table', label: table.name, title, detail, description: table.description, insert: writeTable(table, dialect) },
      { group, texts: [table.comment, table.description] },
    )
  }
}

interface Owner {
  readonly table: CatalogTable
  /** What is written before the column; empty: nothing needs to be. */
  readonly prefix: string
}

function addColumns(offers: Offers, { dialect, language }: SqlHelp, { owner, group }: { owner: Owner; group: number }): void {
  const of = (column: CatalogColumn): string =>
    owner.prefix === '' ? column.sourceType : `${column.sourceType} · ${titleOf(owner.table, language)}`
  for (const column of owner.table.columns) {
    offers.add(
      {
        kind: 'column',
        label: column.name,
        title: titleOf(column, language),
        detail: of(column),
        description: column.description,
        insert: `${owner.prefix}${writeName(column.name, dialect)}`,
      },
      { group, texts: [column.comment, column.description] },
    )
  }
}

const tableCalled = (catalog: Catalog | null, name: string): CatalogTable | undefined =>
  catalog?.tables.find((table) => table.name.toLowerCase() === name.toLowerCase())

/** The tables whose columns may be meant: of the name before the point, of the statement, or of any table while there is none. */
function ownersAt(place: Place, { catalog, dialect }: SqlHelp): Owner[] {
  if (place.qualifier !== null) {
    const table = tableCalled(catalog, place.tables.get(place.qualifier) ?? place.qualifier)
    return table ? [{ table, prefix: '' }] : []
  }
  const used = [...place.tables].flatMap(([alias, name]) => {
    const table = tableCalled(catalog, name)
    return table ? [{ table, prefix: `${writeName(alias, dialect)}.` }] : []
  })
  if (used.length === 1) return used.map(({ table }) => ({ table, prefix: '' }))
  if (used.length > 1) return used
  // No table is named yet: whoever begins with the columns finds them all.
  return place.typed === '' ? [] : (catalog?.tables ?? []).filter(({ hidden }) => !hidden).map((table) => ({ table, prefix: '' }))
}

function addWords(offers: Offers, { dialect, language }: SqlHelp): void {
  for (const { name, text } of functionsOf(dialect))
    offers.add(
      { kind: 'function', label: name, title: text[language], detail: '', description: null, insert: `${name}($0)` },
      { group: 3, texts: [text.en, text.ko] },
    )
  addKeywords(offers, '')
}

/** `start`: only those that begin with it. */
function addKeywords(offers: Offers, start: string): void {
  for (const word of KEYWORDS.filter((one) => one.startsWith(start.toLowerCase())))
    offers.add({ kind: 'keyword', label: word, title: '', detail: '', description: null, insert: word }, { group: 4 })
}

/** What can be written at this place, best first, and where what is typed of it begins; null: nothing. */
export function sqlOffers(sql: string, offset: number, help: SqlHelp): { from: number; offers: SqlOffer[] } | null {
  const place = placeAt(sql, offset, help.dialect)
  if (place === null) return null
  const offers = new Offers(place.typed)
  if (place.wants === 'parameter') {
    for (const { name, title } of help.parameters)
      offers.add({ kind: 'parameter', label: name, title, detail: '', description: null, insert: name }, { group: 0 })
  } else if (place.wants === 'table') {
    addTables(offers, help, 0)
  } else if (place.wants === 'keyword') {
    // One letter is a short name for a table, most often.
    if (place.typed.length !== 1) addKeywords(offers, place.typed)
  } else {
    for (const owner of ownersAt(place, help)) addColumns(offers, help, { owner, group: place.wants === 'column' ? 0 : 2 })
    if (place.qualifier === null) {
      addTables(offers, help, place.wants === 'anything' ? 1 : 2)
      addWords(offers, help)
    }
  }
  return { from: place.from, offers: offers.found.toSorted((a, b) => a.rank - b.rank).slice(0, 200) }
}
