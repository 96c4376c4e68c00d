import type pg from 'pg'
import { sampleTables } from './tables.ts'

/**
 * Moves every date and instant of the shop on by the whole weeks between two Mondays, so that last week has the same
 * reviews as at the first start. What would lie ahead (the part of a week in which the shop was made) goes one week back.
 */
export async function shiftWeeks(client: pg.Client, move: { from: string; to: string; today: Date }): Promise<void> {
  for (const table of Object.values(sampleTables)) {
    const changes = table.columns
      .filter(({ kind }) => kind === 'date' || kind === 'instant')
      .map(({ name }) => `${name} = ${name} + ($2::date - $1::date) * ${"interval '1 day'"}`)
    if (changes.length > 0) await client.query(`update ${table.name} set ${changes.join(', ')}`, [move.from, move.to])
  }
  await client.query(
    `update reviews set created_at = created_at - interval '7 days', replied_at = replied_at - interval '7 days' where created_at >= $1`,
    [move.today],
  )
  await client.query('update reviews set replied_at = null where replied_at >= $1', [move.today])
}
