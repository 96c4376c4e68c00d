import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Connection } from '#schemas/connection.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { expectedWeekly } from './expected-messages.ts'
import { Acceptance, weeklyReport } from './harness.ts'

// What goes wrong outside: nothing is sent that should not be, nothing is lost, and the error says how to mend it.

let acceptance: Acceptance
beforeAll(async () => {
  acceptance = await Acceptance.open({ rateLimits: false })
  await acceptance.work()
})
afterEach(() => void (acceptance.fake.fault = null))
afterAll(() => acceptance?.close())

const pool = () => acceptance.server.database.pool

test(
  'a source whose connection dies in mid-stream: the run failed, and the provider has heard of nobody',
  { timeout: 120_000 },
  async () => {
    const { fake, server } = acceptance
    await server.shop.pool.query(`
    create view dying as select c.* from customers c, lateral (select count(*) from generate_series(1, case when c.id > 3000 then 300000 else 0 end)) s`)
    const groups = fake.groups.all.size
    const owners = 'select d.id, d.name, d.contacts as mobile, d.company_id, d.company_name, d.plan, d.opted_out_at from dying d'
    const runId = await acceptance.start(weeklyReport(await acceptance.solapi(), { sql: { owners } }))
    const reading = async () => Number((await acceptance.run(runId)).state === 'preparing')
    await expect.poll(reading, { timeout: 30_000 }).toBe(1)
    const cut = async () =>
      (
        await server.shop.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where state = 'active' and query like '%from dying%' and pid <> pg_backend_pid()`,
        )
      ).rowCount ?? 0
    await expect.poll(cut, { timeout: 30_000 }).toBeGreaterThan(0)
    const run = await acceptance.until(runId, ['failed'])
    expect(run.reason).toMatchObject({ code: 'source-broken' })
    expect(fake.groups.all.size).toBe(groups)
    const { rows } = await pool().query('select 1 from messages where run_no = $1', [run.run_no])
    expect(rows).toEqual([])
  },
)

test('a database that cannot be reached, and one that does not exist: no run, and a sentence with the place', async () => {
  const settings = { host: '127.0.0.1', port: 1, database: 'shop', user: 'reader' }
  const closed = await acceptance.connect({ name: '닫힌 곳', kind: 'postgres', settings, secrets: { password: 'x' } })
  const runs = async () => Number((await pool().query('select count(*) from workflow_run')).rows[0]?.count)
  const before = await runs()
  for (const [database, code, words] of [
    [closed, 'connection-failed', '127.0.0.1:1'],
    ['no-such-connection', 'connection-missing', 'no-such-connection'],
  ] as const) {
    const answer = await acceptance.execute<ErrorBody>(weeklyReport('sandbox', { database }))
    expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400)
    const said = JSON.stringify(answer.body)
    expect(said).toContain(code)
    expect(said).toContain(words)
  }
  expect(await runs()).toBe(before)
})

test.each([
  ['a wrong key', { apiKey: 'NCSWRONG', apiSecret: 'x' }, 'InvalidApiKey'],
  ['a wrong secret', { apiKey: 'NCSTESTKEY000001', apiSecret: 'x' }, 'SignatureDoesNotMatch'],
  ['a gateway that says 401 in its own words', null, '401'],
])(
  '%s at SOLAPI: the run waits, says what to mend, and goes on with everybody',
  { timeout: 120_000 },
  async (_what, secrets, code) => {
    const { fake, server } = acceptance
    const before = fake.arrived.length
    if (secrets === null) fake.fault = () => ({ when: 'before', what: { status: 401, body: '<html>Unauthorized</html>' } })
    const id = await acceptance.solapi(secrets ?? undefined)
    const runId = await acceptance.start(weeklyReport(id))
    const run = await acceptance.until(runId, ['paused'])
    expect(run.reason).toMatchObject({ code: 'provider-configuration', fields: { provider: 'SOLAPI', code } })
    const reason = new AppError('provider-configuration', { provider: '', detail: '', code: '', ...run.reason?.fields })
    expect(reason.message).toMatch(/SOLAPI.*(key|connection)/i)
    await new Promise((resolve) => setTimeout(resolve, 1500)) // lanes that were under way
    expect(fake.arrived).toHaveLength(before)

    // Every recipient is still there, held and untouched.
    const expected = expectedWeekly(acceptance.rows, acceptance.now)
    const { rows: held } = await pool().query<{ n: string; claimed: string }>(
      'select sum(n) as n, sum(claimed) as claimed from run_chunk k where run_no = $1 and state in (0, 3)',
      [run.run_no],
    )
    expect(held[0]).toEqual({ n: String(expected.length), claimed: '0' })

    // Mended, and told to go on.
    fake.fault = null
    const { body: old } = await server.call<Connection>('GET', `/api/connections/${id}`)
    const { status } = await server.call('PUT', `/api/connections/${id}`, {
      body: {
        name: old.name,
        kind: old.kind,
        settings: old.settings,
        revision: old.revision,
        secrets: { apiKey: fake.apiKey, apiSecret: fake.apiSecret },
      },
    })
    expect(status).toBe(200)
    await resume(run.run_no)
    await acceptance.until(runId, ['settling'])
    expect(
      fake.arrived
        .slice(before)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(expected.map(({ to }) => to).toSorted())
    fake.report()
    expect(await acceptance.until(runId, ['completed'])).toMatchObject({ law: { holds: true, broken: [] } })
  },
)

/** What resuming a run does to its tables. */
async function resume(runNo: string): Promise<void> {
  await pool().query('update workflow_run set state = $2, reason = null where run_no = $1', [runNo, runStateNumber('sending')])
  await pool().query('update run_chunk set state = 0 where run_no = $1 and state = 3', [runNo])
}
