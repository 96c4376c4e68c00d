import type { CellRow } from '../read-cells.ts'
import { shownNumber, type NumberFormat } from './shown-number.ts'
import { readXml } from './xml.ts'

/** What the cells of a sheet refer to. */
export interface SheetParts {
  readonly strings: readonly string[]
  /** By the number of a cell's style. */
  readonly formats: readonly NumberFormat[]
  /** Days are counted from 1904, as Excel for Mac once did. */
  readonly is1904: boolean
}

/** 0 for A, 26 for AA. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference.replace(/[^A-Z]/gi, '').toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Excel writes letters that XML cannot hold as _x000D_. */
export const plainString = (text: string): string =>
  text
    .replace(/_x([\da-f]{4})_/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\r\n?/g, '\n')

function shownValue(type: string, raw: string, style: { parts: SheetParts; number: string | undefined }): string {
  const { parts, number } = style
  if (type === 's') return parts.strings[Number(raw)] ?? ''
  if (type === 'b') return raw === '1' ? 'TRUE' : 'FALSE'
  const value = Number(raw)
  if ((type !== '' && type !== 'n') || raw.trim() === '' || !Number.isFinite(value)) return plainString(raw)
  return shownNumber(value, parts.formats[Number(number ?? '0')] ?? { kind: 'code', code: 'General' }, parts.is1904)
}

/** Rows of a sheet that have some value, as the sheet shows them. */
export function readSheet(xml: string, parts: SheetParts): CellRow[] {
  const rows: CellRow[] = []
  let row = 0
  let cells: string[] = []
  let cell: { column: number; type: string; style: string | undefined; raw: string } | null = null
  let takes = false
  for (const piece of readXml(xml)) {
    if (piece.kind === 'text') {
      if (takes && cell !== null) cell.raw += piece.text
    } else if (piece.kind === 'open') {
      const { name, attributes } = piece
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1)
        cells = []
      } else if (name === 'c') {
        const column = attributes.r === undefined ? cells.length : columnOf(attributes.r)
        cell = { column, type: attributes.t ?? '', style: attributes.s, raw: '' }
      }
      takes = name === 'v' || name === 't'
    } else {
      takes = false
      if (piece.name === 'c' && cell !== null) {
        while (cells.length < cell.column) cells.push('')
        cells.push(shownValue(cell.type, cell.raw, { parts, number: cell.style }))
        cell = null
      } else if (piece.name === 'row' && cells.some((value) => value.trim() !== '')) rows.push({ row, cells })
    }
  }
  return rows
}
