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
  reply: '답글', employee: '직원', staff: '직원', supplier: '공급사', vendor: '공급사', category: '분류', region: '지역',
  territory: '담당 구역', shipper: '배송사', shipping: '배송', ship: '배송', detail: '상세', line: '줄', quantity: '수량', qty: '수량', unit: '단위',
  discount: '할인', country: '나라', fax: '팩스', photo: '사진', picture: '그림', note: '메모', memo: '메모', description: '설명', code: '코드',
  type: '종류', level: '등급', subscription: '구독', invoice: '청구서', visit: '방문', booking: '예약', reservation: '예약', event: '행사',
  message: '메시지', history: '이력', log: '기록', setting: '설정', tag: '태그', gender: '성별', job: '직업', department: '부서', branch: '지점',
  stock: '재고', cart: '장바구니', refund: '환불', cancel: '취소', delivery: '배송', balance: '잔액', contract: '계약', student: '학생', class: '반',
  course: '과정', teacher: '선생님', patient: '환자', guest: '손님', client: '고객', seller: '판매자', manager: '담당자', group: '그룹', team: '팀',
  first: '처음', last: '마지막', membership: '멤버십', score: '점수', time: '시각', hour: '시', minute: '분', body: '내용',
  content: '내용', comment: '댓글', question: '질문', answer: '답변', version: '버전', active: '사용 중', language: '언어', source: '출처',
} // prettier-ignore

/** What is done to somebody or something, before `at` or `on`: in Korean one says when it was. */
const DONE: Readonly<Record<string, string>> = {
  'opted out': '수신 거부한', unsubscribed: '수신 거부한', agreed: '동의한', consented: '동의한', created: '만든', made: '만든',
  updated: '바뀐', changed: '바뀐', deleted: '지운', removed: '지운', joined: '가입한', registered: '가입한', 'signed up': '가입한',
  started: '시작한', opened: '연', ended: '끝난', closed: '닫은', expired: '끝난', expires: '끝나는', due: '내야 하는', paid: '결제한',
  ordered: '주문한', shipped: '보낸', sent: '보낸', delivered: '도착한', received: '받은', reviewed: '리뷰를 쓴', written: '쓴',
  visited: '들른', booked: '예약한', reserved: '예약한', cancelled: '취소한', canceled: '취소한', replied: '답한',
} // prettier-ignore
/** What is said otherwise than word by word. */
const WHOLE: Readonly<Record<string, string>> = {
  'week label': '집계 기간', 'needs reply': '답글 필요', 'opt out': '수신 거부', 'opt outs': '수신 거부', optouts: '수신 거부', 'postal code': '우편번호',
  'zip code': '우편번호', zipcode: '우편번호', zip: '우편번호', 'first name': '이름', 'last name': '성', 'full name': '이름', 'nick name': '별명',
  nickname: '별명', 'birth date': '생년월일', birthdate: '생년월일', 'unit price': '단가', 'contact name': '담당자 이름',
  'contact title': '담당자 직함', 'company name': '회사 이름', 'phone number': '휴대폰 번호', 'job title': '직함',
} // prettier-ignore
const WHEN: Readonly<Record<string, string>> = { at: '때', on: '날' }

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
  const whole = wholeOf(words)
  if (whole !== null) return whole
  const korean = words.map(koreanOf)
  return words.length > 0 && korean.every((word) => word !== undefined) ? korean.join(' ') : column.name
}

/** A word or, as tables are called, several of what it means: `companies`, `addresses`, `orders`. */
function koreanOf(word: string): string | undefined {
  const forms = [word, word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')]
  const known = forms.find((form) => Object.hasOwn(KOREAN, form))
  return known === undefined ? undefined : KOREAN[known]
}

/** `opted_out_at`: 수신 거부한 때. Null: it is said word by word. */
function wholeOf(words: readonly string[]): string | null {
  const all = words.join(' ')
  if (Object.hasOwn(WHOLE, all)) return WHOLE[all] ?? null
  const [done, last] = [words.slice(0, -1).join(' '), words.at(-1) ?? '']
  return Object.hasOwn(DONE, done) && Object.hasOwn(WHEN, last) ? `${DONE[done]} ${WHEN[last]}` : null
}
