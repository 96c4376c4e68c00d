import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Bench } from './test/harness.ts'
import { answerLost, GroupVendor } from './test/group-vendor.ts'
import { chain, people } from './test/people.ts'

// Part of a call arrived and its answer got lost: the rest is called for again, under a handle of its own, and both parts are looked up and
// asked for reports under theirs.

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterEach(() => bench.rest())
afterAll(() => bench.close())

/** Another worker takes the chunk over at this moment, and knows that its owner is dead. */
async function takenOver({ inMs = 0 } = {}): Promise<void> {
  await bench.database.pool.query(
    `update run_chunk set epoch = epoch + 1, state = 0, owner = null, send_deadline = null, doubt = 1,
       ready_at = case when $1::int > 0 then now() + $1::int * interval '1 ms' else ready_at end where state = 1`,
    [inMs],
  )
}

async function callsOf(runNo: number): Promise<unknown[]> {
  const { rows } = await bench.database.pool.query(
    'select from_row, handle, accepted, closes_at is not null as asked from run_call where run_no = $1 order by from_row',
    [runNo],
  )
  return rows
}

/** Of the first call every second message arrives, and the answer gets lost. */
function halfArrives(): GroupVendor {
  const vendor = new GroupVendor()
  vendor.accepts = ({ messages }, call) => messages.filter((_, index) => call > 1 || index % 2 === 1)
  vendor.after = (call) => {
    if (call === 1) throw answerLost()
  }
  bench.providers.set('alimtalk', vendor.open())
  return vendor
}

/** Whoever makes the second call loses the chunk before it can record what came of it. */
function losesSecond(vendor: GroupVendor): void {
  const { after } = vendor
  vendor.after = async (call) => {
    await after(call)
    if (call === 2) await takenOver()
  }
}

const once = (vendor: GroupVendor): number => new Set(vendor.got.map(({ to }) => to)).size

test('both parts are sent once, and the reports of both come in', async () => {
  const vendor = halfArrives()
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(10) }))
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { delivered: 10 }, law: { holds: true, broken: [] } })
  expect([vendor.got.length, once(vendor)]).toEqual([10, 10])
  expect(await callsOf(run.run_no)).toEqual([
    { from_row: 0, handle: 'G1', accepted: 5, asked: true },
    { from_row: 2 ** 20, handle: 'G2', accepted: 5, asked: true },
  ])
  // Another content never goes under the key of the first call.
  const keys = [...vendor.groups.values()].map(({ key }) => key)
  expect(keys[1]).not.toBe(keys[0])
})

test('who sends the rest again and loses the chunk leaves both handles behind: nobody gets it a second time', async () => {
  const vendor = halfArrives()
  losesSecond(vendor)
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(10) }))
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { delivered: 10 }, law: { holds: true, broken: [] } })
  expect([vendor.calls, vendor.got.length, once(vendor)]).toEqual([2, 10, 10])
  expect(vendor.askedOf).toEqual(['G1', 'G1', 'G2'])
})

test('a second try of the same rest has the same key, also where the first was fenced off', async () => {
  const vendor = halfArrives()
  const { accepts } = vendor
  vendor.accepts = (slice, call) => (call === 2 ? [] : accepts(slice, call))
  losesSecond(vendor)
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(10) }))
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { delivered: 10 }, law: { holds: true, broken: [] } })
  expect([vendor.calls, vendor.got.length, once(vendor)]).toEqual([3, 10, 10])
  const [first, second, third] = [...vendor.groups.values()]
  expect([first?.state, second?.state, third?.state]).toEqual(['sent', 'deleted', 'sent'])
  expect(third?.key).toBe(second?.key)
  expect(second?.key).not.toBe(first?.key)
})

test('rows that were in flight one by one and are called again keep a handle each', async () => {
  const vendor = new GroupVendor()
  // The first three calls reach nobody; the chunk is taken over while they are under way.
  vendor.accepts = ({ messages }, call) => (call <= 3 ? [] : messages)
  vendor.after = (call) => (call <= 3 ? takenOver() : undefined)
  bench.providers.set('alimtalk', vendor.open({ batch: 1 }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(3) }))
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { delivered: 3 }, law: { holds: true, broken: [] } })
  expect([vendor.got.length, once(vendor)]).toEqual([3, 3])
  const handles = [...vendor.groups].filter(([, { state }]) => state === 'sent').map(([handle]) => handle)
  expect(await callsOf(run.run_no)).toEqual(
    handles.toSorted().map((handle, row) => ({ from_row: row, handle: expect.any(String), accepted: 1, asked: true })),
  )
})

test('rows in doubt whose time ended meanwhile are not sent any more: what arrived is known, the rest is expired', async () => {
  const vendor = halfArrives()
  const { after } = vendor
  const { pool } = bench.database
  vendor.after = async (call) => {
    // By the next lane, a moment later, their day is over.
    await pool.query(`update workflow_run set timed_from = now() - interval '2 days'`)
    await takenOver({ inMs: 1_500 })
    await after(call)
  }
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(10) }))
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { delivered: 5, expired: 5 }, law: { holds: true, broken: [] } })
  expect([vendor.calls, vendor.got.length]).toEqual([1, 5])
})
