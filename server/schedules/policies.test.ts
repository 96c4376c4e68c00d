import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Calendar, MissedFires } from '#schemas/api/schedules.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { reportWorkflow } from '#server/routes/test/report-workflow.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { lookOnce, type SchedulerDeps } from './scheduler.ts'

// What schedules do about times that nobody started and while the run before still sends, as several servers see it.

let server: TestApp
let now = new Date()
const MINUTE = 60_000
const HOUR = 60 * MINUTE

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    create table reviews (company_id int, rating int)`)
}, 60_000)
afterAll(() => server.close())
beforeEach(() => server.database.pool.query('delete from schedule'))

const pool = () => server.database.pool
const deps = (): SchedulerDeps => {
  const { boxes, log, clock } = server.parts
  return { pool: pool(), boss: server.boss, runKeys: boxes.runKeys, log, clock, now: () => now }
}
/** Three servers look at the same moment. */
const look = async () => (await Promise.all([lookOnce(deps()), lookOnce(deps()), lookOnce(deps())])).flat()

async function scheduled(config: object): Promise<{ id: string; due: Date }> {
  const trigger = {
    id: 'start',
    type: 'schedule-trigger',
    typeVersion: 1,
    position: { x: 0, y: 0 },
    config: { cron: '0 9 * * *', ...config },
  }
  const { id } = (await server.call<Workflow>('POST', '/api/workflows', { body: reportWorkflow('sandbox', trigger) })).body
  for (const action of ['publish', 'enable'])
    expect((await server.call('POST', `/api/workflows/${id}/${action}`)).status).toBe(200)
  const { rows } = await pool().query<{ next_fire_at: string }>('select next_fire_at from schedule where workflow_id = $1', [id])
  return { id, due: new Date(rows[0]?.next_fire_at ?? '') }
}
/** `after` the time that was due; each test has a schedule of its own. */
const at = (due: Date, after: number) => (now = new Date(due.getTime() + after))
const firesOf = async (id: string): Promise<Date[]> =>
  (
    await pool().query<{ fire_at: string }>('select fire_at from workflow_run where workflow_id = $1 order by fire_at', [id])
  ).rows.map(({ fire_at }) => new Date(fire_at))
const end = (id: string, state = 5) => pool().query('update workflow_run set state = $2 where workflow_id = $1', [id, state])
const missedOf = async (id: string) => (await server.call<MissedFires>('GET', `/api/workflows/${id}/missed-fires`)).body.items

test('a time waits for the run before, on every server, and starts once when that has sent all', async () => {
  const { id, due } = await scheduled({})
  at(due, 500)
  expect(await look()).toHaveLength(1)
  at(due, 24 * HOUR + 500)
  expect(await look()).toEqual([])
  at(due, 29 * HOUR)
  expect(await look()).toEqual([])
  // Reports may still come in: that is no sending.
  await end(id)
  expect(await look()).toHaveLength(1)
  expect(await look()).toEqual([])
  expect(await firesOf(id)).toEqual([due, new Date(due.getTime() + 24 * HOUR)])
  expect(await missedOf(id)).toEqual([])
})

test('a time that waits stands in the calendar; when the next one comes it is given up for that one', async () => {
  const { id, due } = await scheduled({})
  at(due, 500)
  await look()
  at(due, 24 * HOUR + 500)
  await look()
  const day = new Date(due.getTime() + 33 * HOUR).toISOString().slice(0, 10)
  const { items } = (await server.call<Calendar>('GET', `/api/schedules/calendar?from=${day}&to=${day}`)).body
  expect(items).toContainEqual(expect.objectContaining({ kind: 'waiting', workflowId: id }))
  at(due, 48 * HOUR + 500)
  await look()
  expect(await missedOf(id)).toMatchObject([{ why: 'running', outcome: 'skipped' }])
  await end(id)
  expect(await look()).toHaveLength(1)
  expect((await firesOf(id)).at(-1)).toEqual(new Date(due.getTime() + 48 * HOUR))
})

test('a prepared run that nobody has said yes to holds up nothing; a paused one does', async () => {
  const { id, due } = await scheduled({})
  at(due, 500)
  await look()
  await pool().query('update workflow_run set state = 2, asks = true where workflow_id = $1', [id])
  at(due, 24 * HOUR + 500)
  expect(await look()).toHaveLength(1)
  await end(id, 4)
  at(due, 48 * HOUR + 500)
  expect(await look()).toEqual([])
})

test('a run that rests for days in a step that waits holds up nothing', async () => {
  const { id, due } = await scheduled({})
  at(due, 500)
  await look()
  await pool().query('update workflow_run set state = 2 where workflow_id = $1', [id])
  await pool().query(
    `insert into run_chunk (run_no, node_no, no, n, seq_from, seq_to, rows, ready_at)
     select run_no, 1, 1, 1, 1, 1, '', $2 from workflow_run where workflow_id = $1`,
    [id, new Date(due.getTime() + 24.5 * HOUR)],
  )
  at(due, 24 * HOUR + 500)
  expect(await look()).toEqual([])
  await pool().query(
    `update run_chunk set ready_at = $2 where run_no = (select run_no from workflow_run where workflow_id = $1)`,
    [id, new Date(due.getTime() + 72 * HOUR)],
  )
  expect(await look()).toHaveLength(1)
})

test('left out or started all the same, as the schedule says', async () => {
  const skips = await scheduled({ overlap: 'skip' })
  const starts = await scheduled({ overlap: 'start' })
  at(skips.due, 500)
  expect(await look()).toHaveLength(2)
  at(skips.due, 24 * HOUR + 500)
  expect(await look()).toHaveLength(1)
  expect(await firesOf(starts.id)).toHaveLength(2)
  expect(await firesOf(skips.id)).toHaveLength(1)
  expect(await missedOf(skips.id)).toMatchObject([{ why: 'running', outcome: 'skipped', decidedBy: null }])
})

test('within the hours that were set it is sent late; without asking it is left out', async () => {
  const late = await scheduled({ missed: { policy: 'within', hours: 3 } })
  const never = await scheduled({ missed: { policy: 'skip' } })
  at(late.due, 2 * HOUR)
  expect(await look()).toHaveLength(1)
  expect(await firesOf(late.id)).toEqual([late.due])
  expect(await missedOf(late.id)).toEqual([])
  expect(await missedOf(never.id)).toMatchObject([{ why: 'late', outcome: 'skipped' }])
})

test('a time that waits for the run before waits no longer than the schedule says that it may be late', async () => {
  const { id, due } = await scheduled({ missed: { policy: 'within', hours: 3 } })
  at(due, 500)
  await look()
  at(due, 24 * HOUR + 500)
  await look()
  await end(id, 4)
  at(due, 27 * HOUR + 500)
  expect(await look()).toEqual([])
  expect(await missedOf(id)).toMatchObject([{ why: 'running', outcome: 'open' }])
  // In the middle of the night the run before goes on and ends: nobody gets a message then.
  await end(id)
  at(due, 40 * HOUR)
  expect(await look()).toEqual([])
  expect(await firesOf(id)).toEqual([due])
})

test('a time that waits is written down where its recurrence changes or is switched off meanwhile', async () => {
  for (const change of ['publish', 'disable'] as const) {
    const { id, due } = await scheduled({})
    at(due, 500)
    await look()
    at(due, 24 * HOUR + 500)
    await look()
    const found = (await server.call<Workflow>('GET', `/api/workflows/${id}`)).body
    const nodes = found.document.nodes.map((node) => (node.id === 'start' ? { ...node, config: { cron: '30 10 * * *' } } : node))
    const body = { revision: found.revision, document: { ...found.document, nodes } }
    expect((await server.call('PUT', `/api/workflows/${id}`, { body })).status).toBe(200)
    expect((await server.call('POST', `/api/workflows/${id}/${change}`)).status).toBe(200)
    const fireAt = new Date(due.getTime() + 24 * HOUR).toISOString()
    expect(await missedOf(id)).toMatchObject([{ fireAt, why: 'running', outcome: 'skipped' }])
  }
})

test('a person declines what was missed: who and when is kept, once, and a time that is missed later is asked about anew', async () => {
  const { id, due } = await scheduled({})
  at(due, HOUR)
  await look()
  const asks = async () => (await server.call<Calendar>('GET', '/api/schedules/calendar?from=2026-01-01&to=2026-01-01')).body.asks
  expect(await asks()).toContainEqual({ workflowId: id, workflowName: '주간 리뷰', newest: due.toISOString() })
  const decline = (until: Date) =>
    server.call<MissedFires>('POST', `/api/workflows/${id}/missed-fires/decline`, { body: { until: until.toISOString() } })
  const [first, second] = await Promise.all([decline(due), decline(due)])
  expect([first.status, second.status]).toEqual([200, 200])
  expect((await decline(due)).body.items).toEqual([
    expect.objectContaining({
      fireAt: due.toISOString(),
      outcome: 'declined',
      decidedBy: 'local',
      decidedAt: expect.any(String),
    }),
  ])
  const { rows } = await pool().query(
    `select count(*)::int as n from audit_event where action = 'schedule-declined' and target_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ n: 1 }])
  expect(await asks()).not.toContainEqual(expect.objectContaining({ workflowId: id }))
  at(due, 25 * HOUR)
  await look()
  expect((await missedOf(id)).map(({ outcome }) => outcome)).toEqual(['open', 'declined'])
})

test('every day of a long silence is told', async () => {
  const { id, due } = await scheduled({})
  at(due, 50 * HOUR)
  await look()
  expect((await missedOf(id)).map(({ fireAt }) => (Date.parse(fireAt) - due.getTime()) / HOUR)).toEqual([48, 24, 0])
})

test('to decline what is no workflow’s, or a time that is none, is refused', async () => {
  const body = { until: '2026-11-23T00:00:00Z' }
  expect((await server.call('POST', '/api/workflows/nothing/missed-fires/decline', { body })).status).toBe(404)
  const { id } = await scheduled({})
  expect((await server.call('POST', `/api/workflows/${id}/missed-fires/decline`, { body: { until: 'monday' } })).status).toBe(400)
})
