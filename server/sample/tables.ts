// The sample shop's tables, once for both dialects: "Gagenote" (가게노트), a service that small shops pay for monthly.
export type Cell = string | number | boolean | null

/** text: up to `length` characters; long: without limit; money: whole won. */
export type ColumnKind = 'int' | 'bigint' | 'smallint' | 'text' | 'long' | 'money' | 'boolean' | 'date' | 'instant'

export interface SampleColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly length?: number
  readonly nullable?: boolean
  /** What it is, in Korean: kept as the column's comment in the database. */
  readonly comment: string
}

export interface SampleTable {
  readonly name: string
  readonly comment: string
  /** The first column is the primary key. */
  readonly columns: readonly SampleColumn[]
  readonly indexes: readonly (readonly string[])[]
  readonly references: Readonly<Record<string, string>>
}

const id: SampleColumn = { name: 'id', kind: 'int', comment: '번호' }
const createdAt: SampleColumn = { name: 'created_at', kind: 'instant', comment: '만든 때' }
const text = (name: string, length: number, comment: string): SampleColumn => ({ name, kind: 'text', length, comment })
const of = (name: string, kind: ColumnKind, comment: string): SampleColumn => ({ name, kind, comment })
const optional = (column: SampleColumn): SampleColumn => ({ ...column, nullable: true })

const companies: SampleTable = {
  name: 'companies',
  comment: '가게',
  columns: [
    id,
    text('name', 300, '가게 이름'),
    text('business_type', 50, '업종'),
    text('region', 50, '지역'),
    of('opened_on', 'date', '문 연 날'),
    createdAt,
  ],
  indexes: [],
  references: {},
}

const customers: SampleTable = {
  name: 'customers',
  comment: '사장님',
  columns: [
    id,
    text('name', 100, '이름'),
    optional(text('contacts', 50, '휴대폰')),
    optional(text('email', 200, '이메일')),
    text('company_name', 300, '회사 이름'),
    of('company_id', 'int', '가게 번호'),
    text('plan', 20, '요금제'),
    text('status', 20, '상태'),
    of('marketing_consent', 'boolean', '광고 수신 동의'),
    optional(of('opted_out_at', 'instant', '수신 거부한 때')),
    createdAt,
  ],
  indexes: [['company_id']],
  references: { company_id: 'companies' },
}

const subscriptions: SampleTable = {
  name: 'subscriptions',
  comment: '구독',
  columns: [
    id,
    of('customer_id', 'int', '사장님 번호'),
    text('plan', 20, '요금제'),
    of('monthly_price', 'money', '월 요금'),
    text('status', 20, '상태'),
    of('started_on', 'date', '시작한 날'),
    optional(of('next_billing_on', 'date', '다음 결제일')),
    text('card_last4', 4, '카드 끝자리'),
  ],
  indexes: [['customer_id'], ['next_billing_on']],
  references: { customer_id: 'customers' },
}

const payments: SampleTable = {
  name: 'payments',
  comment: '결제',
  columns: [
    { ...id, kind: 'bigint' },
    of('subscription_id', 'int', '구독 번호'),
    of('customer_id', 'int', '사장님 번호'),
    of('amount', 'money', '금액'),
    text('status', 20, '상태'),
    of('due_on', 'date', '결제일'),
    optional(of('paid_at', 'instant', '결제된 때')),
    text('card_last4', 4, '카드 끝자리'),
  ],
  indexes: [['customer_id'], ['due_on']],
  references: { subscription_id: 'subscriptions', customer_id: 'customers' },
}

const reviews: SampleTable = {
  name: 'reviews',
  comment: '손님 리뷰',
  columns: [
    id,
    of('company_id', 'int', '가게 번호'),
    of('rating', 'smallint', '별점'),
    optional(of('body', 'long', '리뷰 글')),
    optional(of('replied_at', 'instant', '답글 단 때')),
    createdAt,
  ],
  indexes: [['company_id', 'created_at']],
  references: { company_id: 'companies' },
}

const optOuts: SampleTable = {
  name: 'opt_outs',
  comment: '수신 거부 목록',
  columns: [id, text('contacts', 50, '휴대폰'), text('reason', 100, '이유'), createdAt],
  indexes: [['contacts']],
  references: {},
}

/** In the order in which they can be filled. */
export const sampleTables = { companies, customers, subscriptions, payments, reviews, opt_outs: optOuts } as const
export type SampleTableName = keyof typeof sampleTables
