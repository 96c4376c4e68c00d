import type { Pool } from 'pg'

/**
 * From when the time of a run's messages counts, ms since 1970; null: from its start. It is the one thing of a run that a person may change
 * while workers know it, always when nothing of it is being sent (approval, resume): a lane asks as it begins, and hears it again with each
 * chunk that it takes.
 */
export async function readTimedFrom(pool: Pick<Pool, 'query'>, runId: string): Promise<number | null> {
  const { rows } = await pool.query<{ at: number | null }>({
    name: 'timed-from',
    text: 'select (extract(epoch from timed_from) * 1000)::float8 as at from workflow_run where id = $1',
    values: [runId],
  })
  return rows[0]?.at ?? null
}
