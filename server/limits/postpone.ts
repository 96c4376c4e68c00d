import type { Pool } from 'pg'

/**
 * Nobody may call over the connection of a stage for so long: what is open of it waits, unclaimed, and uses up no attempt. What waits for
 * a later time anyway stays as it is.
 */
export async function postponeChunks(
  pool: Pick<Pool, 'query'>,
  stage: { runNo: number; nodeNo: number; ms: number },
): Promise<void> {
  await pool.query({
    name: 'postpone',
    text: `update run_chunk set ready_at = now() + $3::float8 * interval '1 ms'
      where run_no = $1::bigint and node_no = $2::smallint and state = 0 and ready_at < now() + $3::float8 * interval '1 ms'`,
    values: [stage.runNo, stage.nodeNo, stage.ms],
  })
}
