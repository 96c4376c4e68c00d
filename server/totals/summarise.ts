import type { Pool, PoolClient } from 'pg'
import { monthOf, monthRange } from '#server/ledger/run-no.ts'

const indexes = `
select i.indexrelid::regclass::text as name from pg_index i
join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
where a.amname = 'brin' and i.indrelid = any(select to_regclass(t) from unnest($1::text[]) t)`

/**
 * Gives the newest ranges of messages their summary, without which the search for an address reads them whole. Rows of a run lie in the
 * month of its start, so only this month's and the last one's partition get new ranges. @returns ranges that were summarised
 */
export async function summariseRanges(client: Pick<Pool | PoolClient, 'query'>, now: Date): Promise<number> {
  const months = [monthOf(now) - 1, monthOf(now)].map((month) => `messages_${monthRange(month).name}`)
  const { rows } = await client.query<{ name: string }>(indexes, [months])
  let summarised = 0
  for (const { name } of rows) {
    const answer = await client.query<{ n: number }>('select brin_summarize_new_values($1::regclass) as n', [name])
    summarised += answer.rows[0]?.n ?? 0
  }
  return summarised
}
