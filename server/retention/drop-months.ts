import type { Pool } from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { RUN_ENDS, runStateNumber } from '#runtime/states/run-states.ts'
import { MONTHLY, monthsThere, PARTITION_LOCK } from '#server/ledger/partitions.ts'
import { monthOf, monthRange } from '#server/ledger/run-no.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { Excluded } from '#server/runs/excluded.ts'
import { readSums } from '#server/runs/sums.ts'
import { tablesOf } from './policies.ts'

/** Waiting longer for the lock would make every lane wait behind it; the next round tries again. */
const LOCK_MS = 2_000
const LOCK_NOT_AVAILABLE = '55P03'

/** Months that may go now: older than what any workspace keeps. */
async function monthsToDrop(pool: Pool, now: Date): Promise<number[]> {
  const { rows } = await pool.query<{ keep: number | null }>('select max(keep_months)::int as keep from workspace')
  const keep = rows[0]?.keep
  if (keep === null || keep === undefined) return []
  return (await monthsThere(pool)).filter((month) => month < monthOf(now) - keep)
}

// Without its chunks a run can show no sums any more: they are read once and kept with its row.
const unkept = `
select run_no from workflow_run where run_no >= $1 and run_no < $2 and kept is null and totals_at is not null and state = any($3) limit 100`

async function keepSums(pool: Pool, range: { from: number; to: number }): Promise<void> {
  const excluded = new Excluded(pool)
  for (;;) {
    const { rows } = await pool.query<{ run_no: string }>(unkept, [range.from, range.to, RUN_ENDS.map(runStateNumber)])
    if (rows.length === 0) return
    const runNos = rows.map(({ run_no }) => Number(run_no))
    const sums = await readSums(pool, runNos)
    for (const runNo of runNos) {
      const kept = { sums: sums.get(runNo), excluded: await excluded.read(runNo, sums.get(runNo)) }
      await pool.query('update workflow_run set kept = $2 where run_no = $1', [runNo, JSON.stringify(kept)])
    }
  }
}

// Late reports moved something since: it belongs to the totals first. A run that is open, or not wholly counted, keeps its month.
const inTheWay = `
select (select count(*) from workflow_run where run_no >= $1 and run_no < $2 and kept is null)::int
  + (select count(*) from run_day_delta where run_no >= $1 and run_no < $2)::int as n`

const forget = `
update workflow_run set details_dropped_at = now(), key_enc = null, trigger_payload_enc = null, test_addresses_enc = null
where run_no >= $1 and run_no < $2 and details_dropped_at is null`

async function dropMonth(pool: Pool, month: number): Promise<'dropped' | 'busy' | 'needed'> {
  const range = monthRange(month)
  await keepSums(pool, range)
  return withClient(pool, async (client) => {
    try {
      await client.query(`begin; set local lock_timeout = ${LOCK_MS}; select pg_advisory_xact_lock(${PARTITION_LOCK})`)
      const { rows } = await client.query<{ n: number }>(inTheWay, [range.from, range.to])
      if (rows[0]?.n !== 0) {
        await client.query('rollback')
        return 'needed'
      }
      await client.query(forget, [range.from, range.to])
      for (const table of tablesOf('run'))
        await client.query(`delete from ${table} where run_no >= $1 and run_no < $2`, [range.from, range.to])
      await client.query(MONTHLY.map(({ name }) => `drop table if exists ${name}_${range.name}`).join('; '))
      await client.query('commit')
      return 'dropped'
    } catch (error) {
      await client.query('rollback')
      if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE) return 'busy'
      throw error
    }
  })
}

/**
 * Drops the months that nobody keeps any more: people, texts, messages. Runs keep their row with its outcomes, law and sums. A month with a
 * run that is not over, or not in the daily totals yet, stays. @returns names of the dropped months (`2025_10`)
 */
export async function dropOldMonths(pool: Pool, { now, log }: { now: Date; log: Log }): Promise<string[]> {
  const dropped: string[] = []
  for (const month of await monthsToDrop(pool, now)) {
    const { name } = monthRange(month)
    const end = await dropMonth(pool, month)
    if (end === 'dropped') dropped.push(name)
    else log.warn('An old month could not be dropped; it is tried again', { month: name, because: end })
  }
  if (dropped.length > 0) log.info(`Messages of old months were deleted: ${dropped.join(', ')}.`)
  return dropped
}
