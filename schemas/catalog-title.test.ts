import { expect, test } from 'vitest'
import { nameInComment, titleOf } from './catalog-title.ts'

const of = (name: string, comment: string | null = null, displayName: string | null = null) =>
  titleOf({ name, comment, displayName }, 'ko')

test.each([
  ['companies', '회사'],
  ['review_replies', '리뷰 답글'],
  ['customers', '고객'],
  ['orderDetails', '주문 상세'],
  ['addresses', '주소'],
  ['categories', '분류'],
  ['ship_postal_code', 'ship_postal_code'],
  ['CONTACT_NAME', '담당자 이름'],
  ['opt_outs', '수신 거부'],
  ['status', '상태'],
  ['회원정보', '회원정보'],
  ['tb_mbr_01', 'tb_mbr_01'],
])('%s is called %s', (name, title) => expect(of(name)).toBe(title))

test('what somebody said goes before the comment, and a short comment before the words of the name', () => {
  expect(of('companies', '가맹점: 우리와 계약한 곳')).toBe('가맹점')
  expect(of('companies', '가맹점', '우리 가게')).toBe('우리 가게')
  expect(of('companies', '이 표에는 우리와 계약을 맺은 적이 있는 모든 곳이 들어 있어요')).toBe('회사')
  expect(nameInComment('등급 (gold, silver)')).toBe('등급')
  expect(nameInComment('')).toBeNull()
  expect(titleOf({ name: 'order_details', comment: null, displayName: null }, 'en')).toBe('Order details')
})
