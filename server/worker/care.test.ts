import { afterAll, beforeAll, expect, test } from 'vitest'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { resendRun } from '#server/runs/again.ts'
import { careForRuns } from './care.ts'
import { Bench } from './test/harness.ts'
import { againDeps } from './test/known-runs.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake, refused } from './test/provider.ts'
import { testLog } from './test/test-engine.ts'

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

const HOUR = 3_600_000

async function stand(state: 'queued' | 'sending' | 'paused', hours: number): Promise<string> {
  const runId = await bench.start(chain({ rows: people(3) }))
  await bench.database.pool.query(
    `update workflow_run set state = $2, seen_at = now() - $3::int * interval '1 hour', started_at = now() - interval '99 hours' where id = $1`,
    [runId, runStateNumber(state), hours],
  )
  return runId
}

test('what stood still for too long is asked about, what did not goes on', async () => {
  const ids = {
    late: await stand('sending', 25),
    early: await stand('sending', 23),
    unsent: await stand('queued', 25),
    paused: await stand('paused', 200),
  }
  await careForRuns({ pool: bench.database.pool, log: testLog }, { lateAfterMs: 24 * HOUR })
  expect(await bench.run(ids.late)).toMatchObject({ state: 'paused', reason: { code: 'run-stood-still' } })
  expect((await bench.run(ids.early)).state).toBe('sending')
  expect(await bench.run(ids.unsent)).toMatchObject({ state: 'failed', reason: { code: 'run-came-too-late' } })
  expect(await bench.run(ids.paused)).toMatchObject({ state: 'paused', reason: null })
  // Somebody is there now: a run that is continued later is not late again.
  const { rows } = await bench.database.pool.query<{ seen: boolean }>(
    `select seen_at > now() - interval '1 minute' as seen from workflow_run where id = any($1)`,
    [[ids.late, ids.early, ids.paused]],
  )
  expect(rows.map(({ seen }) => seen)).toEqual([true, true, true])
})

test('after the restart of everything an open run goes on, and an old one waits for a person', async () => {
  const talk = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk))
  const fresh = await bench.start(chain({ rows: people(10) }))
  const old = await stand('sending', 30)
  await bench.engine({}, { lateAfterMs: 24 * HOUR })
  expect(await bench.until(fresh, ['completed'])).toMatchObject({ outcomes: { sent: 10 } })
  expect((await bench.run(old)).state).toBe('paused')
  expect(talk.got).toHaveLength(10)
})

test('a run that ended days ago and is sent again is not late: there was nothing to look after', async () => {
  const { pool } = bench.database
  bench.providers.set('alimtalk', openFake(fakeVendor({ answer: () => refused })))
  const runId = await bench.start(chain({ rows: people(3) }))
  await bench.engine()
  await bench.until(runId, ['completed'])
  await bench.rest()
  await pool.query(
    `update workflow_run set started_at = now() - interval '3 days', seen_at = now() - interval '2 days' where id = $1`,
    [runId],
  )
  const wish = { workspaceId: '00000000-0000-7000-8000-000000000001', runId, actor: 'kim' }
  expect(await resendRun(againDeps(bench), wish, { wish: {}, client: null })).toMatchObject({ messages: 3 })
  await careForRuns({ pool, log: testLog }, { lateAfterMs: 24 * HOUR })
  expect(await bench.run(runId)).toMatchObject({ state: 'sending', reason: null })
  await bench.cancel(runId)
})

test('a chunk that is held in a run that sends is freed: whoever held it died before the pause', async () => {
  const talk = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk))
  const [going, paused] = [await bench.start(chain({ rows: people(5) })), await bench.start(chain({ rows: people(5) }))]
  const { pool } = bench.database
  const engine = await bench.engine()
  await bench.until(going, ['completed'])
  await bench.until(paused, ['completed'])
  await engine.stop()
  const holdIn = (runId: string, state: 'sending' | 'paused'): Promise<unknown> =>
    pool.query(
      `with r as (update workflow_run set state = $2 where id = $1 returning run_no)
       update run_chunk k set state = 3 from r where k.run_no = r.run_no`,
      [runId, runStateNumber(state)],
    )
  await holdIn(going, 'sending')
  await holdIn(paused, 'paused')
  await careForRuns({ pool, log: testLog }, { lateAfterMs: 24 * HOUR })
  const { rows } = await pool.query<{ id: string; states: number[] }>(
    'select r.id, array_agg(distinct k.state) as states from workflow_run r join run_chunk k on k.run_no = r.run_no where r.id = any($1) group by 1',
    [[going, paused]],
  )
  expect(new Map(rows.map(({ id, states }) => [id, states]))).toEqual(
    new Map([
      [going, [0]],
      [paused, [3]],
    ]),
  )
})
