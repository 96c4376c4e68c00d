import type { Pool, PoolClient } from 'pg'
import { POLICIES } from './policies.ts'

/** Rows that one statement deletes: short enough that nobody waits for it. */
const BATCH = 10_000

/** Deletes what is older than its policy says. @returns rows by table, where there were some */
export async function deleteByAge(client: Pick<Pool | PoolClient, 'query'>, now: Date): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {}
  for (const [table, policy] of Object.entries(POLICIES)) {
    if (policy.kind !== 'age') continue
    const before = new Date(now.getTime() - policy.hours * 3_600_000)
    const condition = policy.where === undefined ? '' : ` and ${policy.where}`
    // Names of our own list, no values.
    const text = `delete from ${table} where ctid = any(array(select ctid from ${table} where ${policy.column} < $1${condition} limit ${BATCH}))`
    for (let some = BATCH; some === BATCH;) {
      some = (await client.query(text, [before])).rowCount ?? 0
      if (some > 0) deleted[table] = (deleted[table] ?? 0) + some
    }
  }
  return deleted
}
