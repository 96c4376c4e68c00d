import { days, hours, instantAt, type Calendar } from './calendar.ts'
import type { Company } from './companies.ts'
import { makeNumbers, writeNumber } from './phones.ts'
import type { Random } from './random.ts'
import type { Cell } from './tables.ts'

export const customerCount = 5000

const familyNames =
  '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 류'.split(
    ' ',
  )
const givenNames =
  '서연 민준 지우 서준 하은 도윤 지민 예준 수빈 현우 채원 지호 은영 정숙 영수 미경 상철 순자 동현 보람 가을 별 하늘 솔'.split(' ')
const plans = ['무료', '기본', '기본', '기본', '프로', '프로', '기업'] as const

export type Plan = (typeof plans)[number]

export interface Customer {
  readonly id: number
  readonly plan: Plan
  readonly joined: number
  readonly contacts: string | null
  readonly optedOutAt: string | null
  readonly cells: readonly Cell[]
}

/** Left out of every message: 38 who said no, 13 numbers that occur twice, 3 that are no mobile number. */
const optedOut = new Set(Array.from({ length: 38 }, (_, index) => 61 + index * 127))
const duplicateOf = new Map(Array.from({ length: 13 }, (_, index) => [4200 + index * 53, 120 + index * 71]))
const unusable = new Map<number, string | null>([
  [512, null],
  [1733, '01-2345'],
  [2901, ''],
])

const oddPeople: Readonly<Record<number, (name: string) => string>> = {
  33: (name) => name.normalize('NFD'),
  250: () => '알렉산드리아 크리스티나 폰 호엔촐레른 지그마링겐 박',
  777: (name) => `${name} 😀`,
  1500: (name) => `${name} 사장님(배우자 번호)`,
  2222: () => "O'Brien, Seán",
}

/** 5,000 owners and managers, ten a shop, all of them active accounts. */
export function makeCustomers(companies: readonly Company[], calendar: Calendar, random: Random): Customer[] {
  const numbers = makeNumbers(customerCount, random)
  return Array.from({ length: customerCount }, (_, index) => {
    const id = index + 1
    const company = companies[index % companies.length]
    if (!company) throw new Error('there are no companies')
    const plainName = random.pick(familyNames) + random.pick(givenNames)
    const name = oddPeople[id]?.(plainName) ?? plainName
    const plan = id === 1 ? '프로' : random.pick(plans)
    const joined =
      calendar.monday - days(random.between(30, 1100)) + hours(random.between(8, 22)) + random.between(0, 3599) * 1000
    const twin = duplicateOf.get(id)
    const number = numbers[(twin ?? id) - 1] ?? ''
    const usual = id <= 10 ? `010-${number.slice(0, 4)}-${number.slice(4)}` : writeNumber(number, random)
    const contacts = unusable.has(id) ? (unusable.get(id) ?? null) : usual
    const optedOutAt = optedOut.has(id) ? instantAt(calendar.monday - days(random.between(1, 29)) + hours(11)) : null
    const consent = optedOutAt === null && random.chance(0.7)
    const email = random.chance(0.05) ? null : `owner${id}@gagenote.example`
    const cells = [id, name, contacts, email, company.name, company.id, plan, 'active', consent, optedOutAt, instantAt(joined)]
    return { id, plan, joined, contacts, optedOutAt, cells }
  })
}

/** Everyone who said no, by number; some of them were never customers. */
export function makeOptOuts(customers: readonly Customer[], calendar: Calendar, random: Random): Cell[][] {
  const known = customers.flatMap(({ contacts, optedOutAt }) => (contacts && optedOutAt ? [{ contacts, at: optedOutAt }] : []))
  const strangers = Array.from({ length: 22 }, (_, index) => ({
    contacts: `010-1000-${String(index * 37).padStart(4, '0')}`,
    at: instantAt(calendar.monday - days(random.between(1, 400)) + hours(15)),
  }))
  const reasons = ['080 수신 거부 전화', '문자로 거부', '고객센터 요청']
  return [...known, ...strangers].map(({ contacts, at }, index) => [index + 1, contacts, random.pick(reasons), at])
}
