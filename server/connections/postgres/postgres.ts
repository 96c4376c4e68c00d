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
import { type Account, DEFAULT_TIMEOUT_MS, limitsOf, tlsOf } from '../account.ts'
import { againIfLost } from '../again.ts'
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
import { originsOf } from './origins.ts'
import { QUOTING, streamRows } from './stream.ts'
import { bindText, columnOf, parameterColumn, readersOf } from './values.ts'

/** `url`: the sample shop's, which has no account to fill in. */
export type PostgresSettings = Account | { readonly url: string; readonly timezone: string }

const asText = { getTypeParser: () => (value: string | null) => value }

function placeOf(settings: PostgresSettings): pg.PoolConfig {
  if ('url' in settings) return { connectionString: settings.url, max: 4 }
  const { host, port = 5432, database, user, password, poolSize, reach } = settings
  const ssl = tlsOf(settings)
  return {
    host,
    port,
    database,
    user,
    password,
    max: poolSize ?? 4,
    ...(ssl && { ssl }),
    ...(reach && { stream: () => reach.socket() }),
  }
}

function poolOptions(settings: PostgresSettings): pg.PoolConfig {
  return {
    ...placeOf(settings),
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 8000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'alimflow',
    options: `-c TimeZone=${settings.timezone.replace(/[^\w/+:-]/g, '')} -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1`,
  }
}

type Use = QueryOptions & { sql: string; uses?: Uses }

/** Reading access to a PostgreSQL. Its pool connects when asked, forgets broken connections, and lets the process end. */
export class PostgresConnection implements SqlConnection {
  readonly dialect = 'postgres'
  readonly #pool: pg.Pool
  readonly #settings: PostgresSettings
  readonly #timeoutMs: number
  readonly #behind = new LookBehind()

  constructor(settings: PostgresSettings, log: Log) {
    this.#settings = settings
    this.#timeoutMs = ('url' in settings ? undefined : settings.queryTimeoutMs) ?? DEFAULT_TIMEOUT_MS
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
        origins: await originsOf(client, fields),
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
    // A plan is made with what functions give, so it runs some of them.
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
      const { rows, fields } = await readAll(cursor, this.#meter(options.maxRows))
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
    const timeoutMs = options.timeoutMs ?? ('url' in this.#settings ? 0 : (this.#settings.streamTimeoutMs ?? 0))
    const failed = (error: unknown) => fromPostgres(error, this.#where(sql, timeoutMs))
    const cancel = (pid: number) => this.#cancel(pid)
    return streamRows({ open, text, values, columns: shape.columns, failed, cancel, options: { ...options, timeoutMs } })
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

  #meter(maxRows: number | undefined): ResultMeter {
    return new ResultMeter(maxRows, 'url' in this.#settings ? {} : limitsOf(this.#settings))
  }

  #where(sql: string, timeoutMs = this.#timeoutMs) {
    if ('url' in this.#settings) return { sql, timeoutMs, host: 'embedded', user: '' }
    const { host, port = 5432, user } = this.#settings
    return { sql, timeoutMs, host: `${host}:${port}`, user }
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

  /** A pool may hand out a connection whose other end went a moment ago: what reads only is then read once more, over a new one. */
  #use<T>(options: Use, work: (client: pg.PoolClient, timeoutMs: number) => Promise<T>): Promise<T> {
    return againIfLost((taken) => this.#useOnce(options, work, taken))
  }

  async #useOnce<T>(options: Use, work: (client: pg.PoolClient, timeoutMs: number) => Promise<T>, taken: () => void): Promise<T> {
    const { sql, uses, signal, timeoutMs = this.#timeoutMs } = options
    signal?.throwIfAborted()
    let client: pg.PoolClient | undefined
    let stop: (() => void) | undefined
    try {
      const connected = await this.#pool.connect()
      client = connected
      taken()
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
