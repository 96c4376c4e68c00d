import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NodeType } from '#runtime/sdk/index.ts'
import { ask, choose } from './test/nodes.ts'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake } from './test/provider.ts'

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

const LANES = 2

test(
  'a filter after a query that keeps one row in a hundred makes full chunks, at most one remainder a lane',
  { timeout: 120_000 },
  async () => {
    const talk = fakeVendor()
    bench.providers.set('alimtalk', openFake(talk))
    await bench.engine({}, { lanes: LANES })
    const rows = people(100_000).map((row, index) => ({ ...row, plan: index % 100 ? 'free' : 'pro' }))
    const between: [string, NodeType][] = [
      ['ask', ask({ rows: 0 })],
      ['choose', choose],
    ]
    const runId = await bench.start(chain({ rows }, { rows: between }))
    const run = await bench.until(runId, ['completed', 'paused'], 100_000)
    expect(run).toMatchObject({ state: 'completed', chosen_out: 99_000, outcomes: { sent: 1000 }, law: { holds: true } })
    const { rows: chunks } = await bench.database.pool.query<{ n: number }>(
      `select n from run_chunk where run_no = $1 and no >= 1000000 order by n desc`,
      [run.run_no],
    )
    expect(chunks.reduce((sum, { n }) => sum + n, 0)).toBe(1000)
    expect(chunks.filter(({ n }) => n < 1000).length).toBeLessThanOrEqual(LANES)
    expect(talk.calls).toBe(chunks.length)
  },
)
