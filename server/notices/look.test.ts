import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { approveRun, pauseByHand, resumeRun } from '#server/runs/control.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people, person, phone } from '#server/worker/test/people.ts'
import { callFails, fakeVendor, openFake, refused, temporary, type FakeVendor } from '#server/worker/test/provider.ts'
import { pauseRun } from '#server/ledger/pause.ts'
import { look, notices, runAgain, workspaceId } from './test/notices.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterEach(async () => {
  await bench.rest()
  // Runs that a test left paused are none of the next one's business: test runs are not looked at.
  await bench.database.pool.query('update workflow_run set kind = 1; delete from notice')
})
afterAll(() => bench.close())

async function work(vendor: FakeVendor): Promise<void> {
  bench.providers.set('alimtalk', openFake(vendor))
  await bench.engine()
}
const pool = () => bench.database.pool
const found = async (kind: string) => (await look(pool())).filter((notice) => notice.kind === kind)

test('a run that a provider stopped: one notice, however often it is looked at; it ends when the run goes on', async () => {
  let broken = true
  const vendor = fakeVendor({
    before: () => {
      if (broken) throw callFails('configuration')
    },
  })
  await work(vendor)
  const runId = await bench.start(chain({ rows: people(3) }))
  await bench.until(runId, ['paused'])
  const [first] = await found('paused')
  expect(first).toMatchObject({
    subject: `run:${runId}`,
    code: 'run-paused',
    state: 'open',
    turn: 1,
    count: 1,
    run_id: runId,
    fields: { run: 1, reason: 'provider-configuration' },
  })
  await look(pool())
  expect(await found('paused')).toMatchObject([{ turn: 1, count: 1, state: 'open' }])
  broken = false
  await resumeRun(bench.deps, { workspaceId, runId, actor: 'test' })
  await bench.until(runId, ['completed'])
  expect(await found('paused')).toMatchObject([{ state: 'resolved', turn: 2 }])
})

test('a dismissed one stays quiet while nothing new happens, and opens when it happens again', async () => {
  await work(
    fakeVendor({
      before: () => {
        throw callFails('configuration')
      },
    }),
  )
  const runId = await bench.start(chain({ rows: people(1) }))
  const { run_no } = await bench.until(runId, ['paused'])
  await look(pool())
  await pool().query(`update notice set state = 'dismissed'`)
  expect(await found('paused')).toMatchObject([{ state: 'dismissed', turn: 1 }])
  await pool().query('update workflow_run set state = 3 where id = $1', [runId])
  await pauseRun({ pool: pool(), runNo: run_no }, { code: 'provider-configuration', fields: {} })
  expect(await found('paused')).toMatchObject([{ state: 'open', turn: 2, count: 1 }])
})

test('what a person paused is no notice', async () => {
  const gate = Promise.withResolvers<void>()
  await work(fakeVendor({ before: () => gate.promise }))
  const runId = await bench.start(chain({ rows: people(1) }))
  try {
    await bench.until(runId, ['sending'])
    await pauseByHand(bench.deps, { workspaceId, runId, actor: 'test' })
    expect((await bench.run(runId)).state).toBe('paused')
    expect(await found('paused')).toEqual([])
  } finally {
    gate.resolve()
  }
})

test('runs that fail are one notice of their workflow, counted; the next that completes ends it', async () => {
  await work(fakeVendor())
  const rows = people(5)
  const from = { rows, dieAfter: 0 as number | undefined }
  const runId = await bench.start(chain(from as { rows: typeof rows; dieAfter?: number }))
  await bench.until(runId, ['failed'])
  expect(await found('failed')).toMatchObject([{ code: 'run-failed', state: 'open', count: 1, fields: { run: 1 } }])
  const second = await runAgain(bench, runId)
  await bench.until(second, ['failed'])
  await look(pool())
  expect(await found('failed')).toMatchObject([{ state: 'open', count: 2, turn: 1, run_id: second, fields: { run: 2 } }])
  from.dieAfter = undefined
  await bench.until(await runAgain(bench, runId), ['completed'])
  expect(await found('failed')).toMatchObject([{ state: 'resolved', turn: 2 }])
  // Seen again within the overlap of two looks: nothing new.
  expect(await found('failed')).toMatchObject([{ state: 'resolved', turn: 2 }])
})

test('a share of failures over the limit, with the figures; few messages say nothing; the next good run ends it', async () => {
  let bad = 3
  await work(
    fakeVendor({ answer: ({ to }) => (Array.from({ length: bad }, (_, i) => phone(i + 1)).includes(to) ? refused : undefined) }),
  )
  const small = await bench.start(chain({ rows: people(4) }))
  await bench.until(small, ['completed'])
  expect(await found('failure-rate')).toEqual([])
  const runId = await bench.start(chain({ rows: people(40) }))
  await bench.until(runId, ['completed'])
  const [notice] = await found('failure-rate')
  expect(notice).toMatchObject({ state: 'open', fields: { percent: 7.5, failed: 3, tried: 40, limit: 5 } })
  bad = 2
  await bench.until(await runAgain(bench, runId), ['completed'])
  expect(await found('failure-rate')).toMatchObject([{ state: 'resolved' }])
})

test('a run that goes on is told as soon as its end cannot mend it any more', async () => {
  const gate = Promise.withResolvers<void>()
  const vendor = fakeVendor({ answer: () => refused, before: () => (vendor.calls === 1 ? undefined : gate.promise) })
  bench.providers.set('alimtalk', openFake(vendor, { batch: 10, settings: { concurrency: 1 } }))
  await bench.engine({ slice: 10 })
  const runId = await bench.start(chain({ rows: people(40) }))
  try {
    await vi.waitFor(() => expect(vendor.calls).toBe(2), { timeout: 20_000, interval: 50 })
    expect(await found('failure-rate')).toMatchObject([
      { state: 'open', run_id: runId, fields: { failed: 10, tried: 40, percent: 25 } },
    ])
  } finally {
    gate.resolve()
  }
  await bench.until(runId, ['completed'])
  expect(await found('failure-rate')).toMatchObject([{ state: 'open', turn: 1, count: 1, fields: { failed: 40, tried: 40 } }])
})

test('messages that cannot be confirmed are told, and ended when somebody decided', async () => {
  await work(
    fakeVendor({
      after: () => {
        throw callFails('unknown')
      },
    }),
  )
  const runId = await bench.start(chain({ rows: people(3) }))
  const { run_no } = await bench.until(runId, ['completed'])
  expect(await found('unconfirmed')).toMatchObject([{ subject: `run:${runId}`, fields: { count: 3 }, state: 'open', count: 1 }])
  await pool().query(`update workflow_run set outcomes = '{"sent": 3}' where run_no = $1`, [run_no])
  expect(await found('unconfirmed')).toMatchObject([{ state: 'resolved' }])
})

test('a run that waits or works too long, by the limits of the workspace', async () => {
  const gate = Promise.withResolvers<void>()
  await work(fakeVendor({ before: () => gate.promise }))
  const runId = await bench.start(chain({ rows: [person(1)] }))
  await bench.until(runId, ['sending'])
  expect(await found('late')).toEqual([])
  await pool().query(`update workflow_run set started_at = started_at - interval '7 hours' where id = $1`, [runId])
  expect(await found('late')).toMatchObject([{ code: 'run-late', fields: { tookMinutes: 420 } }])
  // Somebody sent it on meanwhile: it is not late from its first start.
  await pool().query(`insert into run_events (run_no, kind) select run_no, 'resend' from workflow_run where id = $1`, [runId])
  expect(await found('late')).toMatchObject([{ state: 'resolved' }])
  await pool().query(`update run_events set at = at - interval '7 hours' where kind = 'resend'`)
  expect(await found('late')).toMatchObject([{ state: 'open', turn: 3 }])
  gate.resolve()
  await bench.until(runId, ['completed'])
  expect(await found('late')).toMatchObject([{ state: 'resolved' }])
})

test('a run that waits for a person is told at once, and ends when it goes on', async () => {
  await work(fakeVendor())
  await pool().query(`update workspace set guards = '{"maxRecipients":2}'`)
  const runId = await bench.start(chain({ rows: people(3) }))
  await bench.until(runId, ['waiting'])
  await pool().query(`update workspace set guards = '{}'`)
  expect(await found('waiting')).toMatchObject([
    { code: 'run-waits-approval', state: 'open', run_id: runId, fields: { reason: 'guard-recipients' } },
  ])
  await approveRun(bench.deps, { workspaceId, runId, actor: 'test' })
  await bench.until(runId, ['completed'])
  expect(await found('waiting')).toMatchObject([{ state: 'resolved' }])
})

test('a run that waits for its time is told when that takes long, counted from when it was seen to wait', async () => {
  bench.providers.set('alimtalk', openFake(fakeVendor({ answer: () => temporary })))
  await bench.engine({ retryWaits: [3_600_000] })
  const runId = await bench.start(chain({ rows: people(1) }))
  await bench.until(runId, ['waiting'])
  await look(pool())
  expect((await look(pool(), 11 * 3_600_000)).filter(({ kind }) => kind === 'waiting')).toEqual([])
  expect((await look(pool(), 13 * 3_600_000)).filter(({ kind }) => kind === 'waiting')).toMatchObject([
    { code: 'run-waits-long', run_id: runId, fields: { waitedMinutes: 780 } },
  ])
  await pool().query('update workflow_run set state = $2 where id = $1', [runId, runStateNumber('sending')])
  expect((await look(pool(), 14 * 3_600_000)).filter(({ kind }) => kind === 'late')).toEqual([])
})

test('the chance of a look is taken once by however many processes', async () => {
  await work(fakeVendor())
  const runId = await bench.start(chain({ rows: people(2), dieAfter: 0 }))
  await bench.until(runId, ['failed'])
  await Promise.all([look(pool()), look(pool()), look(pool())])
  expect((await notices(pool())).filter(({ kind }) => kind === 'failed')).toMatchObject([{ count: 1, turn: 1 }])
})
