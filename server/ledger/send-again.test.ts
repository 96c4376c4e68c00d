import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { erasePerson, finishErasures } from '#server/retention/erase-person.ts'
import { eraseRun } from '#server/retention/erase-run.ts'
import { resendRun, type AgainDeps } from '#server/runs/again.ts'
import { createBox } from '#server/secrets/box.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { againDeps } from '#server/worker/test/known-runs.ts'
import type { Report, SendResult } from '#runtime/sdk/index.ts'
import { channel } from '#server/worker/test/nodes.ts'
import { chain, people, phone } from '#server/worker/test/people.ts'
import { fakeVendor, openFake, refused, temporary } from '#server/worker/test/provider.ts'
import { openRunKey } from './run-key.ts'
import { eraseRows } from '#server/retention/erase-rows.ts'
import { withClient } from './with-client.ts'

// Sending again copies rows that erasing empties: whoever comes second must see what the first one did.

let bench: Bench
let deps: AgainDeps
const workspaceId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  bench = await Bench.open()
  deps = againDeps(bench)
})
afterEach(() => bench.rest())
afterAll(() => bench.close())

const by = (runId: string) => ({ workspaceId, runId, actor: 'kim' })
const erasing = () => ({
  pool: bench.database.pool,
  runKeys: bench.deps.runKeys,
  listKeys: createBox(bench.ring, 'list-key'),
  samples: createBox(bench.ring, 'pinned-sample'),
  workspaceKeys: createBox(bench.ring, 'workspace'),
})

/** A run of which nobody got anything, and a vendor that would take everybody now. */
async function refusedRun(count: number) {
  const state = { mended: false }
  const talk = fakeVendor({ answer: () => (state.mended ? undefined : refused) })
  bench.providers.set('alimtalk', openFake(talk))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(count) }))
  const { run_no } = await bench.until(runId, ['completed'])
  await bench.rest()
  state.mended = true
  return { talk, runId, runNo: run_no }
}

/** Somebody waits for another's lock. */
const waits = () =>
  expect
    .poll(
      async () =>
        (
          await bench.database.pool.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`,
          )
        ).rowCount,
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)

test('a person who is being erased does not go again', async () => {
  const { talk, runId, runNo } = await refusedRun(3)
  const { rows } = await bench.database.pool.query<{ no: number; key_enc: Buffer }>(
    'select k.no, r.key_enc from run_chunk k join workflow_run r using (run_no) where run_no = $1',
    [runNo],
  )
  const key = openRunKey(bench.deps.runKeys, runId, rows[0]?.key_enc ?? Buffer.alloc(0))
  const again = await withClient(bench.database.pool, async (client) => {
    await client.query('begin')
    expect(await eraseRows(client, { runNo, key }, { nodeNo: 3, no: rows[0]?.no ?? 0, seqs: [2] })).toBe(1)
    const wish = resendRun(deps, by(runId), { wish: {}, client: null })
    await waits()
    await client.query('commit')
    return wish
  })
  expect(again).toMatchObject({ messages: 2 })
  await bench.engine()
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 2, failed: 1 }, law: { holds: true } })
  expect(talk.got.map(({ to }) => to).toSorted()).toEqual([phone(1), phone(3)])
})

test('who is erased while he waits to be sent to again gets nothing more, and is erased in the new chunk too when the run is over', async () => {
  const { talk, runId, runNo } = await refusedRun(3)
  const erased = await withClient(bench.database.pool, async (client) => {
    await client.query('begin')
    expect(await resendRun(deps, by(runId), { wish: {}, client })).toMatchObject({ messages: 3 })
    const wish = erasePerson(erasing(), { workspaceId, address: phone(2), actor: 'kim' })
    await waits()
    await client.query('commit')
    return wish
  })
  expect(erased).toMatchObject({ waiting: 1 })
  expect(await finishErasures(erasing())).toBe(0)
  await bench.engine()
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 2, skipped: 1 }, law: { holds: true } })
  expect(talk.got.map(({ to }) => to).toSorted()).toEqual([phone(1), phone(3)])
  await expect.poll(() => finishErasures(erasing()), { timeout: 20_000 }).toBe(1)
  const open = await deps.known.get(runId)
  expect(await resendRun(deps, by(runId), { wish: { states: ['failed'] }, client: null })).toMatchObject({ messages: 0 })
  const { rows } = await bench.database.pool.query<{ no: number }>('select no from run_chunk where run_no = $1', [runNo])
  expect(rows).toHaveLength(2)
  for (const { no } of rows) {
    const left = await withClient(bench.database.pool, (client) =>
      eraseRows(client, { runNo, key: open?.key ?? Buffer.alloc(0) }, { nodeNo: 3, no, seqs: [2] }),
    )
    expect(left).toBe(0)
  }
})

test('a run whose key is deleted at this moment sends nothing again; one that sends again keeps its key', async () => {
  const first = await refusedRun(2)
  await withClient(bench.database.pool, async (client) => {
    await client.query('begin')
    await client.query('update workflow_run set key_enc = null, erased_at = now() where run_no = $1', [first.runNo])
    const wish = resendRun(deps, by(first.runId), { wish: {}, client: null }).catch((error: unknown) => error)
    await waits()
    await client.query('commit')
    expect(await wish).toMatchObject({ code: 'run-erased' })
  })
  const second = await refusedRun(2)
  await withClient(bench.database.pool, async (client) => {
    await client.query('begin')
    expect(await resendRun(deps, by(second.runId), { wish: {}, client })).toMatchObject({ messages: 2 })
    const wish = eraseRun(bench.database.pool, by(second.runId)).catch((error: unknown) => error)
    await waits()
    await client.query('commit')
    expect(await wish).toMatchObject({ code: 'run-people-needed' })
  })
  await bench.engine()
  expect(await bench.until(second.runId, ['completed'])).toMatchObject({ outcomes: { sent: 2 } })
  expect(first.talk.got).toEqual([])
})

test('what is sent again days later and refused for a moment is tried again, and does not end as too late', async () => {
  const { talk, runId, runNo } = await refusedRun(3)
  await bench.database.pool.query(`update workflow_run set timed_from = now() - interval '3 days' where run_no = $1`, [runNo])
  const tried = new Set<string>()
  talk.answer = ({ to }) => {
    if (tried.has(to)) return undefined
    tried.add(to)
    return temporary
  }
  expect(await resendRun(deps, by(runId), { wish: {}, client: null })).toMatchObject({ messages: 3 })
  // Its tries count anew: the one that it has is not used up by the first sending.
  await bench.engine({ retryWaits: [50] })
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 3 }, law: { holds: true, broken: [] } })
  expect(talk.got).toHaveLength(3)
})

// The fallback of what a person sends again is wished as much as the message itself: days later, it is not too late for it either.
test.each([
  ['refused', false],
  ['said to be undelivered', true],
] as const)('what is sent again days later and %s goes to the fallback, which is not too late', async (_how, byReport) => {
  const optedOut: SendResult = { state: 'failed', class: 'opted-out', code: '3104', detail: '' }
  // Who opted out goes to no fallback.
  const talk = fakeVendor({ answer: () => optedOut })
  const sms = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk, { polls: byReport }))
  bench.providers.set('sms', openFake(sms))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(2) }, { fallback: ['sms', channel('sms')] }))
  const { run_no } = await bench.until(runId, ['completed'])
  await bench.rest()
  expect(sms.got).toEqual([])

  await bench.database.pool.query(`update workflow_run set timed_from = now() - interval '3 days' where run_no = $1`, [run_no])
  talk.answer = () => (byReport ? undefined : refused)
  expect(await resendRun(deps, by(runId), { wish: {}, client: null })).toMatchObject({ messages: 2 })
  await bench.engine()
  if (byReport) {
    await bench.until(runId, ['settling'])
    const at = new Date().toISOString()
    talk.reports.set(
      'all',
      talk.got.map(({ key }): Report => ({
        key,
        providerId: null,
        state: 'failed',
        code: '3104',
        detail: null,
        class: null,
        at,
      })),
    )
  }
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 2 }, law: { holds: true, broken: [] } })
  expect(sms.got.map(({ to }) => to).toSorted()).toEqual([phone(1), phone(2)])
})
