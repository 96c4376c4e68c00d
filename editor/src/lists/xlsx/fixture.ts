import { crc32, deflateRawSync } from 'node:zlib'

/** Files of a zip, packed as spreadsheet programs do; for tests. */
export function makeZip(files: Readonly<Record<string, string>>): Buffer<ArrayBuffer> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const plain = Buffer.from(text)
    const packed = deflateRawSync(plain)
    const title = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(plain), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(plain.length, 22)
    head.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    parts.push(head, title, packed)
    directory.push(entry, title)
    at += head.length + title.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length / 2, 8)
  end.writeUInt16LE(directory.length / 2, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Style 1 shows a number as a day, 2 as `#,##0"원"`. */
const STYLES =
  '<styleSheet xmlns="x"><numFmts><numFmt numFmtId="164" formatCode="#,##0&quot;원&quot;"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'

/** A cell: text, a number, or a number with a style. */
type FixtureCell = string | number | { readonly value: number; readonly style: 1 | 2 }

/** A workbook with a hidden sheet and one that is seen; for tests. */
export function makeXlsx(name: string, rows: readonly (readonly FixtureCell[])[]): Buffer<ArrayBuffer> {
  const strings: string[] = []
  const cell = (value: FixtureCell, reference: string): string => {
    if (typeof value === 'string') return `<c r="${reference}" t="s"><v>${strings.push(value) - 1}</v></c>`
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`
    return `<c r="${reference}" s="${value.style}"><v>${value.value}</v></c>`
  }
  const sheet = rows
    .map((cells, row) => {
      const inside = cells.map((value, column) => cell(value, `${String.fromCharCode(65 + column)}${row + 1}`))
      return `<row r="${row + 1}">${inside.join('')}</row>`
    })
    .join('')
  return makeZip({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml':
      `<?xml version="1.0"?><workbook xmlns="x" xmlns:r="y"><workbookPr/><sheets><sheet name="숨김" sheetId="1" state="hidden" r:id="rId1"/>` +
      `<sheet name="${escaped(name)}" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': '<worksheet><sheetData/></worksheet>',
    'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
  })
}
