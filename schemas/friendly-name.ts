import type { Column } from './column.ts'
import type { Language } from './localized.ts'

/** Words that columns are made of, as a Korean says them. A column with a word that is not here keeps its own name. */
const KOREAN: Readonly<Record<string, string>> = {
  name: '이름', nm: '이름', company: '회사', customer: '고객', member: '회원', user: '사용자', owner: '주인', shop: '가게', store: '가게',
  phone: '휴대폰', mobile: '휴대폰', contact: '연락처', contacts: '연락처', tel: '전화', email: '이메일', mail: '이메일',
  number: '번호', no: '번호', id: '번호', count: '수', total: '전체', sum: '합계', average: '평균', avg: '평균', rating: '별점',
  review: '리뷰', reviews: '리뷰', order: '주문', orders: '주문', amount: '금액', price: '가격', fee: '요금', plan: '요금제',
  date: '날짜', day: '날', week: '주', month: '달', year: '해', label: '이름', period: '기간', start: '시작', end: '끝', due: '기한',
  address: '주소', status: '상태', grade: '등급', point: '포인트', points: '포인트', coupon: '쿠폰', product: '상품', item: '상품',
  payment: '결제', birthday: '생일', birth: '생일', age: '나이', link: '링크', url: '링크', city: '도시', title: '제목', new: '새',
} // prettier-ignore

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** How a person calls a column: the friendly name it came with, else its words in her language where all of them are known. */
export function friendlyName(column: Pick<Column, 'name' | 'label'>, language: Language): string {
  if (column.label !== undefined && column.label !== '') return column.label
  const words = wordsOf(column.name)
  if (language === 'en') {
    const plain = words.join(' ')
    return /^[a-z]/.test(plain) ? plain.charAt(0).toUpperCase() + plain.slice(1) : column.name
  }
  const korean = words.map((word) => (Object.hasOwn(KOREAN, word) ? KOREAN[word] : undefined))
  return words.length > 0 && korean.every((word) => word !== undefined) ? korean.join(' ') : column.name
}
