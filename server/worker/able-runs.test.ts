import { afterAll, beforeAll, expect, test } from 'vitest'
import { AbleRuns } from './able-runs.ts'
import { takeIdentity } from './identity.ts'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake } from './test/provider.ts'
import { testLog } from './test/test-engine.ts'

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

const pinned = {
  document: { name: 'p' },
  templates: {},
  timezone: 'Asia/Seoul',
  nodeTypes: { postcard: { version: 1, hash: 'aaaa' } },
}

async function blocked(runId: string): Promise<unknown> {
  const { rows } = await bench.database.pool.query('select blocked from workflow_run where id = $1', [runId])
  return rows[0]?.blocked
}

test('a run says that nobody can do it, only while nobody can', async () => {
  const runId = await bench.startPinned('p', pinned)
  const able = new AbleRuns({ pool: bench.database.pool, log: testLog, abilities: ['filter@1'], patienceMs: 0 })
  expect(await able.canNow(runId)).toBe(false)
  const one = { databaseUrl: bench.database.url, log: testLog, lanes: 1, onLost: () => undefined }
  const elsewhere = await takeIdentity({ ...one, nodeTypes: ['postcard@2#aaaa'] })
  await able.learn([{ id: runId, blocked: false }])
  expect(await blocked(runId)).toBeNull()
  await elsewhere.release()
  await able.learn([{ id: runId, blocked: false }])
  expect(await blocked(runId)).toEqual({ code: 'no-worker-for-run', fields: { types: 'postcard' } })
  const comes = new AbleRuns({ pool: bench.database.pool, log: testLog, abilities: ['postcard@1#aaaa'] })
  await comes.learn([{ id: runId, blocked: true }])
  expect(await blocked(runId)).toBeNull()
})

test('a worker leaves a run alone that it cannot do, and one that can does it', async () => {
  bench.providers.set('alimtalk', openFake(fakeVendor()))
  bench.plans.set('p', chain({ rows: people(5) }))
  await bench.engine({}, { nodeTypes: ['postcard@1#bbbb'] })
  const runId = await bench.startPinned('p', pinned)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect((await bench.run(runId)).state).toBe('queued')
  await bench.engine({}, { nodeTypes: ['postcard@1#aaaa'] })
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 5 } })
})
