import { decodeText } from './decode-text.ts'
import { readCells, type CellRow } from './read-cells.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** Where a list comes from: what was pasted, or a file with its sheets. */
export interface Source {
  /** The file's name without what it ends in; null: it was pasted. */
  readonly name: string | null
  /** The sheets that can be read instead; empty where there is but one. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
  readonly rows: readonly CellRow[]
  /** Reads another sheet of the same file. */
  readonly open: (sheet: string) => Promise<Source>
}

/** What was copied out of a spreadsheet. */
export function pastedSource(text: string): Source {
  const source: Source = { name: null, sheets: [], sheet: null, rows: readCells(text), open: () => Promise.resolve(source) }
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
  const bytes = new Uint8Array(await file.arrayBuffer())
  const name = file.name.replace(/\.[^.]{1,5}$/, '')
  if (beginsWith(bytes, OLE)) throw new UnreadableFile('old-or-locked')
  if (beginsWith(bytes, ZIP)) {
    const { openXlsx } = await import('./xlsx/read-xlsx.ts')
    const workbook = await openXlsx(bytes)
    const sheets = workbook.sheets.length > 1 ? workbook.sheets : []
    const open = async (sheet: string): Promise<Source> => ({ name, sheets, sheet, rows: await workbook.read(sheet), open })
    return open(workbook.sheets[0] ?? '')
  }
  const text = decodeText(bytes)
  if (/^\s*<(?:!doctype|html|table|meta|\?xml)/i.test(text)) throw new UnreadableFile('web-page')
  if (text.includes('\0')) throw new UnreadableFile('not-a-list')
  return { ...pastedSource(text), name }
}
