import type { CellRow } from '../read-cells.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { plainString, SheetReader, type SheetParts } from './read-sheet.ts'
import { numberFormat, type NumberFormat } from './shown-number.ts'
import { cutXml, readXml } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

export interface Workbook {
  /** Names of the sheets that are not hidden. */
  readonly sheets: readonly string[]
  /** Rows of one of them, as it shows them, as it unfolds. */
  readonly rows: (sheet: string) => AsyncIterable<CellRow[]>
}

/** Opens a workbook (.xlsx). Nothing but the platform is needed: zip by DecompressionStream, and the little XML that sheets are made of. */
export async function openXlsx(file: Blob): Promise<Workbook> {
  const zip = await openZip(file)
  const workbook = await zip.text('xl/workbook.xml')
  if (workbook === null) throw new UnreadableFile('no-sheet')
  const targets = await targetsOf(zip)
  const sheets = new Map<string, string>()
  let is1904 = false
  for (const piece of readXml(workbook)) {
    if (piece.kind !== 'open') continue
    const { name, id, state, date1904 } = piece.attributes
    if (piece.name === 'workbookPr') is1904 = date1904 === '1' || date1904 === 'true'
    const target = targets.get(id ?? '')
    if (piece.name === 'sheet' && name !== undefined && target !== undefined && (state ?? 'visible') === 'visible')
      sheets.set(name, target)
  }
  if (sheets.size === 0) throw new UnreadableFile('no-sheet')
  const parts: SheetParts = { strings: await stringsOf(zip), formats: await formatsOf(zip), is1904 }
  return {
    sheets: [...sheets.keys()],
    async *rows(sheet) {
      const reader = new SheetReader(parts)
      for await (const pieces of cutXml(zip.texts(sheets.get(sheet) ?? ''))) yield reader.take(pieces)
    },
  }
}

/** Where each related part stands in the zip, by the id that the workbook calls it. */
async function targetsOf(zip: Zip): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  for (const piece of readXml((await zip.text('xl/_rels/workbook.xml.rels')) ?? '')) {
    const { Id: id, Target: target } = piece.kind === 'open' ? piece.attributes : {}
    if (id !== undefined && target !== undefined) targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  return targets
}

/** Texts that cells name by number. How a word is read (`rPh`, in Japanese sheets) is no part of it. */
async function stringsOf(zip: Zip): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let takes = false
  let isReading = false
  for await (const pieces of cutXml(zip.texts('xl/sharedStrings.xml'))) {
    for (const piece of pieces) {
      if (piece.kind === 'text') text += takes && !isReading ? piece.text : ''
      else {
        takes = piece.kind === 'open' && piece.name === 't'
        if (piece.name === 'rPh') isReading = piece.kind === 'open'
        if (piece.name === 'si' && piece.kind === 'open') text = ''
        if (piece.name === 'si' && piece.kind === 'close') strings.push(plainString(text))
      }
    }
  }
  return strings
}

/** The number format of each cell style. */
async function formatsOf(zip: Zip): Promise<NumberFormat[]> {
  const own = new Map<string, string>()
  const formats: NumberFormat[] = []
  let isCells = false
  for (const piece of readXml((await zip.text('xl/styles.xml')) ?? '')) {
    if (piece.kind === 'text') continue
    if (piece.name === 'cellXfs') isCells = piece.kind === 'open'
    if (piece.kind !== 'open') continue
    const { numFmtId = '0', formatCode } = piece.attributes
    if (piece.name === 'numFmt' && formatCode !== undefined) own.set(numFmtId, formatCode)
    if (piece.name === 'xf' && isCells) formats.push(numberFormat(Number(numFmtId), own.get(numFmtId)))
  }
  return formats
}
