import type { Column } from '#schemas/column.ts'
import type { Finding } from './finding.ts'

type Side = readonly Column[]

/**
 * The columns of an input into which several lines lead: each column that any of them has, in the order in which they come. One that a
 * line does not have is empty for its rows.
 */
export function joinedColumns(sides: readonly Side[]): Column[] {
  const names = [...new Set(sides.flatMap((side) => side.map(({ name }) => name)))]
  return names.map((name) => {
    const found = sides.flatMap((side) => side.find((column) => column.name === name) ?? [])
    // `names` are those of `found`, so there is one.
    const first = found[0] as Column
    return {
      ...first,
      // Digits and numbers may come mixed then: read as digits, both are right.
      ...(found.some(({ digits }) => digits) && { digits: true }),
      ...((found.length < sides.length || found.some(({ nullable }) => nullable)) && { nullable: true }),
      ...(found.some(({ personal }) => personal) && { personal: true }),
    }
  })
}

/** Names in a sentence: more than so many are counted. */
const MOST_NAMED = 5

/** What does not fit among the lines: a column of two types, and columns that are not everywhere. */
export function joiningFindings(nodeId: string, sides: readonly Side[]): Finding[] {
  if (sides.length === 1) return [{ code: 'merge-of-one', nodeId }]
  const columns = joinedColumns(sides).filter(({ hidden }) => !hidden)
  const differing = columns.flatMap(({ name, type }): Finding[] => {
    const other = sides.flatMap((side) => side.filter((column) => column.name === name && column.type !== type))[0]
    return other ? [{ code: 'merge-types-differ', nodeId, fields: { column: name, first: type, other: other.type } }] : []
  })
  const partly = columns.filter(({ name }) => sides.some((side) => side.every((column) => column.name !== name)))
  if (partly.length === 0) return differing
  const named = partly.slice(0, MOST_NAMED).map(({ name, label }) => label ?? name)
  const more = partly.length - named.length
  const list = {
    en: named.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    ko: named.join(', ') + (more > 0 ? ` 외 ${more}개` : ''),
  }
  return [...differing, { code: 'merge-columns-missing', nodeId, fields: { columns: list } }]
}
