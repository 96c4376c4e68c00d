import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Plan } from '#runtime/compile/plan.ts'
import { RECEIVED_AT } from '#runtime/run/expiry.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { testClock } from '#server/worker/test/test-engine.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { fakeVendor, openFake } from '#server/worker/test/provider.ts'

// Events whose time ends while their connection may not be called: each is told so then, not when the wait is over.

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

/** A plan whose rows are events: they come out of the trigger itself. */
function ofEvents(plan: Plan): Plan {
  const source = plan.nodes[plan.audience.sources[0] ?? '']
  if (!source) throw new Error('The plan has no source')
  const type = { ...source.type, event: () => ({ name: 'x', columns: [] }) }
  return { ...plan, trigger: source.id, nodes: { ...plan.nodes, [source.id]: { ...source, type } as never } }
}

const held = `insert into connection_limit (workspace_id, connection_id, held_until)
  select id, 'alimtalk', now() + interval '10 minutes' from workspace
  on conflict (workspace_id, connection_id) do update set held_until = excluded.held_until`

test('old events end while a provider rests; young ones wait, and are sent when it does not rest any more', async () => {
  const { pool } = bench.database
  await pool.query(held)
  const vendor = fakeVendor()
  bench.providers.set('alimtalk', openFake(vendor))
  await bench.engine()
  const hour = 3_600_000
  const at = (age: number): string => new Date(Date.now() - age).toISOString()
  // A chunk holds 1,000 rows: the first is of yesterday's yesterday, the second of now.
  const rows = people(1_500).map((row, index) => ({ ...row, [RECEIVED_AT]: at(index < 1_000 ? 48 * hour : 0) }))
  const runId = await bench.start(ofEvents(chain({ rows })))
  const { run_no: runNo } = await bench.until(runId, ['waiting'])
  // Its rows did not come by the intake, which notes their time beside the chunk.
  await pool.query(
    `update run_chunk set came_at = now() - (case when seq_from = 1 then 48 else 0 end) * interval '1 hour' where run_no = $1`,
    [runNo],
  )
  await pool.query(`update workflow_run set kind = 2, state = 3, timed_from = now() - interval '3 days' where id = $1`, [runId])
  const expired = async () => (await bench.messages(runId)).filter(({ state }) => state === 'expired').length
  while ((await expired()) < 1_000) await testClock.sleep(50)
  expect(vendor.calls).toBe(0)
  expect(await bench.messages(runId)).toHaveLength(1_000)
  await pool.query(`update connection_limit set held_until = now()`)
  await pool.query('update workflow_run set rows_closed_at = now() where id = $1', [runId])
  // A lane that began before may put it off once more.
  while ((await bench.run(runId)).state !== 'completed') {
    await pool.query(`update run_chunk set ready_at = now() where run_no = $1 and state = 0`, [runNo])
    await testClock.sleep(200)
  }
  const run = await bench.run(runId)
  expect(run).toMatchObject({ outcomes: { expired: 1_000, sent: 500 } })
  expect(vendor.got).toHaveLength(500)
}, 60_000)
