import { expect, test } from 'vitest'
import type { ListKind } from '#schemas/list.ts'
import { noChoices, readList, usablePeople, type ListChoices } from './read-list.ts'
import { readCells } from './read-cells.ts'
import { typedCell } from './typed-cell.ts'

const read = (text: string, choices: Partial<ListChoices> = {}) =>
  readList(readCells(text), { ...noChoices, ...choices }, (letter) => `${letter}열`)

const kinds = (text: string) => read(text).columns.map(({ label, kind, reason }) => [label, kind, reason])

test('a list as people paste it: header, kinds, the number that Excel broke, who gets nothing and why', () => {
  const list = read(
    [
      '이름\t휴대폰\t방문일\t결제 금액',
      '김하나\t1012345678\t46353\t12,000원',
      '이둘\t010-2222-3333\t46354\t9,000원',
      '박셋\t1.01235E+09\t46355\t1,000원',
      '최넷\t\t46356\t',
      '정다섯\t+82 10 2222 3333\t46357\t#N/A',
    ].join('\n'),
  )
  expect(list.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['이름', 'text'],
    ['휴대폰', 'phone'],
    ['방문일', 'date'],
    ['결제_금액', 'text'],
  ])
  expect(list.address).toBe(1)
  expect(list.rows[0]).toEqual(['김하나', '010-1234-5678', '2026-11-27', '12,000원'])
  expect(list.restored).toBe(1)
  expect(list.problems.map(({ row, code }) => [row, code])).toEqual([
    [4, 'phone-lost-digits'],
    [5, 'phone-missing'],
    [6, 'sheet-error'],
  ])
  // What cannot be read stays as it stands: the run says so of this person too.
  expect(list.rows[2]?.[1]).toBe('1.01235E+09')
  expect(list.repeated).toEqual([{ row: 6, first: 3 }])
  expect(usablePeople(list)).toBe(2)
})

test('a title above the table is left out, and rows keep their number', () => {
  const list = read('11월 회원 명단\n\n이름,연락처\n김하나,01012345678\n이둘,0101')
  expect(list.titles).toBe(1)
  expect(list.columns.map(({ label }) => label)).toEqual(['이름', '연락처'])
  expect(list.places).toEqual([4, 5])
  expect(list.problems).toEqual([{ row: 5, column: 1, code: 'phone-short', cell: '0101' }])
})

test('without a header, columns are called by their letters, unless the person says that there is one', () => {
  const text = '김하나\t010-1234-5678\n이둘\t010-2222-3333'
  expect(read(text).columns.map(({ name, label }) => [name, label])).toEqual([
    ['A열', 'A열'],
    ['B열', 'B열'],
  ])
  expect(read(text, { header: true }).rows).toHaveLength(1)
})

test('names of columns are what a workflow can call them, and no two the same', () => {
  const list = read('이름,이름(한글),2026년 매출,★,이름\n김,김,1,2,3', { header: true })
  expect(list.columns.map(({ name }) => name)).toEqual(['이름', '이름_한글', '_2026년_매출', 'column_D', '이름_2'])
})

test('a kind is guessed only where it changes no letter of what the sheet shows', () => {
  expect(kinds('번호,금액,날짜,등급,우편번호\n1001,"1,000",2026.11.27,4.5,06236\n1002,"2,000",2026.11.28,4,06237')).toEqual([
    ['번호', 'integer', 'numbers'],
    ['금액', 'text', 'as-shown'],
    ['날짜', 'text', 'as-shown'],
    ['등급', 'decimal', 'numbers'],
    ['우편번호', 'text', 'as-shown'],
  ])
})

test('five digits are days only where the header says so', () => {
  expect(kinds('회원번호,가입일\n46353,46353')).toEqual([
    ['회원번호', 'integer', 'numbers'],
    ['가입일', 'date', 'day-serials'],
  ])
})

test.each([
  ['수신거부', 'Y', 'N', 1],
  ['수신 거부일', '2026-11-01', '', 1],
  ['광고 수신거부', '거부', '', 1],
  ['수신거부', '거부', '동의', null],
  ['수신동의', 'Y', 'N', null],
])('%s with %s and %s says who is left out: %s', (header, one, two, place) => {
  expect(read(`휴대폰,${header}\n01012345678,${one}\n01022223333,${two}`).optOut).toBe(place)
})

test('of two phone columns the fuller one gets the message; an empty second one is no problem', () => {
  const list = read('보호자,휴대폰\n010-1111-2222,010-1234-5678\n,010-2222-3333')
  expect(list.address).toBe(1)
  expect(list.problems).toEqual([])
})

test.each([
  ['12', 'phone-short'],
  ['010-1234-56789-1', 'phone-long'],
  ['010-1234-567팔', 'phone-letters'],
  ['010-1234-5678 / 010-2222-3333', 'phone-several'],
  ['1.01235E+09', 'phone-lost-digits'],
  ['099-1234-5678', 'phone-unknown'],
  ['02-123-4567', 'phone-landline'],
])('%s is no number that gets a message: %s', (cell, problem) => {
  expect(typedCell(cell, 'phone').problem).toBe(problem)
})

test.each<[ListKind, string, string | null]>([
  ['integer', '12,000원', '12000'],
  ['integer', '1,2,3', null],
  ['decimal', '₩1,234.50', '1234.50'],
  ['date', '2026. 3. 2.', '2026-03-02'],
  ['date', '2026년 3월 2일 (월)', '2026-03-02'],
  ['date', '26/3/2', '2026-03-02'],
  ['date', '2026-02-31', null],
  ['date', '46083', '2026-03-02'],
  ['datetime', '2026-03-02 오후 12:05', '2026-03-02T12:05:00'],
  ['datetime', '2026-03-02 9:30:10', '2026-03-02T09:30:10'],
  ['boolean', 'Ｏ', 'true'],
  ['boolean', '글쎄', null],
])('as %s, %s is %s', (kind, cell, value) => {
  expect(typedCell(cell, kind).value).toBe(value)
})
