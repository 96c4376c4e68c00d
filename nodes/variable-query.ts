import Type from 'typebox'
import type { Column } from '#schemas/column.ts'
import type { PlanRead } from '#schemas/query-plan.ts'
import { defineNode, type NodeProblem, type Row, type SetAnswers, type StatementShape, type Value } from '#runtime/sdk/index.ts'
import { databaseField, sqlField } from './sql/fields.ts'

/** The hidden column that is true where the query found no row (docs/decisions/0002-no-row.md). */
function flagOf(columns: readonly Column[]): string {
  return `?${columns[0]?.name ?? ''}`
}

function answerColumns(columns: readonly Column[]): Column[] {
  const missing = flagOf(columns)
  return [
    ...columns.map((column): Column => ({ ...column, nullable: true, missing })),
    { name: missing, type: 'boolean', hidden: true },
  ]
}

interface Sets {
  readonly sets: readonly Readonly<Record<string, Value>>[]
  /** For each row, the index of its set. */
  readonly places: readonly number[]
}

/** The distinct parameter sets of a batch: 500 companies are asked 500 times at most, however many of their people there are. */
function distinctSets(batch: readonly Row[], names: readonly string[]): Sets {
  const sets: Record<string, Value>[] = []
  const known = new Map<string, number>()
  const places = batch.map((row) => {
    const values = names.map((name) => row[name] ?? null)
    const key = JSON.stringify(values)
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, sets.length)
    sets.push(Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])))
    return sets.length - 1
  })
  return { sets, places }
}

function addAnswers(batch: readonly Row[], places: readonly number[], answers: SetAnswers) {
  const names = answers.columns.map(({ name }) => name)
  const flag = flagOf(answers.columns)
  const rows: Row[] = []
  const failed = []
  for (const [i, row] of batch.entries()) {
    const answer = answers.answers[places[i] ?? -1] ?? null
    if (answer !== null && 'error' in answer) {
      failed.push({ row, error: answer.error })
      continue
    }
    const made: Record<string, Value> = { [flag]: answer === null }
    for (const [at, name] of names.entries()) made[name] = answer?.values[at] ?? null
    rows.push({ ...row, ...made })
  }
  return { rows, failed }
}

/** A table that is read from end to end for every person is slow, however quick one preview is. */
function readsWhole({ table, rows, comparedBy }: PlanRead): NodeProblem {
  const index = comparedBy.length > 0 ? `${table} (${comparedBy.join(', ')})` : table
  return { code: 'slow-query', fields: { table, rows: rows ?? 0, index }, field: 'sql' }
}

/** Asks the database for more about each person, once per distinct parameter set and never once per person. */
export default defineNode({
  type: 'variable-query',
  version: 1,
  role: 'transform',
  effect: 'read',
  scope: 'row',
  title: { en: 'Variable query', ko: '값 조회' },
  help: {
    en: 'Adds columns to each person by a query, such as the number of reviews of :company_id. People with the same values share one answer, which is at most a minute old.',
    ko: '사람마다 값을 더 조회해요. 예를 들어 :company_id 회사의 리뷰 수처럼요. 값이 같은 사람끼리는 한 번 조회한 답을 1분까지 함께 써요.',
  },
  icon: 'table-plus',
  keywords: ['query', 'lookup', 'variable', 'sql', '변수', '조회', '집계', '값'],
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
  config: Type.Object({ connection: databaseField(), sql: sqlField('columns') }, { additionalProperties: false }),
  defaults: { connection: 'sample-shop', sql: '' },
  summary(config, known) {
    const count = known.described?.columns.length
    const name = known.connection(config.connection)?.name ?? config.connection
    if (count === undefined) return { en: name, ko: name }
    return { en: `Adds ${count} column${count === 1 ? '' : 's'}`, ko: `열 ${count}개를 더해요` }
  },
  columns(config, inputs, known) {
    const columns = inputs.rows ?? []
    const problems: NodeProblem[] = []
    if (known.connection(config.connection)?.role !== 'database') {
      problems.push({ code: 'connection-missing', fields: { connection: config.connection }, field: 'connection' })
    }
    if (config.sql.trim() === '') return { out: {}, problems: [...problems, { code: 'sql-empty', field: 'sql' }] }
    if (!known.described) {
      if (!known.describeFailed) problems.push({ code: 'not-checked-yet', field: 'sql' })
      return { out: {}, problems }
    }
    for (const { name } of known.described.parameters ?? []) {
      if (!columns.some((column) => column.name === name))
        problems.push({ code: 'parameter-not-mapped', fields: { name }, field: 'sql' })
    }
    for (const read of known.described.wholeTables ?? []) problems.push(readsWhole(read))
    return { out: { rows: [...columns, ...answerColumns(known.described.columns)] }, problems }
  },
  async describe(config, _inputs, context) {
    const connection = await context.connection(config.connection)
    const shape = await connection.describe(config.sql, { signal: context.signal })
    // Only a warning comes of it: a plan that cannot be asked for is no reason to refuse the statement.
    const reads = context.queries.wholeTables?.(connection, { sql: config.sql, shape }, context.signal)
    const wholeTables = (await reads?.catch((): PlanRead[] => [])) ?? []
    return wholeTables.length > 0 ? { ...shape, wholeTables } : shape
  },
  async open(config, context) {
    const connection = await context.connection(config.connection)
    const shape: StatementShape = context.described
      ? { columns: context.described.columns, parameters: context.described.parameters ?? [] }
      : await connection.describe(config.sql)
    const names = shape.parameters.map(({ name }) => name)
    return {
      async process(batch) {
        const { sets, places } = distinctSets(batch, names)
        const answers = await context.queries.answer(connection, { sql: config.sql, shape, sets }, context.signal)
        const { statements, databaseMs, ambiguous } = answers
        context.report({ statements, databaseMs, ambiguous })
        return addAnswers(batch, places, answers)
      },
    }
  },
  examples: [
    {
      config: { connection: 'sample-shop', sql: 'select count(*) as total_reviews from reviews where company_id = :company_id' },
    },
  ],
})
