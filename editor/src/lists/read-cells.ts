const DELIMITERS = [',', ';'] as const

/** One row that has some value, and its place in the sheet (the first is 1), which is what a person is told of it. */
export interface CellRow {
  readonly row: number
  readonly cells: readonly string[]
}

/** The delimiter of the first line; what stands inside quotes does not count. A tab wins: Excel's clipboard has one. */
export function findDelimiter(text: string): string {
  const begin = text.slice(0, 20_000)
  if (/^[^\r\n]*\t/.test(begin)) return '\t'
  const line = begin.replace(/"(?:[^"]|"")*"/g, '').split(/[\r\n]/)[0] ?? ''
  const count = (letter: string) => line.split(letter).length
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best))
}

/** More letters than that between quotes are no cell: somebody forgot to end them. */
const LONGEST_QUOTED = 200_000
/** As much of the text as tells the delimiter. */
const BEGINNING = 20_000

/** It cannot be told before more of the text is there. */
const UNKNOWN = -2

/**
 * Reads rows of delimited text that comes bit by bit; no more of it is held than the row that is not whole yet. Quotes may hold delimiters and
 * line ends; rows without any value are left out, but count.
 */
export class CellReader {
  #text = ''
  #row = 1
  #delimiter: string | null

  constructor(delimiter: string | null = null) {
    this.#delimiter = delimiter
  }

  /** The rows that are whole now. */
  push(text: string): CellRow[] {
    this.#text += text
    if (this.#delimiter === null && this.#text.length < BEGINNING) return []
    return this.#take(false)
  }

  /** The rows that are left. */
  end(): CellRow[] {
    return this.#take(true)
  }

  #take(isEnd: boolean): CellRow[] {
    const text = this.#text
    const delimiter = (this.#delimiter ??= findDelimiter(text))
    const rows: CellRow[] = []
    let cells: string[] = []
    let begin = 0
    for (let at = 0; at <= text.length;) {
      const quotes = quotesEnd(text, at, { delimiter, isEnd })
      const end = quotes === -1 ? cellEnd(text, at, delimiter) : quotes + 1
      // A line end of two letters may be cut in two.
      if (quotes === UNKNOWN || (!isEnd && (end >= text.length || (text.charAt(end) === '\r' && end + 1 >= text.length)))) break
      const inside = quotes === -1 ? text.slice(at, end) : text.slice(at + 1, quotes).replaceAll('""', '"')
      cells.push(inside.replace(/\r\n?/g, '\n'))
      if (end < text.length && text.charAt(end) === delimiter) {
        at = end + 1
        continue
      }
      if (cells.some((value) => value.trim() !== '')) rows.push({ row: this.#row, cells })
      cells = []
      this.#row += 1
      at = end + (text.startsWith('\r\n', end) ? 2 : 1)
      begin = at
    }
    this.#text = text.slice(begin)
    return rows
  }
}

/** Where the quotes end that begin at `at`; -1: they are letters of the cell, because they do not end, or not at the cell's end. */
function quotesEnd(text: string, at: number, { delimiter, isEnd }: { delimiter: string; isEnd: boolean }): number {
  if (text.charAt(at) !== '"') return -1
  let end = text.indexOf('"', at + 1)
  while (end !== -1 && text.charAt(end + 1) === '"') end = text.indexOf('"', end + 2)
  if (!isEnd && (end === -1 ? text.length - at < LONGEST_QUOTED : end + 1 === text.length)) return UNKNOWN
  const after = text.charAt(end + 1)
  return end === -1 || after === '' || after === delimiter || after === '\r' || after === '\n' ? end : -1
}

function cellEnd(text: string, at: number, delimiter: string): number {
  let end = at
  for (; end < text.length; end += 1) {
    const letter = text.charCodeAt(end)
    if (letter === 10 || letter === 13 || letter === delimiter.charCodeAt(0)) break
  }
  return end
}

/** Rows of delimited text that is there as a whole. */
export function readCells(text: string): CellRow[] {
  const reader = new CellReader(findDelimiter(text))
  return [...reader.push(text), ...reader.end()]
}
