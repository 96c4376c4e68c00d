import pg from 'pg'
import type { ConnectionZones } from '#schemas/moment.ts'
import Cursor from 'pg-cursor'
import {
  AppError,
  type Log,
  type QueryOptions,
  type QueryResult,
  type RowStream,
  type SqlConnection,
  type Statement,
  type StatementShape,
  type Value,
} from '#runtime/sdk/index.ts'
import { likeLost } from '../sql/like-lost.ts'
import type { QueryPlan } from '#schemas/query-plan.ts'
import { guardPostgres } from '../sql/guard-postgres.ts'
import { LookBehind } from '../sql/look-behind.ts'
import type { Uses } from '../sql/uses.ts'
import { prepare } from '#schemas/sql/pieces.ts'
import { ResultMeter } from '../sql/result-meter.ts'
import { valuesFor } from '../sql/values-for.ts'
import { behindPostgres } from './behind.ts'
import { describeStatement } from './describe.ts'
import { fromPostgres } from './errors.ts'
import { explainPostgres } from './explain.ts'
import { postgresNames } from './names.ts'
import { QUOTING, streamRows } from './stream.ts'
import { bindText, columnOf, parameterColumn, readersOf } from './values.ts'

export interface PostgresSettings {
  readonly url?: string
  readonly host?: string
  readonly port?: number
  readonly database?: string
  readonly user?: string
  readonly password?: string
  readonly tls?: 'off' | 'on' | 'verify'
  /** Zone of the session: what `current_date` and `now()::date` mean. */
  readonly timezone: string
  readonly poolSize?: number
}

const DEFAULT_TIMEOUT_MS = 30_000
const asText = { getTypeParser: () => (value: string | null) => value }

function poolOptions(settings: PostgresSettings): pg.PoolConfig {
  const { url, host, port, database, user, password, tls = 'off' } = settings
  return {
    ...(url !== undefined
      ? { connectionString: url }
      : { host: host ?? 'localhost', port: port ?? 5432, database, user, password: password ?? '' }),
    ...(tls !== 'off' && { ssl: { rejectUnauthorized: tls === 'verify' } }),
    max: settings.poolSize ?? 4,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 8000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'alimflow',
    options: `-c TimeZone=${settings.timezone.replace(/[^\w/+:-]/g, '')} -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1`,
  }
}

/** Reading access to a PostgreSQL. Its pool connects when asked, forgets broken connections, and lets the process end. */
export class PostgresConnection implements SqlConnection {
  readonly dialect = 'postgres'
  readonly #pool: pg.Pool
  readonly #settings: PostgresSettings
  readonly #behind = new LookBehind()

  constructor(settings: PostgresSettings, log: Log) {
    this.#settings = settings
    this.#pool = new pg.Pool(poolOptions(settings))
    // Without a listener the end of an idle connection would end the process.
    this.#pool.on('error', (error) => log.debug('an idle source connection ended', { error: error.message }))
  }

  zones(): Promise<ConnectionZones> {
    return Promise.resolve({ wall: this.#settings.timezone, session: null })
  }

  async describe(sql: string, options: QueryOptions = {}): Promise<StatementShape> {
    const uses = guardPostgres(sql)
    const { text, names } = prepare(sql, 'postgres')
    const described = this.#use({ sql, uses, ...options }, async (client) => {
      const { fields, parameters } = await describeStatement(client, text)
      return {
        columns: fields.map(columnOf),
        parameters: names.map((name, i) => ({ name, column: parameterColumn(name, parameters[i] ?? 0) })),
      }
    })
    return described.catch(async (error: unknown) => {
      throw await likeLost(error, {
        sql,
        dialect: 'postgres',
        now: postgresNames((question, values) => this.ask(question, values)),
      })
    })
  }

  async explain(statement: Statement, options: QueryOptions = {}): Promise<QueryPlan> {
    const { sql } = statement
    // Its errors say where they are in the person's own text.
    await this.describe(sql, options)
    const uses = guardPostgres(sql)
    const { text, names } = prepare(sql, 'postgres')
    const given = names.every((name) => (statement.parameters[name] ?? null) !== null)
    const values = given ? valuesFor(names, statement.parameters).map(bindText) : null
    return this.#use({ sql, uses, ...options }, (client, timeoutMs) =>
      explainPostgres(client, { text, names, values, timeoutMs }),
    )
  }

  async query(statement: Statement, options: QueryOptions = {}): Promise<QueryResult> {
    const { sql } = statement
    const uses = guardPostgres(sql)
    const { text, order } = prepare(sql, 'postgres')
    const values = valuesFor(order, statement.parameters).map(bindText)
    return this.#use({ sql, uses, ...options }, async (client, timeoutMs) => {
      const started = performance.now()
      await client.query(`begin read only; ${QUOTING}; set local statement_timeout = ${Math.round(timeoutMs)}`)
      const cursor = client.query(new Cursor<(string | null)[]>(text, values, { rowMode: 'array', types: asText }))
      const { rows, fields } = await readAll(cursor, new ResultMeter(options.maxRows))
      await client.query('rollback')
      const readers = readersOf(fields)
      return {
        columns: fields.map(columnOf),
        rows: rows.map((row) => row.map((value, i): Value => readers[i]?.(value) ?? null)),
        databaseMs: performance.now() - started,
      }
    })
  }

  async stream(statement: Statement, options: QueryOptions & { batchSize?: number } = {}): Promise<RowStream> {
    const { sql } = statement
    const shape = await this.describe(sql, options)
    const { text, order } = prepare(sql, 'postgres')
    const values = valuesFor(order, statement.parameters).map(bindText)
    const open = () => this.#pool.connect()
    const failed = (error: unknown) => fromPostgres(error, this.#where(sql, options.timeoutMs))
    return streamRows({ open, text, values, columns: shape.columns, failed, cancel: (pid) => this.#cancel(pid), options })
  }

  /** Ends the pool. */
  close(): Promise<void> {
    return this.#pool.end()
  }

  /** The product's own fixed questions about the database, outside any guard; read only, with the usual time-out. */
  async ask(text: string, values: readonly string[] = []): Promise<(string | null)[][]> {
    return this.#use({ sql: text }, async (client, timeoutMs) => {
      await client.query(`begin read only; set local statement_timeout = ${Math.round(timeoutMs)}`)
      const result = await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array', types: asText })
      await client.query('rollback')
      return result.rows
    })
  }

  #where(sql: string, timeoutMs = DEFAULT_TIMEOUT_MS) {
    const { url, host, port, user } = this.#settings
    return { sql, timeoutMs, host: url === undefined ? `${host ?? 'localhost'}:${port ?? 5432}` : 'embedded', user: user ?? '' }
  }

  /** Over a connection of its own: the pool may be busy with what is to be ended. */
  async #cancel(pid: number): Promise<void> {
    const client = new pg.Client(poolOptions(this.#settings))
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select pg_cancel_backend($1)', [pid])
    } catch {
      // It ends with its connection, which is closed by whoever asked.
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  async #use<T>(
    options: QueryOptions & { sql: string; uses?: Uses },
    work: (client: pg.PoolClient, timeoutMs: number) => Promise<T>,
  ): Promise<T> {
    const { sql, uses, signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options
    signal?.throwIfAborted()
    let client: pg.PoolClient | undefined
    let stop: (() => void) | undefined
    try {
      const connected = await this.#pool.connect()
      client = connected
      // The protocol's process id is there once connected; pg's types leave it out.
      const pid = (connected as pg.PoolClient & { processID?: number }).processID
      stop = () => void (pid !== undefined && this.#cancel(pid))
      signal?.addEventListener('abort', stop, { once: true })
      signal?.throwIfAborted()
      if (uses && !this.#behind.isCleared(sql)) await this.#behind.clear(sql, uses, (all) => behindPostgres(connected, all))
      const result = await work(connected, timeoutMs)
      connected.release()
      client = undefined
      return result
    } catch (error) {
      // What state the session is in after an error is not worth knowing: it is closed.
      client?.release(true)
      if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error })
      throw fromPostgres(error, this.#where(sql, timeoutMs))
    } finally {
      if (stop) signal?.removeEventListener('abort', stop)
    }
  }
}

async function readAll(cursor: Cursor<(string | null)[]>, meter: ResultMeter) {
  const rows: (string | null)[][] = []
  let fields: pg.FieldDef[] = []
  for (let size = meter.next(); size > 0; size = meter.next()) {
    const batch = await readBatch(cursor, size)
    if (batch.fields.length > 0) fields = batch.fields
    for (const row of batch.rows) {
      meter.add(row)
      rows.push(row)
    }
    if (batch.rows.length < size) break
  }
  await cursor.close()
  return { rows, fields }
}

function readBatch(
  cursor: Cursor<(string | null)[]>,
  size: number,
): Promise<{ rows: (string | null)[][]; fields: pg.FieldDef[] }> {
  return new Promise((resolve, reject) => {
    cursor.read(size, (error, rows, result) => (error ? reject(error) : resolve({ rows, fields: result?.fields ?? [] })))
  })
}
