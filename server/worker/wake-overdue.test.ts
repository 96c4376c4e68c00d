import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeChunk } from '#server/ledger/take.ts'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake, refused } from './test/provider.ts'
import { againDeps } from './test/known-runs.ts'
import { wakeOverdue } from './wake-overdue.ts'
import { resendRun } from '#server/runs/again.ts'

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

const workspaceId = '00000000-0000-7000-8000-000000000001'

test('old events that wait are made ready; those that a person wished to be sent again wait for their retry', async () => {
  const { pool } = bench.database
  bench.providers.set('alimtalk', openFake(fakeVendor({ answer: () => refused })))
  await bench.engine()
  const plan = chain({ rows: people(2) })
  const runId = await bench.start(plan)
  const { run_no: runNo } = await bench.until(runId, ['completed'])
  await bench.rest()
  await resendRun(againDeps(bench), { workspaceId, runId, actor: 'kim' }, { wish: {}, client: null })
  const known = await againDeps(bench).known.get(runId)
  if (!known) throw new Error('The run cannot be opened')
  // Their time counts row by row, as that of events does.
  const counted = known.plan.stages.map((stage) => (stage.kind === 'send' ? { ...stage, waited: 'all' as const } : stage))
  const open = { ...known, plan: { ...known.plan, stages: counted } }
  const stages = open.plan.stages.filter(({ kind }) => kind === 'send').map(({ no }) => no)
  const wait = (kind: number) =>
    pool.query(
      `update run_chunk set kind = $2, came_at = now() - interval '9 days', ready_at = now() + interval '10 minutes' where run_no = $1 and state = 0`,
      [runNo, kind],
    )
  await pool.query(`update workflow_run set state = 3, timed_from = now() - interval '20 days' where id = $1`, [runId])
  const take = () =>
    takeChunk(
      { pool, runNo, worker: 1, key: open.key, hash: open.hash },
      { nodeNo: stages[0] ?? 0, slice: 0, windowMs: 1_000, closing: false, cameBefore: Date.now() - 86_400_000 },
    )
  for (const kind of [2, 3]) {
    await wait(kind)
    expect(await wakeOverdue(pool, open)).toEqual([])
    await pool.query(`update run_chunk set ready_at = now() where run_no = $1 and state = 0`, [runNo])
    expect(await take()).toBeNull()
  }
  await wait(0)
  expect(await wakeOverdue(pool, open)).toEqual(stages)
  expect(await take()).toMatchObject({ n: 2 })
})
