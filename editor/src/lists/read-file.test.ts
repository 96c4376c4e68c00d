import { expect, test } from 'vitest'
import { readFile } from './read-file.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { makeXlsx } from './xlsx/fixture.ts'

test('a file is read by what is in it: a workbook that is called text, a text that is called workbook', async () => {
  const workbook = await readFile(new File([makeXlsx('회원', [['이름'], ['김하나']])], '11월 회원.csv'))
  expect([workbook.name, workbook.sheet, workbook.sheets]).toEqual(['11월 회원', '회원', []])
  expect(workbook.rows.map(({ cells }) => cells)).toEqual([['이름'], ['김하나']])
  const text = await readFile(new File(['이름;번호\n김하나;1'], '회원.xlsx'))
  expect(text.rows.map(({ cells }) => cells)).toEqual([
    ['이름', '번호'],
    ['김하나', '1'],
  ])
})

test.each([
  ['old-or-locked', [0xd0, 0xcf, 0x11, 0xe0, 0xa1]],
  ['broken', [0x50, 0x4b, 0x03, 0x04, 0]],
  ['web-page', [...new TextEncoder().encode('<html><table><tr><td>이름</td></tr></table>')]],
  ['not-a-list', [0x25, 0x50, 0, 0, 0x44]],
])('what cannot be read is told: %s', async (reason, bytes) => {
  const error: unknown = await readFile(new File([new Uint8Array(bytes)], '파일.xls')).catch((caught: unknown) => caught)
  expect(error instanceof UnreadableFile && error.reason).toBe(reason)
})
