import type { TextPosition } from '#schemas/problem.ts'

/** Line and column, from 1, of a place counted in characters from 0. */
export function positionOf(sql: string, characters: number): TextPosition {
  const before = [...sql].slice(0, Math.max(0, characters)).join('').split('\n')
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 }
}
