/**
 * What words of data people mean, in Korean and English. One line is one meaning; the first word names it. A meaning that only says what
 * kind of value it is (a name, a number of things) weighs less than what the value is of.
 */
const MEANINGS: Readonly<Record<'thing' | 'person' | 'kind', readonly string[]>> = {
  thing: [
    'company 회사 상호 업체 기업 가게 매장 점포 지점 corp firm business shop store branch merchant vendor',
    'review 리뷰 후기 상품평 feedback',
    'order 주문 purchase',
    'product 상품 제품 품목 item goods',
    'payment 결제 납부 pay billing 청구',
    'subscription 구독 subscribe',
    'plan 요금제 플랜 plans pricing',
    'coupon 쿠폰 voucher',
    'point 포인트 적립금 마일리지 points mileage',
    'grade 등급 level tier rank 레벨',
    'reply 답글 답변 댓글 response answer reply replies replied comment',
    'reservation 예약 booking appointment',
    'delivery 배송 택배 shipping shipment',
    'refund 환불 반품 return',
    'event 이벤트 행사 campaign',
    'visit 방문 내원',
    'course 강의 수업 class lesson',
    'school 학교 학원 academy',
    'hospital 병원 의원 clinic',
    'invoice 계산서 세금계산서 bill',
    'contract 계약 agreement',
    'ticket 티켓 이용권 회원권 pass membership',
    'seat 좌석',
    'room 객실 방 호실',
    'car 차량 vehicle',
    'team 부서 팀 department dept',
    'manager 담당자 담당 매니저 staff',
    'teacher 선생님 강사 instructor',
  ],
  person: [
    'customer 고객 손님 회원 사용자 이용자 수신자 받는사람 구매자 주문자 client member user buyer recipient cust guest person people',
    'owner 대표 대표자 사장 사장님 원장 소유자 ceo boss',
    'child 자녀 학생 아이 student kid',
    'parent 보호자 학부모 guardian',
  ],
  kind: [
    'name 이름 성함 성명 명칭 명 nm title 제목',
    'phone 휴대폰번호 휴대전화번호 핸드폰번호 전화번호 휴대폰 휴대전화 핸드폰 전화 연락처 폰번호 폰 mobile cell cellphone tel telephone contact hp handphone msisdn',
    'email 이메일주소 이메일 메일주소 메일 mail',
    'address 주소 addr',
    'key 번호 아이디 식별자 코드 no num number id uuid code seq idx',
    'count 건수 개수 갯수 횟수 회수 수량 인원 수 총 전체 누적 total cnt qty quantity num_of sum times 합계 총계',
    'average 평균 avg mean',
    'rating 별점 평점 점수 score star',
    'amount 결제금액 금액 가격 요금 비용 매출 단가 대금 amt price fee cost sales revenue charge',
    'balance 잔액 잔여 남은 remaining left',
    'rate 비율 율 률 ratio percent percentage 할인율 할인 discount',
    'date 날짜 일자 일시 시각 시간 일 날 day datetime time at on dt',
    'birth 생일 생년월일 birthday birthdate dob',
    'due 만료 마감 기한 종료 만기 예정 끝 end expire expiry expires expiration deadline until',
    'start 시작 개시 begin from 부터',
    'period 집계기간 기간 주간 주차 주 week weekly range term',
    'month 월 달 monthly',
    'created 가입 등록 생성 작성 최초 join joined signup registered register reg create',
    'last 마지막 최근 최종 latest recent',
    'new 새 신규 신규의',
    'open 필요 미답변 미처리 대기 need needed unanswered pending',
    'status 상태 state',
    'kind 종류 유형 구분 분류 카테고리 type category',
    'url 링크 주소링크 바로가기 link href',
    'consent 동의 수신동의 agree agreed optin',
    'refusal 수신거부 거부 optout opted unsubscribe unsubscribed',
    'region 지역 시도 도시 city area district',
    'age 나이 연령',
    'sex 성별 gender',
    'memo 메모 비고 note notes remark comment_text',
    'content 내용 본문 body text message 메시지',
    'year 연도 년 해',
  ],
}

/** How much a meaning weighs in a name. A person's name is most often called just "name". */
const WEIGHT = { thing: 1, person: 0.5, kind: 0.7 } as const

export interface Concept {
  readonly name: string
  readonly weight: number
  /** What the value is of: a company, an order. */
  readonly isThing: boolean
}

const concepts = new Map<string, Concept>()
for (const role of ['thing', 'person', 'kind'] as const)
  for (const line of MEANINGS[role]) {
    const words = line.split(' ')
    const concept = { name: words[0] ?? '', weight: WEIGHT[role], isThing: role === 'thing' }
    for (const word of words) concepts.set(word, concept)
  }

/** Longest first: 휴대폰번호 before 번호. */
const hangul = [...concepts.keys()].filter((word) => /\p{Script=Hangul}/u.test(word)).toSorted((a, b) => b.length - a.length)
const latin = [...concepts.keys()].filter((word) => /^[a-z]{2,}$/.test(word)).toSorted((a, b) => b.length - a.length)

const singular = (word: string): string => {
  if (concepts.has(word) || word.length < 4) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

/** Words that stand together without a gap, if all of it is known: 리뷰수, companyname. Null: some of it is not. */
function apart(word: string, known: readonly string[]): string[] | null {
  if (word === '') return []
  for (const part of known) {
    if (!word.startsWith(part)) continue
    const rest = apart(word.slice(part.length), known)
    if (rest !== null) return [part, ...rest]
  }
  return null
}

/** The longest known beginnings of a Korean word; what nobody knows stays as it is. */
function hangulParts(word: string): string[] {
  const whole = apart(word, hangul)
  if (whole !== null) return whole
  // Single syllables (수, 명, 일) are only taken at the end: anywhere else they are a part of some other word.
  const last = hangul.find((part) => word.endsWith(part) && word.length > part.length)
  const first = hangul.find((part) => part.length > 1 && word.startsWith(part))
  if (first !== undefined) return [first, ...hangulParts(word.slice(first.length))]
  if (last !== undefined) return [...hangulParts(word.slice(0, -last.length)), last]
  return [word]
}

/** A name in its words: NFC, lower case; snake, camel and Korean alike. */
export function wordsOf(name: string): string[] {
  return name
    .normalize('NFC')
    .replace(/(\p{Ll})([\p{Lu}\d])/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/([a-z\d])(\p{Script=Hangul})/giu, '$1 $2')
    .replace(/(\p{Script=Hangul})([a-z\d])/giu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** What a name means, each meaning once; a word that is not known is a meaning of its own. */
export function conceptsOf(name: string): Concept[] {
  const parts = wordsOf(name).flatMap((word) => {
    if (/\p{Script=Hangul}/u.test(word)) return hangulParts(word)
    const one = singular(word)
    return concepts.has(one) || one.length < 6 ? [one] : (apart(one, latin) ?? [one])
  })
  const found = new Map<string, Concept>()
  for (const part of parts) {
    const concept = concepts.get(part) ?? { name: part, weight: 1, isThing: true }
    found.set(concept.name, concept)
  }
  // A phone number is no key of anything.
  if (found.has('phone') || found.has('email')) found.delete('key')
  return [...found.values()]
}
