import { expect, test } from 'vitest'
import { allOf } from '../all-of.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { makeXlsx, makeZip } from './fixture.ts'
import { SheetReader } from './read-sheet.ts'
import { openXlsx } from './read-xlsx.ts'
import { readXml } from './xml.ts'
import { momentOf, numberFormat, shownNumber } from './shown-number.ts'

const bytesOf = (buffer: Buffer<ArrayBuffer>) => new Blob([new Uint8Array(buffer)])

test('a workbook is read as it shows itself: texts, days, money, numbers that lost their 0; hidden sheets are not', async () => {
  const workbook = await openXlsx(
    bytesOf(
      makeXlsx('회원 & 손님', [
        ['이름', '휴대폰', '방문일', '금액'],
        [],
        ['김 <하나>', 1012345678, { value: 46353, style: 1 }, { value: 1234567, style: 2 }],
      ]),
    ),
  )
  expect(workbook.sheets).toEqual(['회원 & 손님'])
  expect((await allOf(workbook.rows('회원 & 손님'))).flat()).toEqual([
    { row: 1, cells: ['이름', '휴대폰', '방문일', '금액'] },
    { row: 3, cells: ['김 <하나>', '1012345678', '2026-11-27', '1,234,567원'] },
  ])
})

test('what other programs write is read too: prefixes, no references, texts in the cell, formulas, errors, gaps', () => {
  const xml =
    '<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>가</x:t></x:r><x:r><x:t>나</x:t></x:r></x:is></x:c>' +
    '<x:c t="str"><x:f>A1&amp;"!"</x:f><x:v>가나!</x:v></x:c></x:row>' +
    '<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="C5" t="b"><v>1</v></c><c r="AB5"><v>1E-3</v></c></row></x:sheetData>'
  const rows = new SheetReader({ strings: [], formats: [], is1904: false }).take(readXml(xml))
  expect(rows[0]).toEqual({ row: 1, cells: ['가나', '가나!'] })
  expect(rows[1]?.row).toBe(5)
  expect(rows[1]?.cells.slice(0, 3)).toEqual(['#N/A', '', 'TRUE'])
  expect(rows[1]?.cells[27]).toBe('0.001')
})

test.each([
  ['yyyy"년" m"월" d"일"', 46353, '2026-11-27'],
  ['[$-412]yyyy-mm-dd hh:mm', 46353.5, '2026-11-27 12:00'],
  ['[h]:mm', 0.395_833_333, '09:30'],
  ['[Red]#,##0;[Blue]-#,##0', 1234, '1,234'],
  ['"₩"#,##0', 5000, '₩5,000'],
  ['0.0%', 0.125, '12.5%'],
  ['0000', 10, '0010'],
  ['General', 1_012_345_678, '1012345678'],
  ['[<=9999999]###-####;(0##) ####-####', 1_012_345_678, '1012345678'],
])('%s shows %d as %s', (code, value, shown) => {
  expect(shownNumber(value, numberFormat(164, code), false)).toBe(shown)
})

test('days are counted as both kinds of Excel do', () => {
  expect(momentOf(1, false)).toBe('1900-01-01')
  expect(momentOf(61, false)).toBe('1900-03-01')
  expect(momentOf(0.5, true)).toBe('12:00')
  expect(momentOf(44_891, true)).toBe('2026-11-27')
})

test('a file that was cut off, or that is no workbook, says so', async () => {
  const whole = bytesOf(makeXlsx('가', [['나']]))
  const reason = (file: Blob) =>
    openXlsx(file).then(
      () => null,
      (error: unknown) => (error instanceof UnreadableFile ? error.reason : error),
    )
  expect(await reason(whole.slice(0, 300))).toBe('broken')
  expect(await reason(bytesOf(makeZip({ 'word/document.xml': '' })))).toBe('no-sheet')
})
