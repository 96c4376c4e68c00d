import { makeBilling } from './billing.ts'
import type { Calendar } from './calendar.ts'
import { makeCompanies } from './companies.ts'
import { makeCustomers, makeOptOuts } from './customers.ts'
import { createRandom } from './random.ts'
import { makeReviews } from './reviews.ts'
import type { Cell, SampleTableName } from './tables.ts'

export type SampleRows = Readonly<Record<SampleTableName, readonly (readonly Cell[])[]>>

/** All rows, cells in the order of the table's columns. The same calendar gives the same rows, for every database. */
export function makeSample(calendar: Calendar): SampleRows {
  const companies = makeCompanies(calendar, createRandom(1))
  const customers = makeCustomers(companies, calendar, createRandom(2))
  const { subscriptions, payments } = makeBilling(customers, calendar, createRandom(3))
  return {
    companies: companies.map(({ cells }) => cells),
    customers: customers.map(({ cells }) => cells),
    subscriptions,
    payments,
    reviews: makeReviews(calendar, companies.length, createRandom(4)),
    opt_outs: makeOptOuts(customers, calendar, createRandom(5)),
  }
}
