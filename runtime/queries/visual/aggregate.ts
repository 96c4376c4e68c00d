import type { QueryAggregate } from '#schemas/visual-query.ts'
import { whereOf, wayOf } from './groups.ts'
import type { Place } from './place.ts'
import { calledIn, indent, type Compilation } from './scope.ts'

const FUNCTIONS = { sum: 'sum', average: 'avg', lowest: 'min', highest: 'max' } as const

/** One value made of the related rows, as a column. */
export function aggregateSql(at: Compilation, item: QueryAggregate, place: Place): string | null {
  const way = wayOf(at, item.along, place)
  if (!way) return null
  const { path } = place
  const column = item.aggregate === 'count' ? null : at.column(way.far, item.column ?? '', `${path}/column`)
  const by = item.aggregate === 'latest' ? at.column(way.far, item.by ?? '', `${path}/by`) : null
  if ((item.aggregate !== 'count' && !column) || (item.aggregate === 'latest' && !by)) return null
  const needsNumber = item.aggregate === 'sum' || item.aggregate === 'average'
  if (column && needsNumber && column.column.type !== 'integer' && column.column.type !== 'decimal')
    return at.problem({
      code: 'query-not-a-number',
      fields: { column: calledIn(column.column) },
      field: `${path}/column`,
    })
  const where = whereOf(at, way, { where: item.where, path: `${path}/where` })
  const body = (what: string, rest = '') => `(\n  select ${what}\n  ${indent(way.from)}\n  where ${indent(where)}${rest}\n)`
  if (item.aggregate === 'count' || !column) return body('count(*)')
  if (item.aggregate !== 'latest' || !by) return body(`${FUNCTIONS[item.aggregate as keyof typeof FUNCTIONS]}(${column.sql})`)
  const key = way.far.table.columns
    .filter(({ primaryKey }) => primaryKey)
    .map(({ name }) => `, ${way.far.alias}.${at.name(name)} desc`)
  return body(column.sql, `\n    and ${by.sql} is not null\n  order by ${by.sql} desc${key.join('')}\n  limit 1`)
}
