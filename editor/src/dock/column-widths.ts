import { plainText } from '#editor/model/plain-text.ts'
import type { Column } from '#schemas/column.ts'

interface Measured {
  readonly column: Column
  readonly valueOf: (index: number) => unknown
}

/** What stands above some columns needs so much, in px. */
const HEAD = 190

/** Pixels: as wide as what stands in it, within bounds; Hangul is nearly twice as wide as Latin. */
export function widthOf({ column, valueOf }: Measured, count: number): number {
  const measure = (text: string) =>
    Array.from(text).reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 12.5 : 7.3), 0)
  let widest = Math.max(measure(column.label ?? column.name), column.label === undefined ? 0 : measure(column.name))
  for (let index = 0; index < Math.min(count, 20); index += 1) widest = Math.max(widest, measure(plainText(valueOf(index))))
  return Math.max(56, Math.min(260, Math.ceil(widest) + 24))
}

/** Where the columns below one head are narrower than it, the last of them takes what is missing. */
export function roomForHeads(widths: readonly number[], spans: readonly number[]): readonly number[] {
  let end = 0
  return spans.reduce((all, span) => {
    const start = end
    end += span
    const sum = all.slice(start, end).reduce((some, width) => some + width, 0)
    const last = all[end - 1]
    return last === undefined || sum >= HEAD ? all : all.with(end - 1, last + HEAD - sum)
  }, widths)
}
