/** More rows than any chunk has. */
const GENERATION = 2 ** 20

/** Which call of a chunk: the first row that it carried, and how many calls carried some of its rows before. */
export interface CallRow {
  readonly from: number
  readonly generation: number
}

/**
 * The number under which a call is kept beside its chunk. A call that carries only what an earlier one of the same rows left out gets a
 * number of its own: what the earlier one carried is found, and reported on, under the earlier one's handle.
 */
export function callRow({ from, generation }: CallRow): number {
  return generation * GENERATION + from
}

export function readCallRow(row: number): CallRow {
  return { from: row % GENERATION, generation: Math.floor(row / GENERATION) }
}

/** In SQL: the first row of the call that is kept under `column`. */
export const firstRowSql = (column: string): string => `${column} % ${GENERATION}`
