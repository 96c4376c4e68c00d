import type { Row } from '#runtime/sdk/rows.ts'

/**
 * The recipient's number within the run rides on the row under this symbol: a spread copies it (`{ ...row, x: 1 }`), JSON and
 * `Object.keys` do not see it, so that nodes need not know it.
 */
const NUMBER = Symbol('recipient number')

interface Numbered {
  readonly [NUMBER]?: number
}

/** The same row with its number, counted from 1. Mutates nothing: used where the row is made anyway. */
export function numbered(row: Row, number: number): Row {
  return Object.assign({ ...row }, { [NUMBER]: number })
}

/** Gives a row that was just built, and is not shared yet, its number. */
export function setNumber(row: Record<string, unknown>, number: number): void {
  // The symbol is private to this module; a fresh row is the only thing it is ever set on.
  const target = row as { [NUMBER]?: number }
  target[NUMBER] = number
}

/** The number of a row, or undefined when it has none yet (inside the audience) or a node lost it. */
export function numberOf(row: Row): number | undefined {
  // Rows are plain records; the symbol key is invisible to their index signature.
  return (row as Numbered)[NUMBER]
}
