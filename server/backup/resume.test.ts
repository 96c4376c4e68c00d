import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { resumeRun } from '#server/runs/control.ts'
import { createBox } from '#server/secrets/box.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { fakeVendor, openFake } from '#server/worker/test/provider.ts'
import { startTestEngine, testClock, testLog } from '#server/worker/test/test-engine.ts'
import { writeBackup } from './backup.ts'
import { restoreBackup } from './restore.ts'

// A backup in the middle of a run, with a call in flight; restored elsewhere, looked at by a worker, and resumed by a person.

const secretKey = randomBytes(32)
const folder = mkdtempSync(join(tmpdir(), 'alimflow-resume-'))
const file = join(folder, 'middle.backup')
const workspaceId = '00000000-0000-7000-8000-000000000001'
let bench: Bench
let target: TestDatabase

beforeAll(async () => {
  ;[bench, target] = await Promise.all([Bench.open(secretKey), testDatabase({ empty: true })])
}, 60_000)
afterAll(async () => {
  await bench.close()
  await target.close()
  rmSync(folder, { recursive: true })
})

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (const end = Date.now() + 40_000; ;) {
    const seen = await look()
    if (seen !== null) return seen
    if (Date.now() > end) throw new Error('It did not come')
    await testClock.sleep(20)
  }
}

test('a restored run stands still until it is resumed; then the rest is sent once, and what was in flight is unconfirmed', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const first = fakeVendor({ after: () => (first.calls === 3 ? released : undefined) })
  bench.providers.set('alimtalk', openFake(first, { batch: 100 }))
  await bench.engine()
  const plan = chain({ rows: people(500) })
  const runId = await bench.start(plan, 'restored')
  await until(async () => (first.got.length === 300 ? true : null))
  await writeBackup({ url: bench.database.url, file, secretKey, version: '0.1.0', log: testLog })
  release()
  await bench.until(runId, ['completed'])
  expect(first.got).toHaveLength(500)

  expect(await restoreBackup({ url: target.url, file, secretKey, log: testLog })).toMatchObject({ paused: 1, failed: 0 })
  const second = fakeVendor()
  const engine = await startTestEngine({
    databaseUrl: target.url,
    pool: target.pool,
    ring: bench.ring,
    plan: () => plan,
    provider: () => openFake(second, { batch: 100 }),
    changed: () => null,
    tuning: {},
  })
  const boss = await createBoss({ databaseUrl: target.url, log: testLog, sendOnly: true })
  try {
    const run = async () =>
      (await target.pool.query('select state, reason, outcomes, law from workflow_run where id = $1', [runId])).rows[0]
    // Long enough for several looks of the worker.
    await testClock.sleep(1500)
    expect(await run()).toMatchObject({ state: runStateNumber('paused') })
    expect(second.calls).toBe(0)

    const runKeys = createBox(bench.ring, 'run-key')
    const deps = { pool: target.pool, boss, runKeys }
    const call = { workspaceId, runId, actor: 'test' }
    // The 200 who waited may have got theirs since, as they have: only somebody who has looked may send to them.
    const { at } = (await run()).reason.fields
    const refused = await resumeRun(deps, call).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'run-restored-unconfirmed', fields: { at } })
    expect(at).toMatch(/^20\d\d-/)
    expect(await run()).toMatchObject({ state: runStateNumber('paused') })
    await resumeRun(deps, call, { confirm: true })
    const ended = await until(async () => {
      const row = await run()
      return row.state === runStateNumber('completed') ? row : null
    })
    expect(ended).toMatchObject({ outcomes: { sent: 400, unconfirmed: 100 }, law: { holds: true } })
    const told = first.got.slice(0, 300).map(({ to }) => to)
    expect(second.got).toHaveLength(200)
    expect(second.got.filter(({ to }) => told.includes(to))).toEqual([])
  } finally {
    await boss.stop({ graceful: false })
    await engine.stop()
  }
}, 120_000)
