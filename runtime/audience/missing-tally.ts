import type { Column } from '#schemas/column.ts'
import type { AudienceCheck } from '#schemas/audience.ts'
import { fieldsWithWidget } from '#runtime/compile/schema-text.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import { rowOf } from '#runtime/flow/message.ts'
import { placeOf } from '#runtime/preview/recorder.ts'
import type { Message, Row } from '#runtime/sdk/index.ts'

type Figures = { -readonly [Key in keyof AudienceCheck['missing'][number]]: AudienceCheck['missing'][number][Key] }

interface Watched {
  readonly figures: Figures
  readonly column: Column
}

/** Counts, variable by variable, whose value is missing where a mapping fills it: none, an empty one, or no row that could have one. */
export class MissingTally {
  readonly #byNode: Readonly<Record<string, readonly Watched[]>>
  /** Places of the people of the batch at hand who miss something. */
  readonly #people = new Set<number>()

  constructor(walk: Walk) {
    this.#byNode = Object.fromEntries(
      Object.values(walk.nodes).flatMap((node) => {
        const watched = watchedOf(node)
        return watched.length === 0 ? [] : [[node.id, watched]]
      }),
    )
  }

  see(nodeId: string, items: readonly (Row | Message)[]): void {
    const watched = this.#byNode[nodeId]
    if (!watched) return
    for (const item of items) {
      const row = rowOf(item)
      for (const { figures, column } of watched) {
        if (!isMissing(row, column)) continue
        figures.count += 1
        this.#people.add(placeOf(row))
      }
    }
  }

  /** Somebody gets no message because of a variable: an error of a value that is there does not count. */
  refused(nodeId: string, variable: unknown, place: number): void {
    if (!this.#people.has(place)) return
    const found = this.#byNode[nodeId]?.find(({ figures }) => figures.variable === variable)
    if (found) found.figures.refused += 1
  }

  has(place: number): boolean {
    return this.#people.has(place)
  }

  forget(): void {
    this.#people.clear()
  }

  figures(): AudienceCheck['missing'] {
    return Object.values(this.#byNode)
      .flat()
      .map(({ figures }) => ({ ...figures }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count)
  }
}

function watchedOf(node: PlanNode): Watched[] {
  const columns = Object.values(node.inputs).flat()
  return fieldsWithWidget(node.type.config, 'mapping').flatMap(({ name }) => {
    // The config was checked against the schema that has the field.
    const entries = Object.entries((node.config as Record<string, Record<string, { column?: unknown }>>)[name] ?? {})
    return entries.flatMap(([variable, entry]) => {
      const column = columns.find((one) => one.name === entry.column)
      return column ? [{ column, figures: { nodeId: node.id, variable, column: column.name, count: 0, refused: 0 } }] : []
    })
  })
}

function isMissing(row: Row, column: Column): boolean {
  const value = row[column.name]
  return value === null || value === undefined || value === '' || (column.missing !== undefined && row[column.missing] === true)
}
