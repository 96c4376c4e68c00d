import type { SqlConnection, StatementShape, Value } from '#runtime/sdk/index.ts'
import {
  askMysqlKeys,
  fits,
  groupedMysql,
  groupedPostgres,
  mysqlKeys,
  overNothing,
  sameInAnyOrder,
  type MysqlKey,
} from './grouped.ts'
import { keyedAggregate, type KeyedAggregate } from './recognise.ts'

type Set = Readonly<Record<string, Value>>

/** Whether one GROUP BY can answer many sets of the statement, be it the better way or not. */
export async function couldGroup(asked: Asked): Promise<boolean> {
  const { connection, sql, shape } = asked
  const query = keyedAggregate(sql, connection.dialect)
  if (!query || !sameInAnyOrder(query, shape.columns, connection.dialect)) return false
  return connection.dialect === 'postgres' ? groupedPostgres(query, shape, []) !== null : (await keysOf(asked, query)) !== null
}

/** How all sets of a statement are answered by one GROUP BY. */
export interface GroupedWay {
  readonly query: KeyedAggregate
  /** What a set without rows gets. */
  readonly nothing: readonly Value[]
  /** Of MySQL and MariaDB; null: PostgreSQL, which compares by types that it knows. */
  readonly keys: readonly MysqlKey[] | null
}

interface Asked {
  readonly connection: SqlConnection
  readonly sql: string
  readonly shape: StatementShape
  readonly signal: AbortSignal | undefined
}

/** The statement for these sets, whose keys fit (`canGroup`). */
export function groupedStatement(way: GroupedWay, shape: StatementShape, sets: readonly Set[]) {
  return way.keys === null ? groupedPostgres(way.query, shape, sets) : groupedMysql(way.query, way.keys, sets)
}

/** Whether a set's values are compared with the keys as they are. NULL equals nothing: such a set has no rows. */
export function canGroup({ query, keys }: GroupedWay, set: Set): boolean {
  return keys === null || query.keys.every(({ parameter }, i) => keys[i] !== undefined && fits(keys[i], set[parameter] ?? null))
}

/**
 * Whether one GROUP BY is cheaper than the query once a set: by the server's own estimates. Where it does not tell, GROUP BY is
 * better than a statement a set, and lateral joins stay where they are.
 */
async function isCheaper({ connection, sql, shape, signal }: Asked, way: GroupedWay, sets: readonly Set[]): Promise<boolean> {
  if (connection.dialect === 'mariadb') return true
  const statement = groupedStatement(way, shape, sets)
  if (!connection.explain || !statement) return false
  const options = signal ? { signal } : {}
  const one = await connection.explain({ sql, parameters: sets.find((set) => canGroup(way, set)) ?? {} }, options)
  const all = await connection.explain(statement, options)
  return one.cost !== null && all.cost !== null && all.cost < one.cost * sets.length
}

async function keysOf({ connection, signal }: Asked, query: KeyedAggregate): Promise<MysqlKey[] | null> {
  const { columns, rows } = await connection.query(
    { sql: askMysqlKeys(query), parameters: {} },
    { maxRows: 1, ...(signal && { signal }) },
  )
  return mysqlKeys(columns, rows[0] ?? [])
}

/** How the sets of a statement can be grouped, and whether that is the better way; null: they are asked in another. */
export async function groupedWay(asked: Asked, sets: readonly Set[]): Promise<GroupedWay | null> {
  const { connection, sql, shape, signal } = asked
  const query = keyedAggregate(sql, connection.dialect)
  if (!query || !sameInAnyOrder(query, shape.columns, connection.dialect)) return null
  const keys = connection.dialect === 'postgres' ? null : await keysOf(asked, query)
  if (connection.dialect !== 'postgres' && keys === null) return null
  const { rows } = await connection.query({ sql: overNothing(query), parameters: {} }, { maxRows: 1, ...(signal && { signal }) })
  const way = { query, keys, nothing: rows[0] ?? [] }
  return (await isCheaper(asked, way, sets)) ? way : null
}

/** How long the way of a statement is believed: the database may get an index. ms */
const BELIEVED_MS = 300_000
const MOST = 200

/** The ways of statements that were asked, so that a run of thousands of chunks asks for each once. */
export class Ways {
  readonly #kept = new WeakMap<SqlConnection, Map<string, { readonly way: Promise<GroupedWay | null>; readonly until: number }>>()

  of(asked: Asked, sets: readonly Set[]): Promise<GroupedWay | null> {
    const ways = this.#kept.get(asked.connection) ?? new Map<string, { way: Promise<GroupedWay | null>; until: number }>()
    this.#kept.set(asked.connection, ways)
    const found = ways.get(asked.sql)
    if (found && found.until > performance.now()) return found.way
    if (ways.size >= MOST) ways.clear()
    // Others wait for the same answer: whoever asked first may not call it off for them.
    const way = groupedWay({ ...asked, signal: undefined }, sets)
    ways.set(asked.sql, { way, until: performance.now() + BELIEVED_MS })
    // What could not be found out is asked again.
    way.catch(() => ways.delete(asked.sql))
    return way
  }
}
