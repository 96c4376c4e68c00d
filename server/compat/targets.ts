import { answerOf, askRows, checkQuestion } from './ask-rows.ts'
import { catalogOf, columnOf, tableOf } from './mysql.ts'
import { savedCalls } from './saved.ts'
import { savedQuery } from './saved-query.ts'
import type { SeedRoute } from './seed-route.ts'

const targets = savedCalls(savedQuery('target-query', 'sql-source'))
const variables = savedCalls(savedQuery('variable-query', 'variable-query'))

/** `/api/targets/…`: whom a query means, and queries that are kept. */
export const targetRoutes: readonly SeedRoute[] = [
  ['GET /api/targets/queries', { summary: 'Target queries that are kept' }, targets.list],
  ['POST /api/targets/queries', { summary: 'Keep a target query', status: 201 }, targets.create],
  [
    'POST /api/targets/preview',
    { summary: 'The first people of a query, masked' },
    async (call) => answerOf(await askRows(call)),
  ],
  [
    'POST /api/targets/validate',
    { summary: 'Is it one query that only reads, and which columns does it give' },
    async (call) => {
      const { errors, columns } = await checkQuestion(call)
      return { valid: errors.length === 0, errors, columns: columns.map(({ name, type }) => ({ name, type })) }
    },
  ],
  [
    'GET /api/targets/schema',
    { summary: 'Tables with their columns' },
    async (call) => ({
      tables: (await catalogOf(call)).tables.map((table) => ({ ...tableOf(table), columns: table.columns.map(columnOf) })),
    }),
  ],
]

/** `/api/variable-queries…` */
export const variableQueryRoutes: readonly SeedRoute[] = [
  ['GET /api/variable-queries', { summary: 'Variable queries that are kept' }, variables.list],
  ['POST /api/variable-queries', { summary: 'Keep a variable query', status: 201 }, variables.create],
  ['PUT /api/variable-queries/:id', { summary: 'Change a variable query' }, variables.change],
  [
    'POST /api/variable-queries/test',
    { summary: 'What a query answers for these parameters, masked' },
    async (call) => {
      const answer = answerOf(await askRows({ ...call, body: { ...call.body, limit: 1 } }))
      return { ...answer, value: Object.values(answer.data[0] ?? {})[0] ?? null }
    },
  ],
]
