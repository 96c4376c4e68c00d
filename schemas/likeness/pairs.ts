/** Columns of some company, as they are. */
const SHOP = [
  'id', 'name', 'contacts', 'company_name', 'company_id', 'total_reviews', 'average_rating', 'plan', 'created_at', 'needs_reply',
  'email', 'last_payment_at', 'monthly_fee',
] // prettier-ignore
const ORDERS = [
  'orderNo',
  'customerName',
  'hpNo',
  'productNm',
  'orderAmt',
  'orderDt',
  'deliveryStatus',
  'invoiceUrl',
  'qty',
  'custId',
]
const KOREAN = [
  '회원번호',
  '성명',
  '휴대전화',
  '가입일자',
  '등급',
  '적립금',
  '최근방문일',
  '생년월일',
  '수신동의',
  '담당자명',
  '지점명',
]
const CLINIC = [
  'patient_id',
  'guardian_nm',
  'guardian_tel',
  'visit_date',
  'next_reservation_at',
  'doctor',
  'clinic_name',
  'amount_due',
]

/** A variable, the columns there are, and the one that a person would take; null: none of them. */
export const LABELLED: readonly (readonly [variable: string, columns: readonly string[], right: string | null])[] = [
  ...([
    ['이름', 'name'], ['성함', 'name'], ['고객명', 'name'], ['고객 이름', 'name'], ['회원 성명', 'name'], ['customer_name', 'name'],
    ['회사명', 'company_name'], ['회사 이름', 'company_name'], ['companyName', 'company_name'], ['상호', 'company_name'],
    ['상호명', 'company_name'], ['가게 이름', 'company_name'], ['매장명', 'company_name'], ['company', 'company_name'],
    ['회사 이름'.normalize('NFD'), 'company_name'], ['업체명', 'company_name'], ['회사 번호', 'company_id'], ['회사 아이디', 'company_id'],
    ['companyId', 'company_id'], ['연락처', 'contacts'], ['휴대폰', 'contacts'], ['휴대폰 번호', 'contacts'], ['전화번호', 'contacts'],
    ['phone', 'contacts'], ['mobile', 'contacts'], ['phoneNumber', 'contacts'], ['리뷰수', 'total_reviews'], ['리뷰 수', 'total_reviews'],
    ['총 리뷰 수', 'total_reviews'], ['새 리뷰 수', 'total_reviews'], ['review_count', 'total_reviews'], ['reviewCount', 'total_reviews'],
    ['후기 개수', 'total_reviews'], ['평균 별점', 'average_rating'], ['평균평점', 'average_rating'], ['별점', 'average_rating'],
    ['avg_rating', 'average_rating'], ['rating', 'average_rating'], ['요금제', 'plan'], ['플랜', 'plan'], ['가입일', 'created_at'],
    ['등록일', 'created_at'], ['가입 날짜', 'created_at'], ['미답변', 'needs_reply'], ['답글 필요', 'needs_reply'], ['이메일', 'email'],
    ['메일 주소', 'email'], ['최근 결제일', 'last_payment_at'], ['마지막 결제', 'last_payment_at'], ['월 요금', 'monthly_fee'],
    ['쿠폰', null], ['배송 상태', null], ['날씨', null], ['coupon_code', null], ['생일', null], ['링크', null],
  ] as const).map(([variable, right]) => [variable, SHOP, right] as const),
  ...([
    ['주문번호', 'orderNo'], ['주문 번호', 'orderNo'], ['order_id', 'orderNo'], ['고객명', 'customerName'], ['주문자', 'customerName'],
    ['이름', 'customerName'], ['휴대폰', 'hpNo'], ['연락처', 'hpNo'], ['상품명', 'productNm'], ['제품 이름', 'productNm'],
    ['품목', 'productNm'], ['결제금액', 'orderAmt'], ['주문 금액', 'orderAmt'], ['가격', 'orderAmt'], ['주문일', 'orderDt'],
    ['주문 일시', 'orderDt'], ['배송상태', 'deliveryStatus'], ['배송 현황', 'deliveryStatus'], ['수량', 'qty'], ['개수', 'qty'],
    ['쿠폰 번호', null], ['포인트', null], ['지점', null],
  ] as const).map(([variable, right]) => [variable, ORDERS, right] as const),
  ...([
    ['이름', '성명'], ['name', '성명'], ['customerName', '성명'], ['phone', '휴대전화'], ['연락처', '휴대전화'], ['mobile_no', '휴대전화'],
    ['가입일', '가입일자'], ['joined_at', '가입일자'], ['grade', '등급'], ['회원 등급', '등급'], ['포인트', '적립금'], ['points', '적립금'],
    ['최근 방문', '최근방문일'], ['last_visit', '최근방문일'], ['생일', '생년월일'], ['birthday', '생년월일'], ['담당자', '담당자명'],
    ['지점', '지점명'], ['매장명', '지점명'], ['member_id', '회원번호'], ['회원 번호', '회원번호'], ['상품명', null], ['주문 금액', null],
    ['url', null],
  ] as const).map(([variable, right]) => [variable, KOREAN, right] as const),
  ...([
    ['보호자 이름', 'guardian_nm'], ['보호자명', 'guardian_nm'], ['보호자 연락처', 'guardian_tel'], ['보호자 휴대폰', 'guardian_tel'],
    ['방문일', 'visit_date'], ['내원일', 'visit_date'], ['예약일', 'next_reservation_at'], ['다음 예약 시간', 'next_reservation_at'],
    ['병원명', 'clinic_name'], ['병원 이름', 'clinic_name'], ['별점', null], ['등급', null],
  ] as const).map(([variable, right]) => [variable, CLINIC, right] as const),
] // prettier-ignore
