import { expect, test } from 'vitest'
import type { Column } from '#schemas/column.ts'
import { looksPersonal, markPersonal } from './personal.ts'

test.each([
  'contacts',
  'phone',
  'mobile_number',
  'customerPhone',
  'email',
  'E-mail',
  'name',
  'customer_name',
  'full name',
  'userName',
  '휴대폰',
  '휴대폰 번호',
  '이름',
  '고객 이름',
  '고객명',
  '연락처',
  '이메일'.normalize('NFD'),
  'birth_date'.replace('birth_date', 'birthdate'),
])('%s is personal', (name) => expect(looksPersonal(name)).toBe(true))

test.each([
  'company_name',
  'product_name',
  'plan',
  'total_reviews',
  'id',
  'created_at',
  '회사 이름',
  '상품 이름',
  '리뷰수',
  'filename',
  'average_rating',
  'email_count',
  'contact_type',
  'surname_x',
])('%s is not', (name) => expect(looksPersonal(name)).toBe(false))

test('what the source said stays; types that name nobody stay', () => {
  const said: Column[] = [
    { name: 'email', type: 'text', personal: false },
    { name: 'phone', type: 'boolean' },
  ]
  expect(markPersonal(said)).toBe(said)
  expect(markPersonal([{ name: 'phone', type: 'text' }])).toEqual([{ name: 'phone', type: 'text', personal: true }])
})
