import { endsOf } from '#schemas/range-ends.ts'
import { momentOf, wallText } from '#schemas/moment.ts'
import {
  isQueryGroup,
  isRelated,
  type QueryCondition,
  type QueryConditions,
  type QueryRelation,
  type VisualQuery,
} from '#schemas/visual-query.ts'
import { wallOf } from '#schemas/time-zone.ts'
import { ROWS, type ShopRow } from './query-shop.ts'

// What a query means, said once more without SQL: the rows of the shop, one after the other.

export interface PlainPlace {
  readonly now: number
  readonly timezone: string
  /** Zone of the wall times in the columns. */
  readonly wall: string
}

const related = (row: ShopRow, { columns, to }: QueryRelation): ShopRow[] =>
  (ROWS[to.table] ?? []).filter((far) => columns.every((name, i) => row[name] !== null && far[to.columns[i] ?? ''] === row[name]))

export const allAlong = (row: ShopRow, along: readonly QueryRelation[]): ShopRow[] =>
  along.reduce<ShopRow[]>((rows, relation) => rows.flatMap((one) => related(one, relation)), [row])

type Sources = (of: string | undefined) => ShopRow | undefined

function sourcesFor(row: ShopRow, { joins = [] }: VisualQuery): Sources {
  const found = new Map<string, ShopRow | undefined>()
  const of: Sources = (id) => (id === undefined ? row : found.get(id))
  for (const { id, from, relation } of joins) {
    const near = of(from)
    found.set(id, near && related(near, relation)[0])
  }
  return of
}

function within(value: string, { range }: QueryCondition, { column, place }: { column: string; place: PlainPlace }): boolean {
  const { from, to } = range ? endsOf(range) : {}
  const text = (moment: NonNullable<typeof from>) => {
    const { wall, instant } = momentOf(moment, place)
    if (column === 'birthday') return wallText(wall).slice(0, 10)
    // Instants of the shop are written in UTC.
    return wallText(wallOf(instant, column === 'at' ? 'UTC' : place.wall) + (instant % 1000))
  }
  return (!from || value >= text(from)) && (!to || value < text(to))
}

function holds(condition: QueryCondition, row: ShopRow | undefined, place: PlainPlace): boolean {
  const { column, is, value: wanted = '', to = '' } = condition
  const value = row?.[column] ?? null
  const by = (test: (order: number) => boolean): boolean => {
    if (value === null) return false
    const other = typeof value === 'number' ? Number(wanted) : wanted
    return test(value < other ? -1 : value > other ? 1 : 0)
  }
  const text = value === null ? '' : String(value)
  const tests: Record<QueryCondition['is'], () => boolean> = {
    equals: () => by((order) => order === 0),
    'not-equals': () => !by((order) => order === 0),
    'at-least': () => by((order) => order >= 0),
    'at-most': () => by((order) => order <= 0),
    above: () => by((order) => order > 0),
    below: () => by((order) => order < 0),
    between: () => by((order) => order >= 0) && value !== null && (typeof value === 'number' ? value <= Number(to) : value <= to),
    contains: () => value !== null && text.includes(wanted),
    'not-contains': () => !text.includes(wanted),
    'starts-with': () => value !== null && text.startsWith(wanted),
    'one-of': () => value !== null && wanted.split(',').includes(text),
    'is-null': () => value === null,
    'not-null': () => value !== null,
    'is-empty': () => text === '',
    'not-empty': () => text !== '',
    'is-true': () => value === true,
    'is-false': () => value === false,
    within: () => value !== null && within(text, condition, { column, place }),
    anniversary: () => text.slice(5) === wallText(momentOf({ from: 'day' }, place).wall).slice(5, 10),
  }
  return tests[is]()
}

export function meets(group: QueryConditions, of: Sources, place: PlainPlace): boolean {
  const results = group.items.map((item) => {
    if (isQueryGroup(item)) return item.items.length === 0 || meets(item, of, place)
    if (!isRelated(item)) return holds(item, of(item.of), place)
    const own = of(undefined)
    const found = own ? allAlong(own, item.along).filter((far) => meets(item.where, () => far, place)).length : 0
    const { match, count = 1 } = item
    return match === 'some' ? found > 0 : match === 'none' ? found === 0 : match === 'at-least' ? found >= count : found <= count
  })
  return results.length === 0 || (group.join === 'all' ? results.every(Boolean) : results.some(Boolean))
}

/** Ids of the customers that the query finds, in the order of their ids. */
export function plainIds(query: VisualQuery, place: PlainPlace): unknown[] {
  const { conditions = { join: 'all', items: [] } } = query
  return (ROWS[query.table] ?? []).filter((row) => meets(conditions, sourcesFor(row, query), place)).map(({ id }) => id)
}
