import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import type { Database } from './schema.ts'
import { TenancyPlugin } from './tenancy.ts'

const TIMESTAMPTZ = 1184
const TIMESTAMP = 1114
const DATE = 1082

/** `2026-11-26 00:52:50.123456+00` → `2026-11-26T00:52:50.123456Z`; infinity stays as it is. */
function instant(text: string): string {
  if (text.endsWith('infinity')) return text
  if (text.endsWith('+00')) return `${text.slice(0, -3).replace(' ', 'T')}Z`
  // A server with another zone (DATABASE_URL): PostgreSQL shortens whole hours, which Date does not read.
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
}

/**
 * How the platform's own tables are read: int8 and numeric as digits, instants as ISO text with Z, dates and wall times as
 * text, json parsed, bytea as Buffer.
 */
const platformTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === TIMESTAMPTZ) return instant
      if (oid === TIMESTAMP || oid === DATE) return (text: string) => text
    }
    // pg's own table is keyed by a list of known numbers; any other number gives its reader of text.
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown
  },
}

export interface PoolOptions {
  /** postgresql:// address; also over a unix socket. */
  url: string
  log: Log
  /** Most connections at once; default 10. */
  max?: number
  /** Shown by the database beside each connection. */
  name?: string
}

/** A pool for the platform's database. A connection that breaks while idle is logged and replaced, never thrown. */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    application_name: options.name ?? 'alimflow',
    connectionTimeoutMillis: 10_000,
    types: platformTypes,
  })
  pool.on('error', (error) => options.log.warn(`A database connection was lost: ${error.message}`))
  // A connection that is being closed has left the pool's care, but can still hear that the server goes (57P01).
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** kysely over a pool, with the types of the real schema. `destroy()` ends the pool. */
export function createKysely(pool: pg.Pool): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }), plugins: [new TenancyPlugin()] })
}
