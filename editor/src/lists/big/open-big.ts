import { CellReader, type CellRow } from '../read-cells.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { encodingOf, textsOf } from './text-stream.ts'

/** Rows of a file in the order of the file, some at a time; `bytes`: how far it was read, where that can be told. */
export interface RowBatch {
  readonly rows: readonly CellRow[]
  readonly bytes: number
}

/** A file of any size. */
export interface BigFile {
  readonly sheets: readonly string[]
  readonly sheet: string | null
  /** All rows, from the first on, each time that it is called. */
  readonly rows: () => AsyncIterable<RowBatch>
}

/** Opens a file, by what is in it; no more of it is held than what is read just now. @throws UnreadableFile */
export async function openBig(file: Blob, sheet: string | null = null): Promise<BigFile> {
  const begin = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  if (begin[0] === 0xd0 && begin[1] === 0xcf) throw new UnreadableFile('old-or-locked')
  if (begin[0] === 0x50 && begin[1] === 0x4b) return openWorkbook(file, sheet)
  const encoding = await encodingOf(file)
  for await (const { text } of textsOf(file, encoding)) {
    if (/^\s*<(?:!doctype|html|table|meta|\?xml)/i.test(text)) throw new UnreadableFile('web-page')
    if (text.includes('\0')) throw new UnreadableFile('not-a-list')
    break
  }
  return { sheets: [], sheet: null, rows: () => textRows(file, encoding) }
}

async function* textRows(file: Blob, encoding: string): AsyncGenerator<RowBatch> {
  const reader = new CellReader()
  for await (const { text, bytes } of textsOf(file, encoding)) yield { rows: reader.push(text), bytes }
  yield { rows: reader.end(), bytes: file.size }
}

async function openWorkbook(file: Blob, wanted: string | null): Promise<BigFile> {
  const { openXlsx } = await import('../xlsx/read-xlsx.ts')
  const workbook = await openXlsx(file)
  const sheet = wanted ?? workbook.sheets[0] ?? ''
  async function* rows(): AsyncGenerator<RowBatch> {
    for await (const batch of workbook.rows(sheet)) yield { rows: batch, bytes: 0 }
  }
  return { sheets: workbook.sheets.length > 1 ? workbook.sheets : [], sheet, rows }
}

/** Rows that are looked at before all are read. */
const SAMPLE_ROWS = 1000

/** The first rows, to be shown and judged. */
export async function sampleOf(file: BigFile): Promise<CellRow[]> {
  const rows: CellRow[] = []
  for await (const batch of file.rows()) {
    rows.push(...batch.rows)
    if (rows.length >= SAMPLE_ROWS) break
  }
  return rows.slice(0, SAMPLE_ROWS)
}
