import { afterAll, beforeAll, expect, test } from 'vitest'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { careForRuns } from './care.ts'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake } from './test/provider.ts'
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
