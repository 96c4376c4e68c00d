import { dateAt, days, hours, instantAt, type Calendar } from './calendar.ts'
import type { Customer, Plan } from './customers.ts'
import type { Random } from './random.ts'
import type { Cell } from './tables.ts'

const prices: Readonly<Record<Plan, number>> = { 무료: 0, 기본: 9900, 프로: 29_000, 기업: 99_000 }
const billingDays = 30

export interface Billing {
  readonly subscriptions: Cell[][]
  readonly payments: Cell[][]
}

/** Who pays has a subscription: three payments behind, one ahead within the next 30 days, some not paid in time. */
export function makeBilling(customers: readonly Customer[], calendar: Calendar, random: Random): Billing {
  const billing: Billing = { subscriptions: [], payments: [] }
  for (const customer of customers) {
    const price = prices[customer.plan]
    if (price > 0) addSubscription(billing, { customer, price, calendar, random })
  }
  return billing
}

interface Subscriber {
  customer: Customer
  price: number
  calendar: Calendar
  random: Random
}

function addSubscription({ subscriptions, payments }: Billing, { customer, price, calendar, random }: Subscriber): void {
  const id = subscriptions.length + 1
  const first = customer.id === 1 // 행복분식: in pictures and examples
  const card = first ? '4021' : String(random.between(0, 9999)).padStart(4, '0')
  const cancelled = !first && random.chance(0.06)
  const next = calendar.monday + days(first ? 2 : random.between(0, billingDays - 1))
  const nextOn = cancelled ? null : dateAt(next)
  subscriptions.push([
    id,
    customer.id,
    customer.plan,
    price,
    cancelled ? 'cancelled' : 'active',
    dateAt(customer.joined),
    nextOn,
    card,
  ])
  const add = (due: number, status: string, paidAt: string | null) =>
    payments.push([payments.length + 1, id, customer.id, price, status, dateAt(due), paidAt, card])
  for (const month of [3, 2, 1]) {
    const due = next - days(month * billingDays)
    const failed = month === 1 && random.chance(0.03)
    add(
      due,
      failed ? 'failed' : 'paid',
      failed ? null : instantAt(due + hours(random.between(9, 12)) + random.between(0, 3599) * 1000),
    )
  }
  if (!cancelled) add(next, 'due', null)
}
