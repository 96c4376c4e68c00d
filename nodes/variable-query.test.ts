import { expect, test } from 'vitest'
import type { PlanRead } from '#schemas/query-plan.ts'
import type { Column } from '#schemas/column.ts'
import type { DescribeContext, Known, SqlConnection, StatementShape } from '#runtime/sdk/index.ts'
import variableQuery from './variable-query.ts'

const config = { connection: 'shop', sql: 'select id from reviews where company_id = :company_id order by id' }
const shape: StatementShape = {
  columns: [{ name: 'id', type: 'integer' }],
  parameters: [{ name: 'company_id', column: null }],
}
const whole: PlanRead = { table: 'reviews', way: 'all', index: null, rows: 184_220, times: 1, comparedBy: ['company_id'] }
const incoming: Column[] = [{ name: 'company_id', type: 'integer' }]

function known(described: Known['described']): Known {
  const shop = { id: 'shop', name: 'Shop', kind: 'postgres', role: 'database' as const, channels: [], dialect: 'postgres' }
  return { described, describeFailed: false, timezone: 'Asia/Seoul', connection: () => shop, list: () => null }
}

test('a big table that is read for each person is a warning that names the index', () => {
  const { problems } = variableQuery.columns(config, { rows: incoming }, known({ ...shape, wholeTables: [whole] }))
  expect(problems).toEqual([
    { code: 'slow-query', fields: { table: 'reviews', rows: 184_220, index: 'reviews (company_id)' }, field: 'sql' },
  ])
  expect(variableQuery.columns(config, { rows: incoming }, known(shape)).problems).toEqual([])
})

test('the plan is asked for when the statement is described; one that cannot be had is no fault of the statement', async () => {
  const connection = { dialect: 'postgres', describe: () => Promise.resolve(shape) } as unknown as SqlConnection
  const described = (wholeTables: () => Promise<PlanRead[]>) =>
    variableQuery.describe?.(config, { rows: incoming }, {
      signal: AbortSignal.timeout(1000),
      connection: () => Promise.resolve(connection),
      queries: { wholeTables, answer: () => Promise.reject(new Error('nothing is run')) },
    } as unknown as DescribeContext)
  expect(await described(() => Promise.resolve([whole]))).toMatchObject({ wholeTables: [whole] })
  expect(await described(() => Promise.resolve([]))).toEqual(shape)
  expect(await described(() => Promise.reject(new Error('no EXPLAIN for this account')))).toEqual(shape)
})
