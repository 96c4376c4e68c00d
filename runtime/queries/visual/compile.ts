import type { Catalog, CatalogTable } from '#schemas/catalog.ts'
import type { QueryColumn, QueryOrder, VisualQuery } from '#schemas/visual-query.ts'
import type { CompiledQuery } from '#runtime/sdk/table-queries.ts'
import { aggregateSql } from './aggregate.ts'
import { conditionsSql } from './groups.ts'
import type { Place } from './place.ts'
import { calledIn, Compilation, indent, isToOne, type FoundColumn, type Source } from './scope.ts'

type QueryOutput = CompiledQuery['outputs'][number]

/**
 * Makes a statement of a query that was put together without SQL. Pure. Identifiers are those of the catalog, whatever the query says; what
 * is not there is a problem with the name that looks like it. Moments stay moments: they are computed when a run starts.
 */
export function compileQuery(query: VisualQuery, catalog: Catalog): CompiledQuery {
  const at = new Compilation(catalog)
  const clauses = query.table === '' ? missingTable(at) : clausesOf(at, query)
  const { problems, parameters } = at
  const title = clauses && calledIn(clauses.table)
  if (!clauses || problems.length > 0)
    return { sql: null, countSql: null, parameters: {}, outputs: clauses?.outputs ?? [], title, problems }
  const { select, from, order, outputs } = clauses
  const limit = query.limit === undefined ? '' : `\nlimit ${query.limit}`
  return {
    sql: `select\n  ${select.join(',\n  ')}\n${from}${order}${limit}`,
    countSql:
      limit === ''
        ? `select count(*) as n\n${from}`
        : `select count(*) as n\nfrom (\n  select 1 as one\n  ${indent(from + limit)}\n) as counted`,
    parameters,
    outputs,
    title,
    problems,
  }
}

interface Clauses {
  readonly table: CatalogTable
  readonly select: readonly string[]
  readonly from: string
  readonly order: string
  readonly outputs: readonly QueryOutput[]
}

const missingTable = (at: Compilation): null =>
  at.problem({ code: 'config-missing', fields: { field: { en: 'Table', ko: '표' } }, field: 'table' })

function clausesOf(at: Compilation, query: VisualQuery): Clauses | null {
  const table = at.table(query.table, 'table')
  if (!table) return null
  const own = at.source(table)
  const joins = joinsOf(at, own, query)
  const place: Place = {
    path: 'conditions',
    own,
    source: (of, field) => {
      if (of === undefined) return own
      const known = joins.sources.get(of)
      if (known === undefined) return at.problem({ code: 'query-join-unknown', fields: { join: of }, field })
      return known
    },
  }
  // The joins are compiled first and the conditions last, but the words stand in the order of a statement.
  const columns = query.columns.map((column, index) => outputOf(at, column, { ...place, path: `columns/${index}` }))
  namesOf(at, query.columns)
  const where = query.conditions ? conditionsSql(at, query.conditions, place) : null
  return {
    table,
    select: columns.map(({ sql, name }) => (sql.endsWith(`.${at.name(name)}`) ? sql : `${indent(sql)} as ${at.name(name)}`)),
    from: [`from ${at.fromOf(own)}`, ...joins.lines, ...(where === null ? [] : [`where ${indent(where)}`])].join('\n'),
    order: orderOf(at, query, place),
    outputs: columns.map(({ name, personal, nullable }) => ({ name, personal, nullable })),
  }
}

function joinsOf(
  at: Compilation,
  own: Source,
  { joins = [] }: VisualQuery,
): { sources: Map<string, Source | null>; lines: string[] } {
  const sources = new Map<string, Source | null>()
  const lines: string[] = []
  for (const [index, { id, from, relation }] of joins.entries()) {
    const field = `joins/${index}`
    const near = from === undefined ? own : sources.get(from)
    const table = at.table(relation.to.table, `${field}/relation/to/table`)
    // Not found: null, which stands for a problem that is told already.
    sources.set(id, null)
    if (near === undefined) at.problem({ code: 'query-join-unknown', fields: { join: from ?? '' }, field: `${field}/from` })
    if (!near || !table) continue
    if (!isToOne(near.table, table, relation)) {
      at.problem({ code: 'query-relation-many', fields: { table: calledIn(table) }, field: `${field}/relation` })
      continue
    }
    const far = at.source(table, { alias: id, optional: true })
    const on = at.on(near, far, { relation, field: `${field}/relation` })
    sources.set(id, far)
    if (on !== null) lines.push(`left join ${at.fromOf(far)} on ${on}`)
  }
  return { sources, lines }
}

function outputOf(at: Compilation, item: QueryColumn, place: Place): QueryOutput & { sql: string } {
  if ('aggregate' in item) {
    const sql = aggregateSql(at, item, place) ?? 'null'
    return { sql, name: item.as, personal: isPersonal(at, item), nullable: item.aggregate !== 'count' }
  }
  const source = place.source(item.of, `${place.path}/of`)
  const found: FoundColumn | null = source && at.column(source, item.column, `${place.path}/column`)
  return {
    sql: found?.sql ?? 'null',
    name: item.as,
    personal: found?.column.personal ?? false,
    nullable: found?.nullable ?? true,
  }
}

/** The latest name of a person is as personal as the name; how many there are is not. */
function isPersonal({ catalog }: Compilation, item: Extract<QueryColumn, { aggregate: unknown }>): boolean {
  if (item.column === undefined || item.aggregate === 'count') return false
  const table = catalog.tables.find(({ id }) => id === item.along.at(-1)?.to.table)
  return table?.columns.find(({ name }) => name === item.column)?.personal ?? false
}

/** PostgreSQL cuts longer names off without a word. */
const LONGEST_NAME_BYTES = 63

function namesOf(at: Compilation, columns: readonly QueryColumn[]): void {
  if (columns.length === 0)
    at.problem({ code: 'config-missing', fields: { field: { en: 'Columns', ko: '열' } }, field: 'columns' })
  const seen = new Set<string>()
  for (const [index, { as }] of columns.entries()) {
    const field = `columns/${index}/as`
    if (seen.has(as)) at.problem({ code: 'query-name-twice', fields: { column: as }, field })
    seen.add(as)
    if (Buffer.byteLength(as) > LONGEST_NAME_BYTES) at.problem({ code: 'query-name-too-long', fields: { column: as }, field })
  }
}

function orderOf(at: Compilation, { order = [], limit, columns }: VisualQuery, place: Place): string {
  const parts = order.map((item, index) => orderSql(at, item, { ...place, path: `order/${index}`, outputs: columns }))
  if (parts.length === 0 && limit === undefined) return ''
  // Rows that are equal in all this keep one order, so that a limit always takes the same ones.
  const key = place.own.table.columns
    .filter(({ primaryKey }) => primaryKey)
    .map(({ name }) => `${place.own.alias}.${at.name(name)}`)
  const all = [...parts, ...key.filter((sql) => !parts.some((part) => part === sql || part.startsWith(`${sql} `)))]
  return all.length === 0 ? '' : `\norder by ${all.join(', ')}`
}

function orderSql(at: Compilation, item: QueryOrder, place: Place & { outputs: readonly QueryColumn[] }): string {
  const { path } = place
  const direction = item.descending === true ? ' desc' : ''
  if ('output' in item) {
    if (!place.outputs.some(({ as }) => as === item.output))
      at.problem({ code: 'unknown-column', fields: { column: item.output }, field: `${path}/output` })
    return nullsLast(at, at.name(item.output), { direction, nullable: true })
  }
  const source = place.source(item.of, `${path}/of`)
  const found = source && at.column(source, item.column, `${path}/column`)
  return found ? nullsLast(at, found.sql, { direction, nullable: found.nullable }) : ''
}

/** The databases differ in where rows without a value come; here they are the last ones. */
function nullsLast(
  { dialect }: Compilation,
  sql: string,
  { direction, nullable }: { direction: string; nullable: boolean },
): string {
  if (!nullable) return `${sql}${direction}`
  return dialect === 'postgres' ? `${sql}${direction} nulls last` : `${sql} is null, ${sql}${direction}`
}
