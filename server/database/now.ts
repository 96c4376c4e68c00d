import type { ClientBase, Pool } from 'pg'

/**
 * The time by the database's clock: one clock for all processes, on whichever machines, however theirs are set. Within a transaction too it
 * goes on.
 */
export async function databaseNow(db: Pool | ClientBase): Promise<Date> {
  const { rows } = await db.query<{ ms: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms')
  const ms = rows[0]?.ms
  if (ms === undefined) throw new Error('The database did not tell its time')
  return new Date(ms)
}
