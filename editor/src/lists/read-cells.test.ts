import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'
import { findDelimiter, readCells } from './read-cells.ts'

test('cells from the clipboard keep Korean headers and line ends inside quotes; the row is the one of the sheet', () => {
  expect(readCells('이름\t메모\r\n김하나\t"첫 줄\r\n""둘째"" 줄"\r\n이둘\t없음\r\n')).toEqual([
    { row: 1, cells: ['이름', '메모'] },
    { row: 2, cells: ['김하나', '첫 줄\n"둘째" 줄'] },
    { row: 3, cells: ['이둘', '없음'] },
  ])
})

test('blank rows are left out and do not shift the number that is told', () => {
  expect(readCells('a,b\n\n,\n1,2').map(({ row }) => row)).toEqual([1, 4])
})

test('a delimiter inside quotes does not count, and a tab wins', () => {
  expect(findDelimiter('"a,b,c";d\n')).toBe(';')
  expect(findDelimiter('1,234,567\tb\n')).toBe('\t')
  expect(findDelimiter('27" 모니터\t1\n')).toBe('\t')
  expect(findDelimiter('이름\n')).toBe(',')
})

test.each([
  ['within a cell', '27" 모니터,1'],
  ['that never ends', '"한정,1\n둘,2'],
  ['that ends before the cell does', '"한정" 특가,1'],
])('a quote %s is a letter', (_name, text) => {
  expect(readCells(text)[0]?.cells).toEqual([text.split(',')[0], '1'])
})

test('a cell of nothing but quotes is empty', () => {
  expect(readCells('"",1')).toEqual([{ row: 1, cells: ['', '1'] }])
})

test.each([
  ['UTF-8', [0xea, 0xb0, 0x80]],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0xea, 0xb0, 0x80]],
  ['UTF-16 little end first', [0xff, 0xfe, 0x00, 0xac]],
  ['UTF-16 big end first', [0xfe, 0xff, 0xac, 0x00]],
  ['EUC-KR', [0xb0, 0xa1]],
])('%s is read', (_name, bytes) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe('가')
})
