import Type from 'typebox'
import type { Column } from '#schemas/column.ts'
import { field } from '#schemas/form.ts'
import { TABLE_SOURCE } from '#schemas/table-source.ts'
import { VisualQuery } from '#schemas/visual-query.ts'
import { AppError, defineNode, type Batch, type CompiledQuery, type Described, type DescribeContext } from '#runtime/sdk/index.ts'
import { bindParameters } from './sql/bind-parameters.ts'
import { databaseField } from './sql/fields.ts'
import { readStatement } from './sql/read-statement.ts'

interface Config {
  readonly connection: string
  readonly query: VisualQuery
}

/** Names that the database has no more, where the catalog still knew them. */
const LOST: ReadonlySet<string> = new Set(['sql-unknown-column', 'sql-column-like', 'sql-unknown-table', 'sql-table-like'])

const inQuery = (problems: CompiledQuery['problems']): CompiledQuery['problems'] =>
  problems.map((problem) => ({ ...problem, field: problem.field === undefined ? 'query' : `query/${problem.field}` }))

/** The columns as the database types them, with the marks of the catalog. */
function columnsOf(columns: readonly Column[], { outputs }: CompiledQuery): Column[] {
  return columns.map((column, index) => {
    const output = outputs[index]
    return { ...column, ...(output?.personal && { personal: true }), ...(output && { nullable: output.nullable }) }
  })
}

async function describe({ connection: id, query }: Config, context: DescribeContext): Promise<Described> {
  const compiled = await context.tables.compile(id, query)
  const { sql, title } = compiled
  const about = title ? { title } : {}
  if (sql === null) return { columns: [], ...about, problems: inQuery(compiled.problems) }
  const connection = await context.connection(id)
  try {
    return { columns: columnsOf((await connection.describe(sql, { signal: context.signal })).columns, compiled), ...about }
  } catch (error) {
    // What was kept of the database is older than a change in it: by what it has now, the lost name is found at its place.
    if (!(error instanceof AppError) || !LOST.has(error.code)) throw error
    const { problems } = await context.tables.compile(id, query, { anew: true })
    if (problems.length === 0) throw error
    return { columns: [], ...about, problems: inQuery(problems) }
  }
}

/** Reads the audience from a table that was chosen with its columns and conditions: nobody writes SQL. */
export default defineNode({
  type: TABLE_SOURCE,
  version: 1,
  role: 'source',
  effect: 'read',
  scope: 'audience',
  title: { en: 'Pick from tables', ko: '표에서 고르기' },
  help: {
    en: 'Picks the recipients from a table of a database by conditions, without SQL: one row is one person.',
    ko: 'SQL 없이 데이터베이스의 표에서 조건에 맞는 사람을 골라요. 한 행이 한 사람이에요.',
  },
  icon: 'table',
  keywords: [
    'table',
    'query',
    'database',
    'source',
    'audience',
    'no sql',
    '표',
    '조회',
    '데이터베이스',
    '받는 사람',
    '대상',
    '조건',
  ],
  ports: { in: { start: 'start' }, out: { rows: 'rows' } },
  config: Type.Object(
    {
      connection: databaseField(),
      query: Type.Unsafe<VisualQuery>({
        ...VisualQuery,
        ...field({ title: { en: 'Who', ko: '받을 사람' } }, { widget: 'visual-query' }),
      }),
    },
    { additionalProperties: false },
  ),
  defaults: { connection: 'sample-shop', query: { table: '', columns: [] } },
  summary({ query }, known) {
    if (query.table === '') return null
    const { en, ko } = known.described?.title ?? { en: query.table, ko: query.table }
    const count = query.conditions?.items.length ?? 0
    if (count === 0) return { en, ko }
    return { en: `${en} · ${count} condition${count === 1 ? '' : 's'}`, ko: `${ko} · 조건 ${count}개` }
  },
  columns({ query }, _inputs, known) {
    if (query.table === '')
      return {
        out: {},
        problems: [{ code: 'config-missing', fields: { field: { en: 'Table', ko: '표' } }, field: 'query/table' }],
      }
    if (!known.described) return { out: {}, problems: known.describeFailed ? [] : [{ code: 'not-checked-yet', field: 'query' }] }
    const { columns, problems = [] } = known.described
    return problems.length > 0 ? { out: {}, problems } : { out: { rows: columns } }
  },
  async describe(config, _inputs, context) {
    return config.query.table === '' ? { columns: [] } : describe(config, context)
  },
  async *read({ connection: id, query }, context): AsyncGenerator<Batch> {
    const { maxRows } = context
    const few = maxRows !== undefined && query.limit !== undefined ? { ...query, limit: Math.min(maxRows, query.limit) } : query
    const { sql, parameters } = await context.tables.compile(id, few)
    // The run compared the query with the tables when it started; what changed since then ends it before anybody is in it.
    if (sql === null) throw new AppError('source-changed', { detail: query.table })
    const connection = await context.connection(id)
    // A database that knows how few rows are wanted looks for those, and does not prepare to give all of them.
    const bounded = maxRows !== undefined && query.limit === undefined ? `${sql}\nlimit ${Math.trunc(maxRows)}` : sql
    yield* readStatement(
      connection,
      { sql: bounded, parameters: await bindParameters(parameters, { connection, context }) },
      context,
    )
  },
  examples: [
    {
      config: {
        connection: 'sample-shop',
        query: {
          table: 'customers',
          columns: [
            { column: 'name', as: '이름' },
            { column: 'contacts', as: '연락처' },
          ],
        },
      },
    },
  ],
})
