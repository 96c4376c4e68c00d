import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { fakeVendor, openFake, refused, temporary } from '#server/worker/test/provider.ts'
import { pauseByHand, resumeRun } from './control.ts'
import { outcomesOf } from './outcomes.ts'
import { readSums } from './sums.ts'

let bench: Bench
const workspaceId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.close())

test('several workers count one run: at every moment everybody is counted once, and at the end counters are the rows', async () => {
  const tried = new Set<string>()
  const vendor = fakeVendor({
    answer: ({ to }) => {
      const id = Number(to.slice(-4))
      if (id % 50 === 0) return refused
      if (id % 40 !== 1 || tried.has(to)) return undefined
      tried.add(to)
      return temporary
    },
    before: () => new Promise((resolve) => setTimeout(resolve, 20)),
  })
  bench.providers.set('alimtalk', openFake(vendor, { batch: 40, settings: { concurrency: 3 } }))
  for (const _ of [1, 2, 3]) await bench.engine()
  const plan = chain({ rows: people(3000) })
  const runId = await bench.start(plan)
  await bench.until(runId, ['sending'])
  const by = { workspaceId, runId, actor: 'kim' }
  const looks: number[] = []
  const look = async () => {
    const run = await bench.run(runId)
    const sums = (await readSums(bench.database.pool, [run.run_no])).get(run.run_no)
    const counts = outcomesOf({ state: 3, outcomes: null, total: run.total, chosen_out: run.chosen_out }, plan, sums)
    looks.push(Object.values(counts).reduce((sum, count) => sum + count, 0))
    return counts
  }
  await expect
    .poll(
      async () => {
        await look()
        return vendor.got.length
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBeGreaterThan(400)
  await pauseByHand(bench.deps, by)
  await expect.poll(async () => (await look()).sending ?? 0, { timeout: 15_000 }).toBe(0)
  const paused = await look()
  const rows = await bench.messages(runId)
  const last = new Map(rows.map((row) => [row.seq, row.state]))
  const stored = (state: string): number => [...last.values()].filter((one) => one === state).length
  expect({ sent: paused.sent, failed: paused.failed ?? 0 }).toEqual({ sent: stored('sent'), failed: stored('failed') })
  // Retries wait as chunks: they are pending, whatever their first attempt became.
  expect(paused.pending ?? 0).toBe(3000 - stored('sent') - stored('failed'))
  await resumeRun(bench.deps, by)
  const run = await bench.until(runId, ['completed'], 60_000)
  expect(run).toMatchObject({ outcomes: { sent: 2940, failed: 60 }, law: { holds: true, broken: [] } })
  expect(await look()).toEqual({ sent: 2940, failed: 60 })
  expect(new Set(looks)).toEqual(new Set([3000]))
  expect(new Set(vendor.got.map(({ to }) => to)).size).toBe(2940)
  expect(vendor.got).toHaveLength(2940)
})
