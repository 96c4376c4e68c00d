import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { AppError, CallFailed, type Slice } from '#runtime/sdk/index.ts'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake } from './test/provider.ts'

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterEach(() => bench.rest())
afterAll(() => bench.close())

/** Chunks in somebody's hands, and chunks with rows that were claimed and have no row. */
async function left(runId: string): Promise<unknown> {
  const { rows } = await bench.database.pool.query(
    `select count(*) filter (where state = 1)::int as held, count(*) filter (where claimed > sent + failed + unconfirmed + skipped + moved)::int as doubtful,
       count(*) filter (where state = 0)::int > 0 as more
     from run_chunk where run_no = (select run_no from workflow_run where id = $1)`,
    [runId],
  )
  return rows[0]
}

test('a worker that stops lets its calls end and hands back the rest: nothing is in doubt', async () => {
  const talk = fakeVendor({ before: () => new Promise((resolve) => setTimeout(resolve, 150)) })
  bench.providers.set('alimtalk', openFake(talk, { batch: 100 }))
  const first = await bench.engine()
  const runId = await bench.start(chain({ rows: people(4000) }))
  await expect.poll(() => talk.calls, { timeout: 10_000 }).toBeGreaterThan(4)
  await first.stop()
  expect(await left(runId)).toEqual({ held: 0, doubtful: 0, more: true })
  const before = talk.got.length
  expect((await bench.messages(runId)).length).toBe(before)
  await bench.engine()
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { sent: 4000 }, law: { holds: true, broken: [] } })
  expect(new Set(talk.got.map(({ key }) => key)).size).toBe(talk.got.length)
})

test('a call that does not end is cut off, and what is known of it is written', async () => {
  const hanging = openFake(fakeVendor(), { batch: 50 })
  const send = (_: Slice, { signal }: { signal: AbortSignal }): Promise<never> =>
    new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () =>
        reject(new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Fake', detail: 'cut off' }))),
      ),
    )
  let calls = 0
  const session = { ...hanging.session, send: (...call: Parameters<typeof send>) => (calls++, send(...call)) }
  bench.providers.set('alimtalk', { ...hanging, session })
  const engine = await bench.engine()
  const runId = await bench.start(chain({ rows: people(100) }))
  await expect.poll(() => calls, { timeout: 10_000 }).toBeGreaterThan(0)
  await engine.stop(300)
  expect(await left(runId)).toMatchObject({ held: 0, doubtful: 0 })
  expect((await bench.messages(runId)).every(({ state }) => state === 'unconfirmed')).toBe(true)
})
