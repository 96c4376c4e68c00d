import { isDeepStrictEqual } from 'node:util'
import type { FlowTestCase, GivenAnswers } from '#schemas/flow-test.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Host } from '#runtime/host.ts'
import type { InnerSource } from '#runtime/inner/inner-workflows.ts'
import { prepare } from '#schemas/sql/pieces.ts'
import {
  AppError,
  type Clock,
  type KnownConnection,
  type SetAnswer,
  type SetQueries,
  type SqlConnection,
  type StatementShape,
} from '#runtime/sdk/index.ts'
import { columnsOfRows, valuesOf } from './column-type.ts'
import { givenLists } from './given-lists.ts'
import { standInFor, statementOf } from './own-questions.ts'

type Channels = ReadonlyMap<string, readonly string[]>

/** A host that reaches nothing outside: what a test gives stands for the databases, and every connection of the workflow is there. */
export function givenHost({
  document,
  given,
  channels,
  clock,
  inner,
}: {
  document: WorkflowDocument
  given: FlowTestCase['given']
  channels: Channels
  clock: Clock
  inner: InnerSource
}): Host {
  const answers = answersOf(document, given)
  // A set of queries knows the connection only as what it was given here.
  const opened = new Map<SqlConnection, BySql>()
  return {
    connection: (id) => {
      const bySql = new Map([...answers.anywhere, ...(answers.on.get(id) ?? [])])
      const database = databaseOf(bySql)
      opened.set(database, bySql)
      return Promise.resolve(database)
    },
    service: () => Promise.reject(new Error('A flow test reaches nothing outside.')),
    known: (id) => knownAs(id, channels.get(id)),
    lists: givenLists({ document, given }),
    inner,
    tables: {
      compile: (_connection, query) =>
        Promise.resolve({ sql: standInFor(query), countSql: null, parameters: {}, outputs: [], title: null, problems: [] }),
    },
    queries: queriesOf((connection) => opened.get(connection) ?? answers.anywhere),
    http: { request: () => Promise.reject(new Error('A flow test reaches nothing outside.')) },
    clock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  }
}

type BySql = ReadonlyMap<string, GivenAnswers>

/** What is given to the statements of each connection; `anywhere`: where a step does not say in a field of this name where it asks. */
function answersOf(
  document: WorkflowDocument,
  given: FlowTestCase['given'],
): { readonly on: ReadonlyMap<string, BySql>; readonly anywhere: BySql } {
  const on = new Map<string, Map<string, GivenAnswers>>()
  const anywhere = new Map<string, GivenAnswers>()
  for (const { id, config } of document.nodes) {
    const answers = given[id]
    const { connection } = config
    const sql = statementOf(config)
    if (!answers || typeof sql !== 'string') continue
    if (typeof connection === 'string') on.set(connection, new Map([...(on.get(connection) ?? []), [sql, answers]]))
    anywhere.set(sql, answers)
  }
  return { on, anywhere }
}

function knownAs(id: string, channels: readonly string[] | undefined): KnownConnection {
  return channels
    ? { id, name: id, kind: 'sandbox', role: 'provider', channels, dialect: null }
    : { id, name: id, kind: 'postgres', role: 'database', channels: [], dialect: 'postgres' }
}

const rowsOf = (answers: GivenAnswers): Readonly<Record<string, unknown>>[] =>
  'rows' in answers ? answers.rows : answers.answers.flatMap(({ row }) => (row ? [row] : []))

function databaseOf(bySql: BySql): SqlConnection {
  const answersTo = (sql: string): GivenAnswers => {
    const answers = bySql.get(sql)
    if (answers) return answers
    throw new AppError('flow-test-nothing-given', { sql: sql.trim().split('\n')[0]?.slice(0, 80) ?? '' })
  }
  const shapeOf = (sql: string): StatementShape => ({
    columns: columnsOfRows(rowsOf(answersTo(sql))),
    parameters: prepare(sql, 'postgres').names.map((name) => ({ name, column: null })),
  })
  const read = (sql: string) => {
    const { columns } = shapeOf(sql)
    return { columns, rows: rowsOf(answersTo(sql)).map((row) => valuesOf(row, columns)) }
  }
  return {
    dialect: 'postgres',
    zones: () => Promise.resolve({ wall: 'UTC', session: null }),
    describe: async (sql) => shapeOf(sql),
    query: async ({ sql }, { maxRows } = {}) => {
      const { columns, rows } = read(sql)
      return { columns, rows: rows.slice(0, maxRows), databaseMs: 0 }
    },
    stream: async ({ sql }) => {
      const { columns, rows } = read(sql)
      return {
        columns,
        [Symbol.asyncIterator]: async function* () {
          yield rows
        },
      }
    },
  }
}

function queriesOf(bySqlOn: (connection: SqlConnection) => BySql): SetQueries {
  return {
    answer: async (connection, { sql, shape, sets }) => {
      const given = bySqlOn(connection).get(sql)
      const list = given && 'answers' in given ? given.answers : []
      const answers = sets.map((set): SetAnswer | null => {
        const found = list.find(
          ({ when }) =>
            Object.keys(when).length > 0 && Object.entries(when).every(([name, value]) => isDeepStrictEqual(set[name], value)),
        )
        if (found?.fails !== undefined) return { error: new AppError('query-failed', { detail: found.fails }) }
        return found?.row ? { values: valuesOf(found.row, shape.columns) } : null
      })
      return { columns: shape.columns, answers, statements: 1, databaseMs: 0, ambiguous: 0, strategy: 'none' }
    },
  }
}
