import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake } from './test/provider.ts'

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterEach(() => bench.rest())
afterAll(() => bench.close())

/** Every call takes a while: with two lanes a run of 2,000 in calls of 10 takes some five seconds. */
function slow() {
  const vendor = fakeVendor({ before: () => new Promise((resolve) => setTimeout(resolve, 50)) })
  bench.providers.set('alimtalk', openFake(vendor, { batch: 10 }))
  return vendor
}

test(
  'two big runs and few lanes: both go on in turns, and neither waits for the end of the other',
  { timeout: 60_000 },
  async () => {
    const vendor = slow()
    await bench.engine({}, { lanes: 2 })
    const ids = [await bench.start(chain({ rows: people(2500) })), await bench.start(chain({ rows: people(2500) }))]
    const runs = await Promise.all(ids.map((id) => bench.until(id, ['completed'], 50_000)))
    for (const run of runs) expect(run).toMatchObject({ outcomes: { sent: 2500 }, law: { holds: true } })
    // A message's key begins with its run.
    const order = vendor.got.map(({ key }) => key.slice(0, key.indexOf('-')))
    const turns = order.filter((run, place) => run !== order[place - 1]).length
    expect(new Set(order).size).toBe(2)
    expect(turns).toBeGreaterThan(2)
    expect(new Set(vendor.got.map(({ key }) => key)).size).toBe(5000)
  },
)

test('a test send does not wait for a big run that has all the lanes', { timeout: 60_000 }, async () => {
  slow()
  await bench.engine({}, { lanes: 1 })
  const big = await bench.start(chain({ rows: people(2500) }))
  await bench.until(big, ['sending'])
  bench.plans.set('small', chain({ rows: people(3) }))
  const started = performance.now()
  const small = await bench.startPinned('small', { document: { name: 'small' }, templates: {}, timezone: 'Asia/Seoul' }, 'test')
  expect(await bench.until(small, ['completed'])).toMatchObject({ outcomes: { sent: 3 } })
  expect((await bench.run(big)).state).toBe('sending')
  expect(performance.now() - started).toBeLessThan(20_000)
  await bench.cancel(big)
  await bench.until(big, ['cancelled'])
})
