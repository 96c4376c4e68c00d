import type { Column } from '#schemas/column.ts'
import { AppError, type SetAnswer, type SetAnswers, type SetQueries, type SqlConnection, type Value } from '#runtime/sdk/index.ts'
import { EXTRA_COLUMNS, lateralMysql, lateralPostgres } from './lateral.ts'
import { cutStatement } from './pieces.ts'

/** Sets per statement: the statement stays of a size that plans well, and one bad set spoils few others. */
const GROUP = 1000
/** Statements at once where each set is asked alone. */
const CONCURRENCY = 4

type Query = Parameters<SetQueries['answer']>[1]

interface Asked {
  readonly answers: (SetAnswer | null)[]
  readonly statements: number
  readonly databaseMs: number
  readonly ambiguous: number
}

/** Errors that concern a value of one set (a division by zero, a text that is no number), not the statement or the connection. */
const isOfOneSet = (error: unknown): error is AppError => error instanceof AppError && error.code === 'sql-error'

async function askOne(
  connection: SqlConnection,
  query: Query,
  { index, signal }: { index: number; signal: AbortSignal | undefined },
): Promise<Asked> {
  const parameters = query.sets[index] ?? {}
  try {
    const { rows, databaseMs } = await connection.query({ sql: query.sql, parameters }, { maxRows: 2, ...(signal && { signal }) })
    const first = rows[0]
    return { answers: [first ? { values: first } : null], statements: 1, databaseMs, ambiguous: rows.length > 1 ? 1 : 0 }
  } catch (error) {
    if (!isOfOneSet(error)) throw error
    const failed = new AppError('query-failed', { detail: error.message }, { cause: error })
    return { answers: [{ error: failed }], statements: 1, databaseMs: 0, ambiguous: 0 }
  }
}

async function askEach(connection: SqlConnection, query: Query, signal?: AbortSignal): Promise<Asked> {
  const results: Asked[] = []
  let next = 0
  const lane = async () => {
    for (let index = next++; index < query.sets.length; index = next++)
      results[index] = await askOne(connection, query, { index, signal })
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, query.sets.length) }, lane))
  return add(results)
}

function add(results: readonly Asked[]): Asked {
  return {
    answers: results.flatMap(({ answers }) => answers),
    statements: results.reduce((sum, { statements }) => sum + statements, 0),
    databaseMs: results.reduce((sum, { databaseMs }) => sum + databaseMs, 0),
    ambiguous: results.reduce((sum, { ambiguous }) => sum + ambiguous, 0),
  }
}

async function askTogether(connection: SqlConnection, query: Query, signal?: AbortSignal): Promise<Asked> {
  const { shape, sets } = query
  const question = {
    pieces: cutStatement(query.sql, connection.dialect),
    columns: shape.columns,
    parameters: shape.parameters,
    sets,
  }
  const statement = connection.dialect === 'postgres' ? lateralPostgres(question) : lateralMysql(question)
  const { rows, databaseMs } = await connection.query(statement, signal ? { signal } : {})
  const answers: (SetAnswer | null)[] = sets.map(() => null)
  let ambiguous = 0
  for (const [set, total, ...values] of rows as readonly [Value, Value, ...Value[]][]) {
    answers[Number(set)] = { values }
    if (Number(total) > 1) ambiguous++
  }
  return { answers, statements: 1, databaseMs, ambiguous }
}

/** All sets of a group in one statement; where one set's values break it, each alone, so that only that set fails. */
async function askGroup(connection: SqlConnection, query: Query, signal?: AbortSignal): Promise<Asked & { each: boolean }> {
  try {
    return { ...(await askTogether(connection, query, signal)), each: false }
  } catch (error) {
    if (!isOfOneSet(error)) throw error
    const asked = await askEach(connection, query, signal)
    return { ...asked, statements: asked.statements + 1, each: true }
  }
}

const together = (connection: SqlConnection): boolean => connection.dialect === 'postgres' || connection.dialect === 'mysql'

/**
 * The set-based form of a per-recipient query: one row per parameter set, the first by the query's own order; more rows are counted as
 * ambiguous. PostgreSQL and MySQL 8 answer up to 1,000 sets by one LATERAL statement; MariaDB, which has none, is asked per set with
 * bounded concurrency.
 */
export const setQueries: SetQueries = {
  async answer(connection, query, signal): Promise<SetAnswers> {
    const columns: readonly Column[] = query.shape.columns
    if (query.sets.length === 0) return { columns, answers: [], statements: 0, databaseMs: 0, ambiguous: 0, strategy: 'none' }
    if (query.shape.parameters.length === 0) {
      const asked = await askOne(connection, query, { index: 0, signal })
      const answer = asked.answers[0] ?? null
      return { columns, ...asked, answers: query.sets.map(() => answer), strategy: 'each' }
    }
    if (!together(connection) || columns.length + EXTRA_COLUMNS > 1600) {
      return { columns, ...(await askEach(connection, query, signal)), strategy: 'each' }
    }
    const results: (Asked & { each: boolean })[] = []
    for (let from = 0; from < query.sets.length; from += GROUP) {
      results.push(await askGroup(connection, { ...query, sets: query.sets.slice(from, from + GROUP) }, signal))
    }
    return { columns, ...add(results), strategy: results.every(({ each }) => each) ? 'each' : 'lateral' }
  },
}
