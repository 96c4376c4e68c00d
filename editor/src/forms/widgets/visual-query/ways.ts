import type { Catalog, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import type { Language } from '#schemas/localized.ts'
import type { QueryRelation } from '#schemas/visual-query.ts'

/** A way over relations to another table, and how a person says it: `가게의 리뷰`. */
export interface Way {
  /** The same for the same way; a key of choices. */
  readonly key: string
  readonly along: readonly QueryRelation[]
  readonly far: CatalogTable
  readonly label: string
  /** At most one row is at its end: it can lend columns. */
  readonly toOne: boolean
}

interface Step {
  readonly relation: QueryRelation
  readonly far: CatalogTable
  readonly toOne: boolean
}

/** Three relations say "products of the orders of the customer"; more is no longer a sentence. */
const LONGEST = 3
/** Beyond this a list is not read any more; the nearest ways come first. */
const MOST = 200

export const keyOf = (along: readonly QueryRelation[]): string =>
  JSON.stringify(along.map(({ columns, to }) => [columns, to.table, to.columns]))

function stepsFrom(table: CatalogTable, catalog: Catalog): Step[] {
  const steps: Step[] = []
  const find = (id: string) => catalog.tables.find((one) => one.id === id && !one.hidden)
  for (const { columns, to, toOne } of table.relations) {
    const far = find(to.table)
    if (far) steps.push({ relation: { columns: [...columns], to: { table: far.id, columns: [...to.columns] } }, far, toOne })
  }
  for (const far of catalog.tables) {
    if (far.hidden) continue
    for (const { columns, to } of far.relations) {
      if (to.table !== table.id) continue
      const key = far.columns.filter(({ primaryKey }) => primaryKey)
      const toOne = key.length > 0 && key.every(({ name }) => columns.includes(name))
      steps.push({ relation: { columns: [...to.columns], to: { table: far.id, columns: [...columns] } }, far, toOne })
    }
  }
  return steps
}

/**
 * All ways from a table, the shortest first. None comes to a table twice: forth and back leads to the same row, or to its siblings, and
 * nobody means that by "whose"; only a table that belongs to itself is its own neighbour. Two that would be called alike are told
 * apart by their columns.
 */
export function waysFrom(table: CatalogTable, catalog: Catalog, language: Language): Way[] {
  const found: Way[] = []
  let front: { table: CatalogTable; been: readonly string[]; along: QueryRelation[]; names: string[]; toOne: boolean }[] = [
    { table, been: [], along: [], names: [], toOne: true },
  ]
  for (let length = 1; length <= LONGEST && found.length < MOST; length++) {
    front = front.flatMap((from) =>
      stepsFrom(from.table, catalog)
        .filter(({ far }) => !from.been.includes(far.id))
        .map((step) => ({
          table: step.far,
          been: [...from.been, from.table.id, step.far.id],
          along: [...from.along, step.relation],
          names: [...from.names, titleOf(step.far, language)],
          toOne: from.toOne && step.toOne,
        })),
    )
    for (const { table: far, along, names, toOne } of front)
      found.push({ key: keyOf(along), along, far, label: said(names, language), toOne })
  }
  return toldApart(found.slice(0, MOST), { table, catalog, language })
}

/** `가게의 리뷰`, `reviews of the shop`. */
function said(names: readonly string[], language: Language): string {
  return language === 'ko' ? names.join('의 ') : names.toReversed().join(' of ')
}

function toldApart(ways: Way[], { table, language }: { table: CatalogTable; catalog: Catalog; language: Language }): Way[] {
  const count = new Map<string, number>()
  for (const { label } of ways) count.set(label, (count.get(label) ?? 0) + 1)
  return ways.map((way) => {
    const [first] = way.along
    if ((count.get(way.label) ?? 0) < 2 || !first) return way
    // The near columns where the relation starts there, else those of the other table.
    const near = first.columns.map((name) => table.columns.find((one) => one.name === name))
    const isKey = near.every((one) => one?.primaryKey)
    const by = isKey ? first.to.columns : near.map((one, index) => (one ? titleOf(one, language) : (first.columns[index] ?? '')))
    return { ...way, label: `${way.label} (${by.join(', ')})` }
  })
}
