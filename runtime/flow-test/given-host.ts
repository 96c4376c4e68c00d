import { isDeepStrictEqual } from 'node:util'
import type { FlowTestCase, GivenAnswers } from '#schemas/flow-test.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Host } from '#runtime/host.ts'
import type { InnerSource } from '#runtime/inner/inner-workflows.ts'
import { prepare } from '#runtime/queries/pieces.ts'
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
  const bySql = new Map<string, GivenAnswers>()
  for (const { id, config } of document.nodes) {
    const answers = given[id]
    if (answers && typeof config['sql'] === 'string') bySql.set(config['sql'], answers)
  }
  return {
    connection: () => Promise.resolve(databaseOf(bySql)),
    known: (id) => knownAs(id, channels.get(id)),
    lists: givenLists({ document, given }),
    inner,
    queries: queriesOf(bySql),
    http: { request: () => Promise.reject(new Error('A flow test reaches nothing outside.')) },
    clock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  }
}

function knownAs(id: string, channels: readonly string[] | undefined): KnownConnection {
  return channels
    ? { id, name: id, kind: 'sandbox', role: 'provider', channels, dialect: null }
    : { id, name: id, kind: 'postgres', role: 'database', channels: [], dialect: 'postgres' }
}

const rowsOf = (answers: GivenAnswers): Readonly<Record<string, unknown>>[] =>
  'rows' in answers ? answers.rows : answers.answers.flatMap(({ row }) => (row ? [row] : []))

function databaseOf(bySql: ReadonlyMap<string, GivenAnswers>): SqlConnection {
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

function queriesOf(bySql: ReadonlyMap<string, GivenAnswers>): SetQueries {
  return {
    answer: async (_connection, { sql, shape, sets }) => {
      const given = bySql.get(sql)
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
