import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Bench } from '#server/worker/test/harness.ts'
import { againDeps } from '#server/worker/test/known-runs.ts'
import { channel } from '#server/worker/test/nodes.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { fakeVendor, openFake, refused } from '#server/worker/test/provider.ts'
import { resendRun, type AgainDeps } from './again.ts'
import { NeverSent } from './never-sent.ts'
import { nodesOf } from './node-facts.ts'
import { outcomesOf } from './outcomes.ts'
import { readSums } from './sums.ts'

let bench: Bench
let deps: AgainDeps
const workspaceId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  bench = await Bench.open()
  deps = againDeps(bench)
})
afterEach(() => bench.rest())
afterAll(() => bench.close())

/** What pages show from the counters alone, as if the run still went on. */
async function look(runId: string, reader: NeverSent) {
  const run = await bench.run(runId)
  const plan = (await deps.known.get(runId))?.plan ?? null
  const read = (await readSums(bench.database.pool, [run.run_no])).get(run.run_no)
  const sums = read && { ...read, neverSent: await reader.read(run.run_no, read) }
  const outcomes = outcomesOf({ state: 3, outcomes: null, total: run.total, chosen_out: run.chosen_out }, plan, sums)
  return { outcomes, talk: nodesOf(plan, sums)['talk']?.states }
}

test('who was cancelled is told apart from who was refused, before the end and after, and when they are sent to again', async () => {
  let seen = 0
  let cancelled: Promise<void> | undefined
  let runId = ''
  const vendor = fakeVendor({
    answer: ({ to }) => (Number(to.slice(-4)) % 5 === 0 ? refused : undefined),
    before: async () => {
      // The third call is the last one: what is left of its chunk, and every chunk behind it, is cancelled.
      if (++seen === 3) await (cancelled ??= bench.cancel(runId))
    },
  })
  bench.providers.set('alimtalk', openFake(vendor, { batch: 10, settings: { concurrency: 1 } }))
  const watching = new NeverSent(bench.database.pool)
  runId = await bench.start(chain({ rows: people(200) }))
  await bench.engine()
  const end = await bench.until(runId, ['cancelled'])
  const { sent, failed, cancelled: left } = end.outcomes ?? {}
  expect([sent, failed, left].every((count) => Number(count) > 0)).toBe(true)
  expect(await look(runId, watching)).toEqual({
    outcomes: { sent, failed, cancelled: left },
    talk: { sent, failed, cancelled: left },
  })

  // Sent again, they are not cancelled any more: for who looked before, and for who looks for the first time.
  await bench.rest()
  const again = await resendRun(deps, { workspaceId, runId, actor: 'kim' }, { wish: { states: ['cancelled'] }, client: null })
  expect(again.messages).toBe(left)
  const waiting = { sent, failed, pending: left }
  expect((await look(runId, watching)).outcomes).toEqual(waiting)
  expect((await look(runId, new NeverSent(bench.database.pool))).outcomes).toEqual(waiting)
  await bench.engine()
  const whole = await bench.until(runId, ['completed'])
  expect((await look(runId, watching)).outcomes).toEqual(whole.outcomes)
})

test('who came too late is expired while the run goes on, and a second look reads nothing twice', async () => {
  const vendor = fakeVendor()
  bench.providers.set('alimtalk', openFake(vendor))
  const runId = await bench.start(chain({ rows: people(30) }, { channel: ['talk', channel('alimtalk', 0)] }))
  await bench.engine()
  await bench.until(runId, ['completed'])
  const reader = new NeverSent(bench.database.pool)
  const shown = { outcomes: { expired: 30 }, talk: { expired: 30 } }
  expect(await look(runId, reader)).toEqual(shown)
  expect(await look(runId, reader)).toEqual(shown)
  expect(vendor.got).toEqual([])
})
