import { expect, test } from 'vitest'
import { conceptsOf } from './concepts.ts'
import { likeness, meantAlike, spelledAlike } from './likeness.ts'
import { LABELLED } from './pairs.ts'

/** What is offered first, as the forms do. */
function first(variable: string, columns: readonly string[]): string | null {
  const best = columns.map((column) => ({ column, score: likeness(variable, column) })).toSorted((a, b) => b.score - a.score)[0]
  return best !== undefined && best.score >= 0.45 ? best.column : null
}

test('of what a person would take nine in ten are offered first, and of what is offered nine in ten are right', () => {
  const judged = LABELLED.map(([variable, columns, right]) => ({ variable, right, offered: first(variable, columns) }))
  const wrong = judged.filter(({ right, offered }) => right !== offered)
  const there = judged.filter(({ right }) => right !== null)
  const offered = judged.filter((one) => one.offered !== null)
  const hits = there.filter((one) => one.right === one.offered).length
  expect(LABELLED.length).toBeGreaterThan(100)
  const seen = wrong.map((one) => `${one.variable}: ${one.offered} for ${one.right}`).join('; ')
  expect(hits / there.length, seen).toBeGreaterThanOrEqual(0.95)
  expect(hits / offered.length, seen).toBeGreaterThanOrEqual(0.95)
})

test('words in Korean, English, snake and camel mean the same', () => {
  const meaning = (name: string) => conceptsOf(name).map((one) => one.name).toSorted().join(' ') // prettier-ignore
  for (const name of ['회사명', '회사 이름', 'companyName', 'company_nm', 'COMPANY_NAME', 'companyname', '상호명'])
    expect(meaning(name), name).toBe('company name')
  for (const name of ['리뷰수', '총 리뷰 수', 'total_reviews', 'reviewCnt', 'review_count'])
    expect(meaning(name), name).toBe('count review')
  for (const name of ['휴대폰번호', '전화번호', 'phone', 'HP', 'contacts', 'tel']) expect(meaning(name), name).toBe('phone')
  expect(meaning('constructor')).toBe('constructor')
  expect(meaning('')).toBe('')
})

test('a key is no name; two letters are no likeness', () => {
  expect(likeness('Plan', 'plan')).toBe(1)
  expect(meantAlike('회사 이름', 'company_id')).toBeLessThan(0.45)
  expect(spelledAlike('id', 'ip')).toBe(0)
  expect(spelledAlike('compnay_name', 'company_name')).toBeGreaterThan(0.9)
  expect(likeness('', 'name')).toBe(0)
  expect(likeness('가'.repeat(5_000), '나'.repeat(5_000))).toBe(0)
})
