import type { Column } from '#schemas/column.ts'
import { wholeTables } from '#schemas/whole-tables.ts'
import { AppError, type SetAnswer, type SetAnswers, type SetQueries, type SqlConnection, type Value } from '#runtime/sdk/index.ts'
import { EXTRA_COLUMNS, lateralPostgres } from './lateral.ts'
import { canCarry, lateralMysql } from './lateral-mysql.ts'
import { cutStatement } from '#schemas/sql/pieces.ts'
import { canGroup, couldGroup, groupedStatement, Ways, type GroupedWay } from './ways.ts'

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

/** Besides, what was written around the statement may hide a name of its own: asked as it stands, it says whether it is lost. */
const isOfTheForm = (error: unknown): boolean =>
  isOfOneSet(error) || (error instanceof AppError && ['sql-unknown-column', 'sql-unknown-table'].includes(error.code))

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

/** MySQL gives a literal another integer type where it stands in a derived table: a value is what the statement's own shape says. */
export function asDescribed(values: readonly Value[], columns: readonly Column[]): Value[] {
  return values.map((value, i) => {
    const { type, digits = false } = columns[i] ?? {}
    if (type !== 'integer') return value
    if (digits && typeof value === 'number') return String(value)
    return !digits && typeof value === 'string' ? Number(value) : value
  })
}

/** PostgreSQL's types are the same everywhere: its rows are taken as they are. */
const answerOf = ({ dialect }: SqlConnection, values: readonly Value[], { columns }: Query['shape']): SetAnswer => ({
  values: dialect === 'postgres' ? values : asDescribed(values, columns),
})

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
    answers[Number(set)] = answerOf(connection, values, shape)
    if (Number(total) > 1) ambiguous++
  }
  return { answers, statements: 1, databaseMs, ambiguous }
}

/** All sets of a group in one statement; where one set's values break it, each alone, so that only that set fails. */
async function orEach(
  connection: SqlConnection,
  query: Query,
  ask: { together: () => Promise<Asked>; signal: AbortSignal | undefined },
) {
  try {
    return { ...(await ask.together()), each: false }
  } catch (error) {
    if (!isOfTheForm(error)) throw error
    const asked = await askEach(connection, query, ask.signal)
    return { ...asked, statements: asked.statements + 1, each: true }
  }
}

async function askGrouped(
  connection: SqlConnection,
  query: Query,
  { way, signal }: { way: GroupedWay; signal: AbortSignal | undefined },
) {
  const { shape, sets } = query
  const answers: SetAnswer[] = sets.map(() => ({ values: way.nothing }))
  const statement = groupedStatement(way, shape, sets)
  if (!statement) return askEach(connection, query, signal)
  const { rows, databaseMs } = await connection.query(statement, signal ? { signal } : {})
  for (const [set, ...values] of rows) answers[Number(set)] = answerOf(connection, values, shape)
  return { answers, statements: 1, databaseMs, ambiguous: 0 }
}

const hasLateral = ({ dialect }: SqlConnection, columns: number): boolean =>
  (dialect === 'postgres' || dialect === 'mysql') && columns + EXTRA_COLUMNS <= 1600

/** The way of a statement; null too where asking for it failed, as asking the statement itself will say it better. */
async function wayOf(connection: SqlConnection, query: Query, signal: AbortSignal | undefined): Promise<GroupedWay | null> {
  if (query.sets.length < 2) return null
  try {
    return await ways.of({ connection, sql: query.sql, shape: query.shape, signal }, query.sets.slice(0, GROUP))
  } catch (error) {
    if (isOfTheForm(error)) return null
    throw error
  }
}

const ways = new Ways()

interface Group {
  readonly indexes: readonly number[]
  readonly strategy: SetAnswers['strategy']
}

/** The sets in groups of one way each. Those whose keys GROUP BY could take for others are asked as they always were. */
function groupsOf(connection: SqlConnection, { sets, shape }: Query, way: GroupedWay | null): Group[] {
  const lateral = hasLateral(connection, shape.columns.length)
  const strategyOf = (set: Query['sets'][number]) => {
    if (way && canGroup(way, set)) return 'grouped'
    return lateral && (connection.dialect !== 'mysql' || canCarry(shape.parameters, set)) ? 'lateral' : 'each'
  }
  const parts = new Map<SetAnswers['strategy'], number[]>()
  for (const [index, set] of sets.entries()) {
    const strategy = strategyOf(set)
    const indexes = parts.get(strategy) ?? []
    parts.set(strategy, indexes)
    indexes.push(index)
  }
  return [...parts].flatMap(([strategy, indexes]) =>
    Array.from({ length: Math.ceil(indexes.length / GROUP) }, (_, i) => ({
      strategy,
      indexes: indexes.slice(i * GROUP, (i + 1) * GROUP),
    })),
  )
}

async function askAll(
  connection: SqlConnection,
  query: Query,
  signal?: AbortSignal,
): Promise<Asked & Pick<SetAnswers, 'strategy'>> {
  const way = await wayOf(connection, query, signal)
  const answers: (SetAnswer | null)[] = []
  const results: Asked[] = []
  const strategies = new Set<SetAnswers['strategy']>()
  for (const { indexes, strategy } of groupsOf(connection, query, way)) {
    const part = { ...query, sets: indexes.map((index) => query.sets[index] ?? {}) }
    const together = (): Promise<Asked> =>
      strategy === 'grouped' && way ? askGrouped(connection, part, { way, signal }) : askTogether(connection, part, signal)
    const asked =
      strategy === 'each'
        ? { ...(await askEach(connection, part, signal)), each: true }
        : await orEach(connection, part, { together, signal })
    for (const [at, index] of indexes.entries()) answers[index] = asked.answers[at] ?? null
    results.push(asked)
    strategies.add(asked.each ? 'each' : strategy)
  }
  const strategy = (['grouped', 'lateral'] as const).find((one) => strategies.has(one)) ?? 'each'
  return { ...add(results), answers, strategy }
}

/**
 * The set-based form of a per-recipient query: one row per parameter set, the first by the query's own order; more rows are counted as
 * ambiguous. Aggregates over equal keys are answered by one GROUP BY for up to 1,000 sets, where the server's plan for it is the cheaper
 * one; else PostgreSQL and MySQL 8 answer them by one LATERAL statement; MariaDB, which has none, is asked per set with bounded concurrency.
 */
export const setQueries: SetQueries = {
  async wholeTables(connection, { sql, shape }, signal) {
    // Without a parameter it is asked once for all.
    if (!connection.explain || shape.parameters.length === 0) return []
    const asked = { connection, sql, shape, signal }
    if (await couldGroup(asked)) return []
    return wholeTables(await connection.explain({ sql, parameters: {} }, signal ? { signal } : {}))
  },
  async answer(connection, query, signal): Promise<SetAnswers> {
    const columns: readonly Column[] = query.shape.columns
    if (query.sets.length === 0) return { columns, answers: [], statements: 0, databaseMs: 0, ambiguous: 0, strategy: 'none' }
    if (query.shape.parameters.length === 0) {
      const asked = await askOne(connection, query, { index: 0, signal })
      const answer = asked.answers[0] ?? null
      return { columns, ...asked, answers: query.sets.map(() => answer), strategy: 'each' }
    }
    return { columns, ...(await askAll(connection, query, signal)) }
  },
}
