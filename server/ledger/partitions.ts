import type { Pool } from 'pg'
import { monthOf, monthRange } from './run-no.ts'

/** Guards the making of partitions among all processes. */
const PARTITION_LOCK = 7002

const tables: readonly { name: string; with: string }[] = [
  { name: 'run_chunk', with: 'with (fillfactor = 70)' },
  { name: 'run_answers', with: '' },
  { name: 'run_call', with: '' },
  { name: 'messages', with: '' },
]

/** Makes the partitions of this month and the next, where they are missing. Cheap when they are there. */
export async function ensurePartitions(pool: Pool, now: Date): Promise<void> {
  const months = [monthOf(now), monthOf(now) + 1].map(monthRange)
  const wanted = months.flatMap((month) => tables.map((table) => ({ table, month, name: `${table.name}_${month.name}` })))
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
