import { expect, test } from 'vitest'
import { allOf } from '../all-of.ts'
import { CellReader, readCells } from '../read-cells.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { makeXlsx } from '../xlsx/fixture.ts'
import { openBig, sampleOf } from './open-big.ts'
import { portionsOf, PORTION_ROWS, type BigPlan } from './portions.ts'

const plan = (fields: Partial<BigPlan> = {}): BigPlan => ({ skip: 1, kinds: ['text', 'phone'], address: 1, ...fields })
const read = async (file: Blob, wish: Partial<BigPlan> = {}) => allOf(portionsOf(await openBig(file), plan(wish)))

test('cut at any letter, a text has the same rows', () => {
  const text = '이름,메모\r\n"김, 하나","첫 줄\r\n""둘째"" 줄"\r\n27" 모니터,"한정" 특가\r\n\r\n"",\n끝,"'
  const whole = readCells(text)
  for (let size = 1; size <= text.length; size++) {
    const reader = new CellReader(',')
    const rows = []
    for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)))
    expect([...rows, ...reader.end()], `by ${size}`).toEqual(whole)
  }
})

test('quotes that nobody ended do not swallow the rest of a big file', () => {
  const reader = new CellReader(',')
  const line = `이름 하나,01012345678\n`
  const rows = reader.push(`"둘,01012345678\n${line.repeat(20_000)}`)
  expect(rows.length).toBeGreaterThan(19_000)
  expect(rows[0]?.cells).toEqual(['"둘', '01012345678'])
})

test('people come in portions, in their order; what is wrong is told with its line', async () => {
  const lines = Array.from({ length: PORTION_ROWS + 3 }, (_, at) => `고객 ${at},010${20_000_000 + at}`)
  lines[1] = '고객 1,1.01E+09'
  lines[PORTION_ROWS] = '고객 x,01012345678,넘침'
  const portions = await read(new Blob([`이름,휴대폰\n${lines.join('\n')}\n`]))
  expect(portions.map(({ rows }) => rows.length)).toEqual([PORTION_ROWS, 3])
  expect(portions[0]?.rows[0]).toEqual(['고객 0', '010-2000-0000'])
  expect(portions.map(({ problems }) => problems)).toEqual([
    [{ row: 3, column: 1, code: 'phone-lost-digits', cell: '1.01E+09' }],
    [{ row: PORTION_ROWS + 2, column: null, code: 'extra-cells', cell: '넘침' }],
  ])
})

test('of many problems some are told, and all counted', async () => {
  const [portion] = await read(new Blob([`이름,나이\n${'김,없음\n'.repeat(1000)}`]), {
    kinds: ['text', 'integer'],
    address: null,
  })
  expect([portion?.problems.length, portion?.problemCount]).toEqual([200, 1000])
})

test('a value that the server would refuse does not stop the upload', async () => {
  const [portion] = await read(new Blob(['a,b\n\uD83D\n12345678901234567\n']), { kinds: ['text', 'integer'] })
  expect(portion?.rows).toEqual([
    ['\uFFFD', null],
    ['12345678901234567', null],
  ])
  const [numbers] = await read(new Blob(['a\n12345678901234567\n']), { kinds: ['integer'] })
  expect(numbers).toMatchObject({ rows: [[null]], problems: [{ code: 'not-number' }] })
})

test.each([
  ['utf-16le', [0xff, 0xfe], 'utf16le'],
  ['utf-8', [0xef, 0xbb, 0xbf], 'utf8'],
  ['utf-8 without a mark', [], 'utf8'],
] as const)('%s is read, also where a letter is cut in two', async (_name, mark, encoding) => {
  const text = `이름,휴대폰\n${'가나다,01012345678\n'.repeat(30_000)}`
  const portions = await read(new Blob([new Uint8Array(mark), Buffer.from(text, encoding)]))
  expect(portions.flatMap(({ rows }) => rows).length).toBe(30_000)
  expect(portions.at(-1)?.rows.at(-1)).toEqual(['가나다', '010-1234-5678'])
})

test('what is no UTF-8 anywhere is read as Korean Excel writes it, though its beginning would be UTF-8', async () => {
  const line = 'abc,01012345678\n'
  const file = new Blob([`name,phone\n${line.repeat(20_000)}`, new Uint8Array([0xb0, 0xa1]), ',01012345678\n'])
  expect((await read(file)).at(-1)?.rows.at(-1)).toEqual(['가', '010-1234-5678'])
})

test('a workbook is read as it unfolds, the first rows first', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => [`고객 & ${at}`, 1_020_000_000 + at])
  const file = new Blob([new Uint8Array(makeXlsx('회원', [['이름', '휴대폰'], ...rows]))])
  const opened = await openBig(file)
  expect((await sampleOf(opened)).length).toBe(1000)
  const portions = await allOf(portionsOf(opened, plan()))
  expect(portions.flatMap((portion) => portion.rows)).toHaveLength(3000)
  expect(portions[0]?.rows[2999]).toEqual(['고객 & 2999', '010-2000-2999'])
})

test.each([
  ['web-page', '<html><table>'],
  ['not-a-list', '%P\0\0D'],
])('what is no list is told: %s', async (reason, text) => {
  const error: unknown = await openBig(new Blob([text])).catch((caught: unknown) => caught)
  expect(error instanceof UnreadableFile && error.reason).toBe(reason)
})
