import {
  isQueryGroup,
  isRelated,
  type QueryConditions,
  type QueryRelation,
  type RelatedCondition,
} from '#schemas/visual-query.ts'
import { conditionSql } from './condition.ts'
import type { Place } from './place.ts'
import { indent, type Compilation, type Source } from './scope.ts'

/** A group as an expression; null: it has no conditions, or none that is right. */
export function conditionsSql(at: Compilation, group: QueryConditions, place: Place): string | null {
  const parts = group.items.flatMap((item, index): string[] => {
    const here = { ...place, path: `${place.path}/items/${index}` }
    if (isRelated(item)) return asList(related(at, item, here))
    if (!isQueryGroup(item)) return asList(conditionSql(at, item, here))
    const inside = conditionsSql(at, item, here)
    const many = item.items.length > 1 && item.join !== group.join
    return inside === null ? [] : [many ? `(${indent(inside)})` : inside]
  })
  return parts.length === 0 ? null : parts.join(group.join === 'all' ? '\nand ' : '\nor ')
}

const asList = (sql: string | null): string[] => (sql === null ? [] : [sql])

/** `from reviews where reviews.company_id = company.id`, over as many tables as the way has. */
export interface Way {
  readonly from: string
  /** What binds it to the row outside. */
  readonly bound: string
  readonly far: Source
}

/** The way to related rows; null: something of it is not there (and is a problem). */
export function wayOf(at: Compilation, along: readonly QueryRelation[], place: Place): Way | null {
  let near = place.own
  let from = ''
  let bound = ''
  for (const [index, relation] of along.entries()) {
    const field = `${place.path}/along/${index}`
    const table = at.table(relation.to.table, `${field}/to/table`)
    if (!table) return null
    const far = at.source(table)
    const on = at.on(near, far, { relation, field })
    if (on === null) return null
    if (index === 0) [from, bound] = [`from ${at.fromOf(far)}`, on]
    else from += `\njoin ${at.fromOf(far)} on ${on}`
    near = far
  }
  return { from, bound, far: near }
}

/** The place of the conditions on the far table: only its own columns are known there. */
const inside = (at: Compilation, far: Source, path: string): Place => ({
  path,
  own: far,
  source: (of, field) => (of === undefined ? far : at.problem({ code: 'query-join-unknown', fields: { join: of }, field })),
})

/** What holds of the related rows: they belong to the row outside, and meet the conditions. */
export function whereOf(
  at: Compilation,
  way: Way,
  { where, path }: { where: RelatedCondition['where'] | undefined; path: string },
): string {
  const own = where && conditionsSql(at, where, inside(at, way.far, path))
  if (own === undefined || own === null) return way.bound
  return `${way.bound}\n  and ${where?.join === 'any' && where.items.length > 1 ? `(${indent(own, '    ')})` : indent(own)}`
}

/** How many related rows meet the conditions: a person is in or out, and never there twice. */
function related(at: Compilation, item: RelatedCondition, place: Place): string | null {
  const way = wayOf(at, item.along, place)
  if (!way) return null
  const where = whereOf(at, way, { where: item.where, path: `${place.path}/where` })
  const count = item.count ?? 1
  // "At least one" and "at most none" are found at the first row.
  if (item.match === 'some' || (item.match === 'at-least' && count === 1)) return exists(way.from, where)
  if (item.match === 'none' || (item.match === 'at-most' && count === 0)) return `not ${exists(way.from, where)}`
  const hole = at.bind('count', { type: 'integer', value: String(count) })
  return `(\n  select count(*)\n  ${indent(way.from)}\n  where ${indent(where)}\n) ${item.match === 'at-least' ? '>=' : '<='} ${hole}`
}

const exists = (from: string, where: string): string => `exists (\n  select 1\n  ${indent(from)}\n  where ${indent(where)}\n)`
