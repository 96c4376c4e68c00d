import { allOf } from './all-of.ts'
import { BIG_BYTES, bigSource } from './big/big-source.ts'
import { decodeText } from './decode-text.ts'
import { readCells } from './read-cells.ts'
import type { Source } from './source.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** What was copied out of a spreadsheet. */
export function pastedSource(text: string): Source {
  const source: Source = {
    name: null,
    sheets: [],
    sheet: null,
    rows: readCells(text),
    big: null,
    open: () => Promise.resolve(source),
  }
  return source
}

const beginsWith = (bytes: Uint8Array, begin: readonly number[]): boolean => begin.every((byte, at) => bytes[at] === byte)
const ZIP = [0x50, 0x4b, 0x03, 0x04]
/** The container of old Excel files, and of new ones with a password. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * Reads a file by what is in it, not by what it is called.
 * @throws UnreadableFile with what a person can do
 */
export async function readFile(file: File): Promise<Source> {
  if (file.size >= BIG_BYTES) return bigSource(file)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const name = file.name.replace(/\.[^.]{1,5}$/, '')
  if (beginsWith(bytes, OLE)) throw new UnreadableFile('old-or-locked')
  if (beginsWith(bytes, ZIP)) {
    const { openXlsx } = await import('./xlsx/read-xlsx.ts')
    const workbook = await openXlsx(file)
    const sheets = workbook.sheets.length > 1 ? workbook.sheets : []
    const open = async (sheet: string): Promise<Source> => ({
      name,
      sheets,
      sheet,
      rows: (await allOf(workbook.rows(sheet))).flat(),
      big: null,
      open,
    })
    return open(workbook.sheets[0] ?? '')
  }
  const text = decodeText(bytes)
  if (/^\s*<(?:!doctype|html|table|meta|\?xml)/i.test(text)) throw new UnreadableFile('web-page')
  if (text.includes('\0')) throw new UnreadableFile('not-a-list')
  return { ...pastedSource(text), name }
}
