import { expect, test } from 'vitest'
import type { Column } from '#schemas/column.ts'
import { similarColumns } from './similar.ts'

const columns: Column[] = ['id', 'name', 'contacts', 'company_name', 'total_reviews', 'average_rating', 'plan', 'created_at'].map(
  (name) => ({
    name,
    type: 'text',
  }),
)

test.each([
  ['이름', 'name'],
  ['이름'.normalize('NFD'), 'name'],
  ['회사명', 'company_name'],
  ['회사 이름', 'company_name'],
  ['companyName', 'company_name'],
  ['Company_Name', 'company_name'],
  ['리뷰수', 'total_reviews'],
  ['총 리뷰 수', 'total_reviews'],
  ['평균평점', 'average_rating'],
  ['avg_rating', 'average_rating'],
  ['phone', 'contacts'],
  ['휴대폰번호', 'contacts'],
  ['total_review', 'total_reviews'],
  ['compnay_name', 'company_name'],
])('%s looks like %s', (name, best) => expect(similarColumns(name, columns)[0]?.column.name).toBe(best))

test.each(['기간', 'xyz', '', '___', 'ad'])('%s looks like none', (name) => expect(similarColumns(name, columns)).toEqual([]))

test('a friendly name counts as well', () => {
  expect(similarColumns('주문번호', [{ name: 'x1', type: 'text', label: '주문 번호' }])[0]?.column.name).toBe('x1')
})
