import Type from 'typebox'
import type { Column } from '#schemas/column.ts'
import { field } from '#schemas/form.ts'
import { bindInstant } from '#schemas/moment.ts'
import { ParameterValue } from '#schemas/parameter.ts'
import { fitsType } from '#schemas/parameter-fits.ts'
import {
  AppError,
  defineNode,
  type Batch,
  type NodeContext,
  type NodeProblem,
  type SqlConnection,
  type StatementShape,
  type Value,
} from '#runtime/sdk/index.ts'
import { bindParameters } from './sql/bind-parameters.ts'
import { sqlField, databaseField } from './sql/fields.ts'
import { listNameField, naming, withListName } from './sql/list-name.ts'
import { readStatement } from './sql/read-statement.ts'

/** Facts of the run that a statement may bind without being told. */
const FACTS = ['run_started_at', 'previous_run_at'] as const

/**
 * The values of a statement's parameters: what was set for them, else what the trigger brought, else facts of the run.
 * @throws AppError `sql-parameter-missing`, `sql-parameter-unfit`
 */
async function bind(
  wanted: StatementShape['parameters'],
  { given, connection, context }: { given: Given; connection: SqlConnection; context: NodeContext },
): Promise<Record<string, Value>> {
  const { startedAt, previousRunAt, trigger } = context.run
  const facts: Readonly<Record<string, string | null>> = { run_started_at: startedAt, previous_run_at: previousRunAt }
  const values: Record<string, Value> = await bindParameters(given, { connection, context })
  for (const { name, column } of wanted) {
    if (Object.hasOwn(values, name)) continue
    if (Object.hasOwn(trigger, name)) values[name] = trigger[name] ?? null
    else if (!Object.hasOwn(facts, name)) throw new AppError('sql-parameter-missing', { name })
    else values[name] = await bindFact(facts[name] ?? null, { column, connection })
  }
  return values
}

/** A fact is an instant; a column without a zone is compared with the wall time that it means there. */
async function bindFact(
  fact: string | null,
  { column, connection }: { column: Column | null; connection: SqlConnection },
): Promise<Value> {
  return fact === null
    ? null
    : bindInstant(Date.parse(fact), column?.type === 'datetime' ? 'datetime' : 'instant', await connection.zones())
}

type Given = Readonly<Record<string, ParameterValue>>

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
        Type.Record(Type.String(), ParameterValue, {
          ...field(
            {
              title: { en: 'Parameters', ko: '매개변수' },
              help: { en: 'Values of the :names in the query', ko: '조회문 속 :이름에 넣을 값이에요' },
            },
            { widget: 'parameters' },
          ),
        }),
      ),
      listName: Type.Optional(listNameField()),
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
    for (const [name, value] of Object.entries(config.parameters ?? {})) {
      if (typeof value === 'string' || 'relative' in value || fitsType(value.type, value.value)) continue
      problems.push({ code: 'sql-parameter-unfit', fields: { name, type: value.type }, field: `parameters/${name}` })
    }
    return { out: { rows: withListName(known.described.columns, config.listName) }, problems }
  },
  async describe(config, _inputs, context) {
    const connection = await context.connection(config.connection)
    return connection.describe(config.sql, { signal: context.signal })
  },
  async *read(config, context): AsyncGenerator<Batch> {
    const connection = await context.connection(config.connection)
    const wanted = context.described?.parameters ?? (await connection.describe(config.sql)).parameters
    const parameters = await bind(wanted, { given: config.parameters ?? {}, connection, context })
    const named = naming(config.listName)
    for await (const batch of readStatement(connection, { sql: config.sql, parameters }, context)) yield batch.map(named)
  },
  examples: [{ config: { connection: 'sample-shop', sql: 'select id, name, contacts from customers' } }],
})
