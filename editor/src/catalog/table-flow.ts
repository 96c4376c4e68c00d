import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { Language } from '#schemas/localized.ts'
import { writtenName, writtenTable } from '#schemas/sql-names.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { friendlyNames } from '#editor/model/friendly.ts'
import { messageWorkflow, type Beginning } from '#editor/screens/start-list/list-workflow.ts'
import { nameColumn, phoneColumn } from './purpose.ts'

/** More columns than these nobody wants in a message; the key, the address and the name are among them in any case. */
const MOST_COLUMNS = 40
/** PostgreSQL cuts longer names off. Bytes. */
const LONGEST_NAME = 60

const OPT_OUT = /opt.?out|unsubscri|수신.?거부/i

interface Wish {
  readonly catalog: Catalog
  readonly table: CatalogTable
  readonly language: Language
  /** Types of steps that there are: a table is read without SQL where that can be. */
  readonly types: ReadonlySet<string>
  readonly name: string
  /** The sentence around the hole for a name. */
  readonly greeting: (hole: string) => string
}

/** A column of the table, and what everything behind the source calls it. */
interface Output {
  readonly column: CatalogColumn
  readonly as: string
}

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** What is read of the table: by the names that people use, where they are short enough and each stands for one column. */
export function outputsOf(table: CatalogTable, language: Language): Output[] {
  const important = new Set([phoneColumn(table), nameColumn(table)])
  const useful = table.columns.filter(({ type }) => type !== 'bytes' && type !== 'json')
  const chosen = useful.filter((column, place) => place < MOST_COLUMNS || important.has(column) || column.primaryKey)
  const titles = chosen.map((column) => (language === 'en' ? (column.displayName ?? column.name) : titleOf(column, language)))
  const taken = new Set(chosen.map(({ name }) => name))
  return chosen.map((column, place) => {
    const title = titles[place]?.normalize('NFC') ?? column.name
    const isOne = titles.filter((other) => other === titles[place]).length === 1 && (title === column.name || !taken.has(title))
    return { column, as: isOne && bytes(title) <= LONGEST_NAME ? title : column.name }
  })
}

/** A query that somebody can read, in the place of a table that nothing else reads yet. */
export function selectOf(table: CatalogTable, outputs: readonly Output[], dialect: Catalog['dialect']): string {
  const lines = outputs.map(({ column, as }) => {
    const name = writtenName(column.name, dialect)
    return as === column.name ? `  ${name}` : `  ${name} as ${writtenName(as, dialect)}`
  })
  const keys = table.columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => writtenName(name, dialect))
  const order = keys.length === 0 ? '' : `\norder by ${keys.join(', ')}`
  return `select\n${lines.join(',\n')}\nfrom ${writtenTable(table, dialect)}${order}`
}

function sourceOf({ catalog, table, types }: Wish, outputs: readonly Output[]): Pick<WorkflowNode, 'type' | 'config'> {
  const connection = catalog.connectionId
  if (types.has('table-source')) {
    const columns = outputs.map(({ column, as }) => ({ column: column.name, as }))
    return { type: 'table-source', config: { connection, query: { table: table.id, columns } } }
  }
  return { type: 'sql-source', config: { connection, sql: selectOf(table, outputs, catalog.dialect) } }
}

/** The workflow that a table becomes: who, who not, a greeting, and the sandbox. Null: nothing in the table can be written to. */
export function tableFlow(wish: Wish): WorkflowDocument | null {
  const { table, language } = wish
  const outputs = outputsOf(table, language)
  const of = (column: CatalogColumn | null | undefined) => outputs.find((one) => one.column === column)?.as ?? null
  const address = of(phoneColumn(table))
  if (address === null) return null
  const greeted = of(nameColumn(table))
  const named = friendlyNames(
    outputs.map(({ as }) => ({ name: as })),
    language,
  ).find(({ column }) => column === greeted)
  const beginning: Beginning | null =
    named === undefined
      ? null
      : { text: `${wish.greeting(`#{${named.variable}}`)}\n`, variable: named.variable, column: named.column }
  const optOut = of(table.columns.find(({ name, type }) => OPT_OUT.test(name) && type !== 'text'))
  return messageWorkflow({ name: wish.name, source: sourceOf(wish, outputs), address, optOut, beginning })
}
