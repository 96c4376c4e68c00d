import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { Localized } from '#schemas/localized.ts'
import type { ParameterValue } from '#schemas/parameter.ts'
import type { QueryRelation } from '#schemas/visual-query.ts'
import { similarColumns } from '#runtime/compile/similar.ts'
import type { Dialect, NodeProblem } from '#runtime/sdk/index.ts'
import { writtenName } from '#schemas/sql-names.ts'
import { FreeNames } from './names.ts'

/** A table as one place of the statement knows it. */
export interface Source {
  readonly table: CatalogTable
  /** As columns are written behind: `customers`, `company`. */
  readonly alias: string
  /** A left join may have brought no row: then every column of it is null. */
  readonly optional: boolean
}

/** A column, found: how it is written, and what the catalog says of it. */
export interface FoundColumn {
  readonly sql: string
  readonly column: CatalogColumn
  readonly nullable: boolean
}

/** What one compilation collects. */
export class Compilation {
  readonly catalog: Catalog
  readonly dialect: Dialect
  readonly problems: NodeProblem[] = []
  readonly parameters: Record<string, ParameterValue> = {}
  readonly #aliases = new FreeNames()
  readonly #names = new FreeNames()
  readonly #tables: ReadonlyMap<string, CatalogTable>

  constructor(catalog: Catalog) {
    this.catalog = catalog
    this.dialect = catalog.dialect
    this.#tables = new Map(catalog.tables.map((table) => [table.id, table]))
  }

  problem(problem: NodeProblem): null {
    this.problems.push(problem)
    return null
  }

  name(name: string): string {
    return writtenName(name, this.dialect)
  }

  /** `:name` of a value that is bound. */
  bind(wanted: string, value: ParameterValue): string {
    const name = this.#names.take(wanted)
    this.parameters[name] = value
    return `:${name}`
  }

  /** The table of this id; else a problem with the one that looks like it. */
  table(id: string, field: string): CatalogTable | null {
    const found = this.#tables.get(id)
    if (found) return found
    const similar = mostLike(
      id,
      [...this.#tables.values()].filter(({ hidden }) => !hidden).map((table) => ({ name: table.id, label: table.displayName })),
    )
    return this.problem(
      similar === undefined
        ? { code: 'sql-unknown-table', fields: { table: id }, field }
        : { code: 'sql-table-like', fields: { table: id, similar }, field },
    )
  }

  source(table: CatalogTable, { alias = table.name, optional = false }: { alias?: string; optional?: boolean } = {}): Source {
    return { table, alias: this.name(this.#aliases.take(alias)), optional }
  }

  /** `from` and `join` write it: the table, and its alias where that is another word. */
  fromOf({ table, alias }: Source): string {
    const name = this.name(table.name)
    const full = table.id === table.name || table.schema === null ? name : `${this.name(table.schema)}.${name}`
    return full === alias ? full : `${full} as ${alias}`
  }

  /** The column of a source; else a problem with the one that looks like it. */
  column(source: Source, name: string, field: string): FoundColumn | null {
    if (name === '') return this.problem({ code: 'config-missing', fields: { field: { en: 'Column', ko: '열' } }, field })
    const column = source.table.columns.find((one) => one.name === name)
    if (column) return { sql: `${source.alias}.${this.name(name)}`, column, nullable: column.nullable || source.optional }
    const similar = mostLike(
      name,
      source.table.columns.map((one) => ({ name: one.name, label: one.displayName })),
    )
    return this.problem(
      similar === undefined
        ? { code: 'sql-unknown-column', fields: { column: name }, field }
        : { code: 'sql-column-like', fields: { column: name, similar }, field },
    )
  }

  /** `company.id = customers.company_id and …`; null: a column of it is not there (and is a problem). */
  on(near: Source, far: Source, { relation, field }: { relation: QueryRelation; field: string }): string | null {
    const pairs = relation.columns.map((name, i) => {
      const left = this.column(near, name, `${field}/columns/${i}`)
      const right = this.column(far, relation.to.columns[i] ?? '', `${field}/to/columns/${i}`)
      return left && right ? `${right.sql} = ${left.sql}` : null
    })
    if (pairs.length !== relation.to.columns.length)
      return this.problem({ code: 'query-relation-unknown', fields: { table: relation.to.table }, field })
    return pairs.every((pair) => pair !== null) ? pairs.join(' and ') : null
  }
}

function mostLike(name: string, all: readonly { name: string; label: string | null }[]): string | undefined {
  const columns = all.map((one) => ({ name: one.name, type: 'text' as const, ...(one.label !== null && { label: one.label }) }))
  return similarColumns(name, columns)[0]?.column.name
}

/** What people call a table or a column, in both languages. */
export const calledIn = (of: Parameters<typeof titleOf>[0]): Localized => ({ en: titleOf(of, 'en'), ko: titleOf(of, 'ko') })

/** Moves a text inwards. */
export const indent = (text: string, by = '  '): string => text.replaceAll('\n', `\n${by}`)

/** Does at most one row of the far table belong to each row? The catalog says so, or its primary key is among the columns. */
export function isToOne(near: CatalogTable, far: CatalogTable, relation: QueryRelation): boolean {
  const key = far.columns.filter(({ primaryKey }) => primaryKey)
  if (key.length > 0 && key.every(({ name }) => relation.to.columns.includes(name))) return true
  return near.relations.some(
    (one) =>
      one.toOne && one.to.table === far.id && same(one.columns, relation.columns) && same(one.to.columns, relation.to.columns),
  )
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((name, i) => name === b[i])
