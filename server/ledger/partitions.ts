import type { Pool } from 'pg'
import { monthOf, monthRange } from './run-no.ts'

/** Guards the making and dropping of partitions among all processes. */
export const PARTITION_LOCK = 7002

/** Months that are made ahead: a run that starts finds its partition, also where nothing tidied up for weeks. */
const AHEAD = 2

/** The tables that are cut into months. */
export const MONTHLY: readonly { readonly name: string; readonly with: string }[] = [
  { name: 'run_chunk', with: 'with (fillfactor = 70)' },
  { name: 'run_answers', with: '' },
  { name: 'run_call', with: '' },
  { name: 'messages', with: '' },
]

/** Makes the partitions of this month and the next two, where they are missing. Cheap when they are there. */
export function ensurePartitions(pool: Pick<Pool, 'query'>, now: Date): Promise<void> {
  return makePartitions(
    pool,
    Array.from({ length: AHEAD + 1 }, (_, index) => monthOf(now) + index),
  )
}

/** Makes the partitions of these months (since 2020-01), where they are missing. */
export async function makePartitions(pool: Pick<Pool, 'query'>, months: readonly number[]): Promise<void> {
  const wanted = months
    .map(monthRange)
    .flatMap((month) => MONTHLY.map((table) => ({ table, month, name: `${table.name}_${month.name}` })))
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relname = any($1) and relnamespace = 'public'::regnamespace`,
    [wanted.map((one) => one.name)],
  )
  const there = new Set(rows.map((row) => row.name))
  const missing = wanted.filter((one) => !there.has(one.name))
  if (missing.length === 0) return
  const statements = missing.map(
    ({ table, month, name }) =>
      `create table if not exists ${name} partition of ${table.name} for values from (${month.from}) to (${month.to}) ${table.with};`,
  )
  await pool.query(`begin; select pg_advisory_xact_lock(${PARTITION_LOCK}); ${statements.join(' ')} commit;`)
}

/** Months (since 2020-01) that have partitions, oldest first. */
export async function monthsThere(pool: Pick<Pool, 'query'>): Promise<number[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'run_chunk'::regclass`,
  )
  return rows
    .flatMap(({ name }) => {
      const [, year, month] = /^run_chunk_(\d{4})_(\d\d)$/.exec(name) ?? []
      return year === undefined ? [] : [(Number(year) - 2020) * 12 + Number(month) - 1]
    })
    .toSorted((a, b) => a - b)
}
