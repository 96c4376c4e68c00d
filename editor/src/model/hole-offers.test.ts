import { expect, test } from 'vitest'
import { friendlyName } from '#schemas/friendly-name.ts'
import { friendlyNames } from './friendly.ts'
import { offersFor } from './hole-offers.ts'

const columns = ['company_name', 'tel_1', 'review_total', 'joined', 'memo'].map((name) => ({ name, type: 'text' as const }))
const sample = { company_name: '행복분식', tel_1: '010-****-2045', review_total: '42', joined: '2026-11-23', memo: '-' }
const none = { columns, sample, filled: [], was: null }

test('each offer says why it fits', () => {
  expect(offersFor('company name', none)[0]).toEqual({ kind: 'column', column: 'company_name', reason: 'name' })
  expect(offersFor('회사이름', none)[0]).toEqual({ kind: 'column', column: 'company_name', reason: 'meaning' })
  expect(offersFor('비상연락처', { ...none, columns: columns.slice(3).concat(columns[1] ?? []) })).toContainEqual({
    kind: 'column',
    column: 'tel_1',
    reason: 'phone',
  })
  expect(offersFor('가입 일시', none)).toContainEqual({ kind: 'column', column: 'joined', reason: 'date' })
  const keyed = [{ name: 'company_id', type: 'integer' as const }, ...columns]
  expect(offersFor('상호명', { ...none, columns: keyed })[0]).toMatchObject({ column: 'company_name' })
  expect(offersFor('쿠폰', none)).toEqual([])
  expect(offersFor('쿠폰', { ...none, columns: columns.slice(0, 1) })).toEqual([
    { kind: 'column', column: 'company_name', reason: 'only' },
  ])
})

test('a column that was renamed is found by what it was, a variable that was renamed by what no text uses', () => {
  expect(offersFor('미답변', { ...none, was: 'reviews_total' })[0]).toEqual({
    kind: 'column',
    column: 'review_total',
    reason: 'was',
  })
  const filled = [
    { name: '평점', isUsed: true },
    { name: '가게명', isUsed: false },
  ]
  expect(offersFor('가게이름', { ...none, filled })[0]).toEqual({ kind: 'renamed', old: '가게명', isUsed: false })
  // One that another text asks for still lends its settings, if it means the same.
  expect(offersFor('별점', { ...none, filled: filled.slice(0, 1) })[0]).toEqual({ kind: 'renamed', old: '평점', isUsed: true })
  expect(offersFor('쿠폰', { ...none, filled: filled.slice(0, 1) })).toEqual([])
})

test('friendly names: its own label, else known words; names that two columns would share are their own', () => {
  expect(friendlyName({ name: 'company_name' }, 'ko')).toBe('회사 이름')
  expect(friendlyName({ name: 'companyName' }, 'en')).toBe('Company name')
  expect(friendlyName({ name: 'c_17', label: '등급' }, 'ko')).toBe('등급')
  expect(friendlyName({ name: 'opted_out_at' }, 'ko')).toBe('수신 거부한 때')
  expect(friendlyName({ name: 'dueOn' }, 'ko')).toBe('내야 하는 날')
  expect(friendlyName({ name: 'look_at' }, 'ko')).toBe('look_at')
  expect(friendlyName({ name: 'xq_name' }, 'ko')).toBe('xq_name')
  expect(friendlyName({ name: 'constructor' }, 'ko')).toBe('constructor')
  const named = friendlyNames([{ name: 'phone' }, { name: 'mobile' }, { name: 'company_name' }, { name: 'a#{b}' }], 'ko')
  expect(named.map(({ friendly, variable }) => [friendly, variable])).toEqual([
    ['phone', 'phone'],
    ['mobile', 'mobile'],
    ['회사 이름', '회사이름'],
    ['a#{b}', 'ab'],
  ])
})
