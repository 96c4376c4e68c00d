import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OpenProvider } from '#server/worker/engine-deps.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { callFails, fakeVendor, openFake, type FakeVendor } from '#server/worker/test/provider.ts'

// A provider that takes one message a call and tells what became of it under that call's key, and under no other.

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterEach(() => bench.rest())
afterAll(() => bench.close())

/** `then`: after a call was accepted and its reports can be asked for. */
function strict(vendor: FakeVendor, asked: string[], then: () => void = () => undefined): OpenProvider {
  vendor.after = (slice) => {
    const reports = slice.messages.map(({ key }) => ({
      key,
      providerId: null,
      state: 'delivered' as const,
      code: null,
      detail: null,
      class: null,
      at: new Date().toISOString(),
    }))
    vendor.reports.set(slice.key, reports)
    then()
  }
  const open = openFake(vendor, { polls: true, batch: 1 })
  const poll = async (handle: string) => {
    asked.push(handle)
    const reports = vendor.reports.get(handle) ?? []
    return { reports, cursor: null, done: reports.length > 0 }
  }
  return { ...open, session: { ...open.session, poll } }
}

test('each message is asked about under its own key', async () => {
  const asked: string[] = []
  bench.providers.set('alimtalk', strict(fakeVendor(), asked))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(30) }))
  const run = await bench.until(runId, ['completed'], 30_000)
  expect(run).toMatchObject({ outcomes: { delivered: 30 }, law: { holds: true, broken: [] } })
  expect(new Set(asked).size).toBe(30)
  const { rows } = await bench.database.pool.query(
    'select count(distinct body_hash)::int as proofs, count(*)::int as calls, sum(accepted)::int as accepted from run_call where run_no = $1',
    [run.run_no],
  )
  expect(rows[0]).toEqual({ proofs: 30, calls: 30, accepted: 30 })
})

test('also those whose answer got lost and that were found', async () => {
  const asked: string[] = []
  let lost = 0
  const vendor = fakeVendor({ lookup: true })
  const loseAnswers = (): void => {
    if (++lost <= 5) throw callFails('unknown')
  }
  bench.providers.set('alimtalk', strict(vendor, asked, loseAnswers))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(10) }))
  const run = await bench.until(runId, ['completed'], 30_000)
  expect(run).toMatchObject({ outcomes: { delivered: 10 }, law: { holds: true, broken: [] } })
  expect(vendor.got).toHaveLength(10)
  expect(new Set(asked).size).toBe(10)
})
