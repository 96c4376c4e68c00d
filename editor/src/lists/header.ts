import { LIST_COLUMN_NAME } from '#schemas/list.ts'
import type { CellRow } from './read-cells.ts'
import { normalizePhone } from '#schemas/phone.ts'

const filled = (row: CellRow): number => row.cells.filter((cell) => cell.trim() !== '').length

/** Number of columns, and how many rows at the top are a title above the table: one cell, where the table has more. */
export function shapeOf(rows: readonly CellRow[]): { width: number; titles: number } {
  const width = Math.max(0, ...rows.slice(0, 1000).map(({ cells }) => cells.length))
  const usual = Math.max(0, ...rows.slice(0, 50).map(filled))
  if (usual < 2) return { width, titles: 0 }
  const first = rows.findIndex((row) => filled(row) > 1)
  return { width, titles: Math.max(0, first) }
}

/** Is this a value, and no name of a column? */
const isValue = (cell: string): boolean =>
  normalizePhone(cell) !== null || /^[₩$+-]?[\d.,]+%?$|^\d+(?:\.\d+)?E\+?\d+$|^\S+@\S+\.\S+$|^\d{2,4}[-./년]/i.test(cell.trim())

/** Does the table begin with the names of its columns? A row of values does not name anything. */
export function beginsWithHeader(rows: readonly CellRow[]): boolean {
  const [first, ...rest] = rows
  if (first === undefined || first.cells.some(isValue)) return false
  const names = first.cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (names.length === 0 || new Set(names).size < names.length) return false
  // Names of columns have values below them that are no names; a list of nothing but words says nothing either way.
  return rest.length === 0 || rest.slice(0, 50).some(({ cells }) => cells.some(isValue)) || names.length > 1
}

/** A column by its letter, as spreadsheets call it. */
function letterOf(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}

interface ColumnName {
  /** What a workflow calls it. */
  readonly name: string
  /** As the sheet calls it. */
  readonly label: string
}

const isName = new RegExp(LIST_COLUMN_NAME)

/** Names of the columns after their headers; those without one after their letter. No two are the same. */
export function columnNames(header: readonly string[], width: number, unnamed: (letter: string) => string): ColumnName[] {
  const taken = new Set<string>()
  return Array.from({ length: width }, (_, index): ColumnName => {
    const label = (header[index] ?? '').normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, 200) || unnamed(letterOf(index))
    const plain = label.replace(/[^A-Za-z0-9_가-힣ㄱ-ㅎㅏ-ㅣ]+/g, '_').replace(/^_+|_+$/g, '')
    const base = (/^\d/.test(plain) ? `_${plain}` : plain).slice(0, 90)
    const whole = isName.test(base) ? base : `column_${letterOf(index)}`
    let name = whole
    for (let turn = 2; taken.has(name); turn += 1) name = `${whole}_${turn}`
    taken.add(name)
    return { name, label }
  })
}
