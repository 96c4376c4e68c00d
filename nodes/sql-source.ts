import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { AppError, defineNode, type Batch, type NodeContext, type NodeProblem, type Row, type Value } from '#runtime/sdk/index.ts'
import { rowMaker } from './sql/row-maker.ts'
import { sqlField, databaseField } from './sql/fields.ts'

/** Facts of the run that a statement may bind without being told. */
const FACTS = ['run_started_at', 'previous_run_at'] as const

function bind(names: readonly string[], given: Readonly<Record<string, string>>, context: NodeContext): Record<string, Value> {
  const facts: Record<string, Value> = { run_started_at: context.run.startedAt, previous_run_at: context.run.previousRunAt }
  const values: Record<string, Value> = {}
  for (const name of names) {
    if (Object.hasOwn(given, name)) values[name] = given[name] ?? null
    else if (Object.hasOwn(context.run.trigger, name)) values[name] = context.run.trigger[name] ?? null
    else if (Object.hasOwn(facts, name)) values[name] = facts[name] ?? null
    else throw new AppError('sql-parameter-missing', { name })
  }
  return values
}

/** Reads the audience: one statement, one snapshot, streamed. */
export default defineNode({
  type: 'sql-source',
  version: 1,
  role: 'source',
  effect: 'read',
  scope: 'audience',
  title: { en: 'SQL query', ko: 'SQL 조회' },
  help: {
    en: 'Reads the recipients from a database: one row is one person. Nothing is ever written there.',
    ko: '데이터베이스에서 받을 사람을 조회해요. 한 행이 한 사람이에요. 데이터베이스는 읽기만 해요.',
  },
  icon: 'database',
  keywords: ['sql', 'query', 'database', 'source', '조회', '데이터베이스', '받는 사람', '대상'],
  ports: { in: { start: 'start' }, out: { rows: 'rows' } },
  config: Type.Object(
    {
      connection: databaseField(),
      sql: sqlField(),
      parameters: Type.Optional(
        Type.Record(Type.String(), Type.String({ maxLength: 10_000 }), {
          ...field(
            {
              title: { en: 'Parameters', ko: '매개변수' },
              help: { en: 'Values of the :names in the query', ko: '조회문 속 :이름에 넣을 값이에요' },
            },
            { widget: 'parameters', advanced: true },
          ),
        }),
      ),
    },
    { additionalProperties: false },
  ),
  defaults: { connection: 'sample-shop', sql: '' },
  summary(config, known) {
    const name = known.connection(config.connection)?.name ?? config.connection
    return { en: name, ko: name }
  },
  columns(config, inputs, known) {
    const problems: NodeProblem[] = []
    const connection = known.connection(config.connection)
    if (connection?.role !== 'database')
      problems.push({ code: 'connection-missing', fields: { connection: config.connection }, field: 'connection' })
    if (config.sql.trim() === '') return { out: {}, problems: [...problems, { code: 'sql-empty', field: 'sql' }] }
    if (!known.described) {
      if (!known.describeFailed) problems.push({ code: 'not-checked-yet', field: 'sql' })
      return { out: {}, problems }
    }
    const bound = new Set<string>([
      ...FACTS,
      ...Object.keys(config.parameters ?? {}),
      ...(inputs.start ?? []).map(({ name }) => name),
    ])
    for (const { name } of known.described.parameters ?? []) {
      if (!bound.has(name)) problems.push({ code: 'sql-parameter-missing', fields: { name }, field: 'sql' })
    }
    return { out: { rows: known.described.columns }, problems }
  },
  async describe(config, _inputs, context) {
    const connection = await context.connection(config.connection)
    return connection.describe(config.sql, { signal: context.signal })
  },
  async *read(config, context): AsyncGenerator<Batch> {
    const connection = await context.connection(config.connection)
    const names = (context.described?.parameters ?? (await connection.describe(config.sql)).parameters).map(({ name }) => name)
    const statement = { sql: config.sql, parameters: bind(names, config.parameters ?? {}, context) }
    const { maxRows, signal } = context
    const started = performance.now()
    if (maxRows !== undefined) {
      const result = await connection.query(statement, { signal, maxRows })
      context.report({ statements: 1, databaseMs: result.databaseMs })
      yield toRows(result.columns, result.rows)
      return
    }
    const stream = await connection.stream(statement, { signal, batchSize: 1000 })
    for await (const batch of stream) yield toRows(stream.columns, batch)
    context.report({ statements: 1, databaseMs: performance.now() - started })
  },
  examples: [{ config: { connection: 'sample-shop', sql: 'select id, name, contacts from customers' } }],
})

function toRows(columns: Parameters<typeof rowMaker>[0], rows: readonly (readonly Value[])[]): Row[] {
  const make = rowMaker(columns)
  return rows.map((values) => make(values))
}
