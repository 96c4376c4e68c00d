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

/** Where the quotes end that begin at `at`; -1: they are letters of the cell, because they do not end, or not at the cell's end. */
function quotesEnd(text: string, at: number, delimiter: string): number {
  if (text.charAt(at) !== '"') return -1
  let end = text.indexOf('"', at + 1)
  while (end !== -1 && text.charAt(end + 1) === '"') end = text.indexOf('"', end + 2)
  const after = text.charAt(end + 1)
  return end === -1 || after === '' || after === delimiter || after === '\r' || after === '\n' ? end : -1
}

function cellEnd(text: string, at: number, delimiter: string): number {
  let end = at
  for (; end < text.length; end += 1) {
    const letter = text.charAt(end)
    if (letter === delimiter || letter === '\n' || letter === '\r') break
  }
  return end
}

/** Rows of delimited text. Quotes may hold delimiters and line ends; rows without any value are left out, but count. */
export function readCells(text: string, delimiter = findDelimiter(text)): CellRow[] {
  const rows: CellRow[] = []
  let cells: string[] = []
  let row = 1
  for (let at = 0; at <= text.length;) {
    const quotes = quotesEnd(text, at, delimiter)
    const end = quotes === -1 ? cellEnd(text, at, delimiter) : quotes + 1
    const inside = quotes === -1 ? text.slice(at, end) : text.slice(at + 1, quotes).replaceAll('""', '"')
    cells.push(inside.replace(/\r\n?/g, '\n'))
    if (end < text.length && text.charAt(end) === delimiter) {
      at = end + 1
      continue
    }
    if (cells.some((value) => value.trim() !== '')) rows.push({ row, cells })
    cells = []
    row += 1
    at = end + (text.startsWith('\r\n', end) ? 2 : 1)
  }
  return rows
}
