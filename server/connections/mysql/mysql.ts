import type { ConnectionZones } from '#schemas/moment.ts'
import { Socket } from 'node:net'
import mysql, { type Pool, type PoolConnection } from 'mysql2/promise'
import { prepare } from '#schemas/sql/pieces.ts'
import {
  AppError,
  type Dialect,
  type Log,
  type QueryOptions,
  type QueryResult,
  type RowStream,
  type SqlConnection,
  type Statement,
  type StatementShape,
} from '#runtime/sdk/index.ts'
import { type Account, DEFAULT_TIMEOUT_MS, limitsOf, nameToCheck, tlsOf } from '../account.ts'
import { againIfLost } from '../again.ts'
import { likeLost } from '../sql/like-lost.ts'
import { tableNames } from '#schemas/sql/table-names.ts'
import type { QueryPlan } from '#schemas/query-plan.ts'
import { mysqlPlan } from '../plans/mysql-plan.ts'
import { guardMysql } from '../sql/guard-mysql.ts'
import { LookBehind } from '../sql/look-behind.ts'
import type { Uses } from '../sql/uses.ts'
import { ResultMeter } from '../sql/result-meter.ts'
import { valuesFor } from '../sql/values-for.ts'
import { behindMysql } from './behind.ts'
import { fromMysql } from './errors.ts'
import { mysqlNames } from './names.ts'
import { limitStatement, setUpSession, type Session } from './session.ts'
import { rawOf, readRows, streamRows } from './stream.ts'
import { parameterOf } from './parameter-types.ts'
import { bindValue, columnOf, originOf, readersOf, type Field } from './values.ts'

/** How the driver reads: no `Date`, no rounded number; values.ts makes the rest. */
const READING = {
  dateStrings: true,
  supportBigNumbers: true,
  bigNumberStrings: true,
  jsonStrings: true,
  decimalNumbers: false,
} as const

function options(settings: Account): mysql.PoolOptions {
  const { host, port = 3306, database, user, password, reach } = settings
  const tls = tlsOf(settings)
  const socket = () => {
    const made = reach?.socket() ?? new Socket()
    made.setKeepAlive(true, 10_000).setNoDelay(true)
    return made.connect(port, host)
  }
  return {
    // The socket goes to the host; the driver takes this for the name to check only.
    host: tls ? nameToCheck(settings) : host,
    port,
    database,
    user,
    password,
    stream: socket,
    ...(tls && {
      ssl: {
        rejectUnauthorized: tls.rejectUnauthorized === true,
        verifyIdentity: tls.rejectUnauthorized === true,
        ...(tls.ca !== undefined && { ca: String(tls.ca) }),
      },
    }),
    ...READING,
    charset: 'utf8mb4',
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    connectTimeout: 8000,
  }
}

/** What stands for a value that is not known yet: a number and a text alike, so that it fits keys of either kind. */
const ANY_VALUE = '1'

interface Prepared {
  readonly columns: Field[]
  /** One for each `?` of the text. */
  readonly parameters: Field[]
}

type Use = QueryOptions & { sql: string; uses?: Uses }

/** Reading access to a MySQL or MariaDB; which of them is found at the first connection. */
export class MysqlConnection implements SqlConnection {
  readonly #pool: Pool
  readonly #settings: Account
  readonly #timeoutMs: number
  readonly #sessions = new WeakMap<object, Session>()
  readonly #behind = new LookBehind()
  #dialect: Dialect

  /** `dialect`: what was found before, until this connection has seen the server itself. */
  constructor(settings: Account, log: Log, dialect: 'mysql' | 'mariadb' = 'mariadb') {
    this.#settings = settings
    this.#timeoutMs = settings.queryTimeoutMs ?? DEFAULT_TIMEOUT_MS
    this.#dialect = dialect
    const size = settings.poolSize ?? 4
    this.#pool = mysql.createPool({ ...options(settings), connectionLimit: size, maxIdle: size, idleTimeout: 30_000 })
    // Without a listener the end of an idle connection would end the process.
    this.#pool.on('connection', (connection) => {
      connection.on('error', (error: Error) => log.debug('a source connection ended', { error: error.message }))
    })
  }

  get dialect(): Dialect {
    return this.#dialect
  }

  zones(): Promise<ConnectionZones> {
    // The session's zone is known once there is one: the wanted zone, or its offset where the server knows no zones.
    return this.#use({ sql: '' }, (_connection, { timezone }) =>
      Promise.resolve({ wall: this.#settings.timezone, session: timezone }),
    )
  }

  async describe(sql: string, options: QueryOptions = {}): Promise<StatementShape> {
    const uses = guardMysql(sql)
    const { text, names, order } = prepare(sql, 'mysql')
    const described = this.#use({ sql: text, uses, ...options }, async (connection, session) => {
      const prepared = await connection.prepare(text)
      // What PREPARE answered; the driver's types leave it out.
      const { columns, parameters: places } = (prepared as unknown as { statement: Prepared }).statement
      await prepared.close()
      const parameters = names.map((name) => ({ name, column: parameterOf(name, { order, places, session }) }))
      return { columns: columns.map(columnOf), parameters, origins: columns.map((field) => originOf(field, this.#settings)) }
    })
    return described.catch(async (error: unknown) => {
      throw await likeLost(error, { sql, dialect: 'mysql', now: mysqlNames((question, values) => this.ask(question, values)) })
    })
  }

  async explain(statement: Statement, options: QueryOptions = {}): Promise<QueryPlan> {
    // Its errors say where they are in the person's own text.
    await this.describe(statement.sql, options)
    const uses = guardMysql(statement.sql)
    const { text, order } = prepare(statement.sql, 'mysql')
    const values = order.map((name) => bindValue(statement.parameters[name] ?? ANY_VALUE))
    return this.#use({ sql: text, uses, ...options }, async (connection) => {
      await connection.query('start transaction read only')
      const [rows] = await connection.execute({ sql: `explain format=json ${text}`, values, rowsAsArray: true })
      await connection.query('rollback')
      // One row of one text, with `rowsAsArray` as an array.
      const json = (rows as unknown as string[][])[0]?.[0] ?? '{}'
      return mysqlPlan(json, tableNames(statement.sql, 'mysql'))
    })
  }

  async query(statement: Statement, options: QueryOptions = {}): Promise<QueryResult> {
    const uses = guardMysql(statement.sql)
    const { text, order } = prepare(statement.sql, 'mysql')
    const values = valuesFor(order, statement.parameters).map(bindValue)
    const { wanted } = this.#meter(options.maxRows)
    return this.#use({ sql: text, uses, ...options, maxRows: wanted }, async (connection, session) => {
      const meter = this.#meter(options.maxRows)
      const started = performance.now()
      await connection.query('start transaction read only')
      const { rows, fields } = await readRows(connection, { text, values, meter })
      await connection.query('rollback')
      const readers = readersOf(fields, session.timezone)
      return {
        columns: fields.map(columnOf),
        rows: rows.map((row) => row.map((value, i) => readers[i]?.(value) ?? null)),
        databaseMs: performance.now() - started,
      }
    })
  }

  async stream(statement: Statement, options: QueryOptions & { batchSize?: number } = {}): Promise<RowStream> {
    const shape = await this.describe(statement.sql, options)
    const { text, order } = prepare(statement.sql, 'mysql')
    const values = valuesFor(order, statement.parameters).map(bindValue)
    const timeoutMs = options.timeoutMs ?? this.#settings.streamTimeoutMs ?? 0
    const failed = (error: unknown) => fromMysql(error, this.#where(text, timeoutMs))
    const kill = (id: number) => this.#kill(id)
    const open = () => this.#acquire().catch((error: unknown) => Promise.reject(failed(error)))
    return streamRows({ open, text, values, columns: shape.columns, failed, kill, options: { ...options, timeoutMs } })
  }

  /** The product's own fixed questions about the database, outside the guard. */
  async ask(sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
    return this.#use({ sql }, async (connection) => {
      const [rows] = await connection.query({ sql, values: [...values], rowsAsArray: true })
      return rows as unknown as unknown[][]
    })
  }

  /** Ends the pool. */
  close(): Promise<void> {
    return this.#pool.end()
  }

  #meter(maxRows: number | undefined): ResultMeter {
    return new ResultMeter(maxRows, limitsOf(this.#settings))
  }

  #where(sql: string, timeoutMs = this.#timeoutMs) {
    const { host, port = 3306, user } = this.#settings
    return { sql, timeoutMs, host: `${host}:${port}`, user }
  }

  async #acquire(): Promise<{ connection: PoolConnection; session: Session }> {
    const connection = await this.#pool.getConnection()
    const raw = rawOf(connection)
    let session = this.#sessions.get(raw)
    try {
      session ??= await setUpSession(connection, this.#settings.timezone)
    } catch (error) {
      connection.destroy()
      throw error
    }
    this.#sessions.set(raw, session)
    this.#dialect = session.dialect
    return { connection, session }
  }

  /** Over a connection of its own: the pool may be busy with what is to be ended. */
  async #kill(threadId: number): Promise<void> {
    const connection = await mysql.createConnection(options(this.#settings)).catch(() => null)
    await connection?.query(`kill query ${Math.trunc(threadId)}`).catch(() => undefined)
    await connection?.end().catch(() => undefined)
  }

  /** A pool may hand out a connection whose other end went a moment ago: what reads only is then read once more, over a new one. */
  #use<T>(given: Use, work: (connection: PoolConnection, session: Session) => Promise<T>): Promise<T> {
    return againIfLost((had) => this.#useOnce(given, work, had))
  }

  async #useOnce<T>(given: Use, work: (connection: PoolConnection, session: Session) => Promise<T>, had: () => void): Promise<T> {
    const { sql, uses, signal, timeoutMs = this.#timeoutMs } = given
    signal?.throwIfAborted()
    let taken: PoolConnection | undefined
    let stop: (() => void) | undefined
    try {
      const { connection, session } = await this.#acquire()
      taken = connection
      had()
      stop = () => void this.#kill(rawOf(connection).threadId)
      signal?.addEventListener('abort', stop, { once: true })
      signal?.throwIfAborted()
      if (uses && !this.#behind.isCleared(sql)) {
        // A limit that an earlier statement left would cut the answers short.
        await connection.query(limitStatement(session.dialect, { timeoutMs }))
        await this.#behind.clear(sql, uses, (all) => behindMysql(connection, all))
      }
      await connection.query(limitStatement(session.dialect, { timeoutMs, maxRows: given.maxRows }))
      const result = await work(connection, session)
      taken = undefined
      connection.release()
      return result
    } catch (error) {
      // What state the session is in after an error is not worth knowing: it is closed.
      taken?.destroy()
      if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error })
      throw fromMysql(error, this.#where(sql, timeoutMs))
    } finally {
      if (stop) signal?.removeEventListener('abort', stop)
    }
  }
}
