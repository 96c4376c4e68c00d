import type { CellRow } from '../read-cells.ts'
import { shownNumber, type NumberFormat } from './shown-number.ts'
import type { XmlPiece } from './xml.ts'

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

interface OpenCell {
  readonly column: number
  readonly type: string
  readonly style: string | undefined
  raw: string
}

/** Reads the rows of a sheet that have some value, as the sheet shows them, piece by piece of its XML. */
export class SheetReader {
  readonly #parts: SheetParts
  #row = 0
  #cells: string[] = []
  #cell: OpenCell | null = null
  #takes = false

  constructor(parts: SheetParts) {
    this.#parts = parts
  }

  /** The rows that end within these pieces. */
  take(pieces: Iterable<XmlPiece>): CellRow[] {
    const rows: CellRow[] = []
    for (const piece of pieces) {
      if (piece.kind === 'text') {
        if (this.#takes && this.#cell !== null) this.#cell.raw += piece.text
      } else if (piece.kind === 'open') this.#open(piece.name, piece.attributes)
      else {
        this.#takes = false
        if (piece.name === 'c') this.#close()
        else if (piece.name === 'row' && this.#cells.some((value) => value.trim() !== ''))
          rows.push({ row: this.#row, cells: this.#cells })
      }
    }
    return rows
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.#row = Number(attributes['r'] ?? this.#row + 1)
      this.#cells = []
    } else if (name === 'c') {
      const column = attributes['r'] === undefined ? this.#cells.length : columnOf(attributes['r'])
      this.#cell = { column, type: attributes['t'] ?? '', style: attributes['s'], raw: '' }
    }
    this.#takes = name === 'v' || name === 't'
  }

  #close(): void {
    const cell = this.#cell
    if (cell === null) return
    while (this.#cells.length < cell.column) this.#cells.push('')
    this.#cells.push(shownValue(cell.type, cell.raw, { parts: this.#parts, number: cell.style }))
    this.#cell = null
  }
}
