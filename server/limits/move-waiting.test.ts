import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError, CallFailed } from '#runtime/sdk/index.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { fakeVendor, openFake } from '#server/worker/test/provider.ts'
import { testClock } from '#server/worker/test/test-engine.ts'
import { readLimitStates } from './limit-state.ts'
import { moveWaiting } from './move-waiting.ts'

let bench: Bench
beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.close())

const workspaceId = '00000000-0000-7000-8000-000000000001'
const states = (language: 'en' | 'ko') =>
  readLimitStates(bench.database.pool, { workspaceId, connectionIds: ['alimtalk'], language })
const chunkTo = (runId: string, when: string) =>
  bench.database.pool.query(
    `update run_chunk set ready_at = now() + $2::interval where run_no = (select run_no from workflow_run where id = $1) and state = 0`,
    [runId, when],
  )

test('a run waits while all that is open lies in the future, names the cause, and goes on at the time', async () => {
  let calls = 0
  const vendor = fakeVendor({
    before: () => {
      if (++calls === 1)
        throw new CallFailed('temporary', new AppError('provider-busy', { provider: 'Fake', code: '429' }), 60_000)
    },
  })
  bench.providers.set('alimtalk', openFake(vendor, { batch: 10, settings: { concurrency: 1 } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(30) }))
  await bench.until(runId, ['waiting'])
  const english = (await states('en')).get('alimtalk')
  expect(english).toMatchObject({ code: 'asked-to-wait' })
  expect(english?.message).toMatch(/^alimtalk asked for a rest until \d\d:\d\d:\d\d\.$/)
  expect((await states('ko')).get('alimtalk')?.message).toMatch(/쉬어 달라고 해서 .*\d\d:\d\d:\d\d까지 기다려요/)
  const until = new Date(english?.until ?? 0).getTime() - Date.now()
  expect(until).toBeGreaterThan(40_000)
  expect(until).toBeLessThanOrEqual(60_000)
  // The time has come.
  await bench.database.pool.query(`update connection_limit set held_until = now() where connection_id = 'alimtalk'`)
  // The worker looks at the row again before it sends anybody away, unless it did so a moment ago.
  await testClock.sleep(400)
  await chunkTo(runId, '0 seconds')
  expect((await bench.until(runId, ['completed'], 30_000)).law?.holds).toBe(true)
  expect(vendor.got).toHaveLength(30)
  await bench.rest()
}, 60_000)

test('a waiting run whose last chunk is gone goes on to its end; one that waits for a person stays', async () => {
  bench.providers.set('alimtalk', openFake(fakeVendor()))
  const runId = await bench.start(chain({ rows: people(5) }))
  await bench.engine()
  await bench.until(runId, ['completed'])
  await bench.rest()
  const set = (reason: object | null) =>
    bench.database.pool.query(`update workflow_run set state = 2, reason = $2 where id = $1`, [
      runId,
      reason && JSON.stringify(reason),
    ])
  await set({ code: 'approval-needed', fields: {} })
  await moveWaiting(bench.database.pool)
  expect((await bench.run(runId)).state).toBe('waiting')
  await set(null)
  await moveWaiting(bench.database.pool)
  expect((await bench.run(runId)).state).toBe('sending')
}, 60_000)
