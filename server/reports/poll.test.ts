import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { AppError, CallFailed, type Report } from '#runtime/sdk/index.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { ask, channel, text } from '#server/worker/test/nodes.ts'
import { chain, people, phone } from '#server/worker/test/people.ts'
import { fakeVendor, openFake, temporary } from '#server/worker/test/provider.ts'
import { applyReports } from './apply.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterEach(() => bench.rest())
afterAll(() => bench.close())

const at = '2026-11-26T03:00:00.000Z'

test.each(['waiting', 'paused'] as const)(
  'a report that comes while the run is %s leads to the fallback as well',
  async (state) => {
    const talk = fakeVendor({ answer: ({ to }, call) => (to === phone(4) && call === 1 ? temporary : undefined) })
    const sms = fakeVendor()
    bench.providers.set('alimtalk', openFake(talk, { polls: true }))
    bench.providers.set('sms', openFake(sms))
    await bench.engine({ retryWaits: [state === 'waiting' ? 6_000 : 3_600_000] })
    const runId = await bench.start(chain({ rows: people(4) }, { fallback: ['sms', channel('sms')] }))
    await bench.until(runId, ['waiting'])
    const { pool } = bench.database
    if (state === 'paused')
      await pool.query(`update workflow_run set state = 4, reason = '{"code":"paused-by-person","fields":{}}' where id = $1`, [
        runId,
      ])
    const report = ({ key, to }: { key: string; to: string }): Report => ({
      key,
      providerId: null,
      state: to === phone(2) ? 'failed' : 'delivered',
      code: to === phone(2) ? '3104' : null,
      detail: null,
      class: null,
      at,
    })
    talk.reports.set('all', talk.got.map(report))
    const failed = async () => (await bench.messages(runId)).some((message) => message.seq === 2 && message.state === 'failed')
    while (!(await failed())) await new Promise((resolve) => setTimeout(resolve, 50))
    if (state === 'paused') {
      expect(sms.got).toEqual([])
      await pool.query('update run_chunk set ready_at = now() where run_no = (select run_no from workflow_run where id = $1)', [
        runId,
      ])
      await pool.query('update workflow_run set state = 3, reason = null where id = $1', [runId])
    }
    while (talk.got.length < 4) await new Promise((resolve) => setTimeout(resolve, 50))
    talk.reports.set('all', talk.got.map(report))
    const run = await bench.until(runId, ['completed'], 40_000)
    expect(run).toMatchObject({ outcomes: { delivered: 3, sent: 1 }, law: { holds: true, broken: [] } })
    expect(sms.got.map(({ to }) => to)).toEqual([phone(2)])
  },
  60_000,
)

test('reports are asked for; undelivered messages go to the fallback with the values that were frozen', async () => {
  const asked = { rows: 0 }
  const talk = fakeVendor()
  const sms = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk, { polls: true }))
  bench.providers.set('sms', openFake(sms))
  await bench.engine()
  const plan = chain(
    { rows: people(4) },
    {
      between: [
        ['ask', ask(asked)],
        ['text', text],
      ],
      fallback: ['sms', channel('sms')],
    },
  )
  const runId = await bench.start(plan)
  expect((await bench.until(runId, ['settling', 'completed'])).state).toBe('settling')
  talk.reports.set(
    'all',
    talk.got.map(({ key, to }, index): Report => {
      const refusal = to === phone(2)
      // One report comes without our key: the provider's own id finds the message.
      const byOwnId = to === phone(3)
      return {
        key: byOwnId ? null : key,
        providerId: byOwnId ? `P${index}` : null,
        state: refusal ? 'failed' : 'delivered',
        code: refusal ? '3104' : null,
        detail: null,
        class: null,
        at,
      }
    }),
  )
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { delivered: 3, sent: 1 }, law: { holds: true, broken: [] } })
  expect(sms.got.map(({ to, body }) => `${to} ${body}`)).toEqual([`${phone(2)} 안녕하세요 사람 2 2 of 4`])
  expect(asked.rows).toBe(4)
  const failed = (await bench.messages(runId)).find((message) => message.seq === 2 && message.state === 'failed')
  expect(failed).toMatchObject({
    error_code: 'provider-refused:3104',
    history: [
      [2, expect.any(String)],
      [6, expect.any(String)],
    ],
  })
})

test('one report that nobody can read keeps back none of the others, and the run does not wait for it', async () => {
  const talk = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk, { polls: true }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(3) }))
  await bench.until(runId, ['settling'])
  const report = ({ key }: { key: string }, index: number) => ({
    key,
    providerId: null,
    state: 'delivered',
    code: null,
    detail: null,
    class: null,
    at: ['0000-00-00 00:00:00', at, '+200000-01-01T00:00:00Z'][index],
  })
  // What a vendor's server really answers has no type.
  talk.reports.set('all', [null, { key: 'a\0b', state: 'delivered', at }, ...talk.got.map(report)] as Report[])
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ outcomes: { delivered: 3 }, law: { holds: true, broken: [] } })
})

test('reports that cannot be applied when nobody waits for them any more let the run end', async () => {
  const talk = fakeVendor()
  bench.providers.set('alimtalk', openFake(talk, { polls: true }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(2) }))
  const { run_no: runNo } = await bench.until(runId, ['settling'])
  const { pool } = bench.database
  // Whatever the trouble is: this one is the table's.
  await pool.query(`alter table run_report_counts add constraint trouble check (run_no <> ${runNo}) not valid`)
  talk.reports.set(
    'all',
    talk.got.map(({ key }): Report => ({ key, providerId: null, state: 'delivered', code: null, detail: null, class: null, at })),
  )
  await pool.query(`update run_call set closes_at = now(), next_poll_at = now() where run_no = $1`, [runNo])
  const run = await bench.until(runId, ['completed'])
  await pool.query('alter table run_report_counts drop constraint trouble')
  expect(run).toMatchObject({ outcomes: { sent: 2 }, law: { holds: true, broken: [] } })
})

test('reports lead forward only, and a repeated one counts once', async () => {
  bench.providers.set('alimtalk', openFake(fakeVendor()))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(2) }))
  const { run_no: runNo } = await bench.until(runId, ['completed'])
  const nodeNo = 3
  const report = (seq: number, state: 'delivered' | 'failed') => ({
    nodeNo,
    seq,
    attempt: 1,
    state,
    errorCode: state === 'failed' ? 'provider-refused:1' : null,
    class: null,
    at,
  })
  const apply = (...reports: ReturnType<typeof report>[]) => applyReports(bench.database.pool, { runNo, reports, shard: 1 })
  expect(await apply(report(1, 'delivered'), report(2, 'failed'), report(9, 'delivered'))).toHaveLength(2)
  expect(await apply(report(1, 'failed'), report(1, 'delivered'))).toEqual([])
  expect(await apply(report(2, 'delivered'))).toHaveLength(1)
  expect((await bench.messages(runId)).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  const { rows } = await bench.database.pool.query('select state, n from run_report_counts where run_no = $1 order by state', [
    runNo,
  ])
  expect(rows).toEqual([
    { state: 2, n: -2 },
    { state: 3, n: 2 },
    { state: 6, n: 0 },
  ])
})

test('a provider that asks for a rest is asked again at its time, and one that never answers does not keep the run open', async () => {
  const asked: number[] = []
  const vendor = fakeVendor()
  const open = openFake(vendor, { polls: true })
  const rested = (): boolean => asked.length >= 2
  bench.providers.set('alimtalk', {
    ...open,
    session: {
      ...open.session,
      poll: (handle, options) => {
        asked.push(performance.now())
        if (!rested()) throw new CallFailed('temporary', new AppError('provider-busy', { provider: 'Fake', code: '429' }), 2_500)
        vendor.reports.set(handle, [
          {
            key: null,
            providerId: 'P0',
            state: 'delivered',
            code: null,
            detail: null,
            class: null,
            at: new Date().toISOString(),
          },
        ])
        return open.session.poll?.(handle, options) ?? Promise.reject(new Error('It cannot be asked'))
      },
    },
  })
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(1) }))
  const run = await bench.until(runId, ['completed'], 30_000)
  expect(run.outcomes).toMatchObject({ delivered: 1 })
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(2_400)

  const silent = openFake(fakeVendor(), { polls: true })
  const never = async (): Promise<never> => {
    throw new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Fake', detail: 'HTTP 500' }))
  }
  bench.providers.set('alimtalk', { ...silent, session: { ...silent.session, poll: never } })
  const other = await bench.start(chain({ rows: people(1) }))
  await bench.until(other, ['settling'], 30_000)
  const closeNow = `update run_call set closes_at = now(), next_poll_at = now() where run_no = (select run_no from workflow_run where id = $1)`
  await bench.database.pool.query(closeNow, [other])
  expect((await bench.until(other, ['completed'], 30_000)).outcomes).toMatchObject({ sent: 1 })
}, 90_000)
