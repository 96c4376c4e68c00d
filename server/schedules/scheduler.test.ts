import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { MissedFires, SchedulePreview } from '#schemas/api/schedules.ts'
import { reportWorkflow } from '#server/routes/test/report-workflow.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { lookOnce, startScheduler, type SchedulerDeps } from './scheduler.ts'

let server: TestApp
let now = new Date()

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    create table reviews (company_id int, rating int)`)
})
afterAll(() => server.close())
beforeEach(() => server.database.pool.query('delete from schedule'))

function deps(): SchedulerDeps {
  const { pool, boxes, log, clock } = server.parts
  return { pool, boss: server.boss, runKeys: boxes.runKeys, log, clock, now: () => now }
}

// No worker is here that would end a run: a time would wait for the one before (policies.test.ts).
async function scheduled(cron = '0 9 * * 1'): Promise<string> {
  const trigger = {
    id: 'start',
    type: 'schedule-trigger',
    typeVersion: 1,
    position: { x: 0, y: 0 },
    config: { cron, overlap: 'start' },
  }
  const { id } = (await server.call<Workflow>('POST', '/api/workflows', { body: reportWorkflow('sandbox', trigger) })).body
  expect((await server.call('POST', `/api/workflows/${id}/publish`)).status).toBe(200)
  expect((await server.call('POST', `/api/workflows/${id}/enable`)).status).toBe(200)
  return id
}

async function scheduleOf(id: string): Promise<{ id: string; next_fire_at: string } | undefined> {
  return (await server.database.pool.query('select id, next_fire_at from schedule where workflow_id = $1', [id])).rows[0]
}
async function runsOf(id: string): Promise<{ trigger: string; fire_at: string }[]> {
  return (await server.database.pool.query('select trigger, fire_at from workflow_run where workflow_id = $1', [id])).rows
}
async function dueAt(id: string): Promise<Date> {
  return new Date((await scheduleOf(id))?.next_fire_at ?? '')
}
const WEEK = 7 * 86_400_000

test('a time fires once, however many servers look, and the next one is stored with it', async () => {
  const id = await scheduled()
  const due = await dueAt(id)
  now = new Date(due.getTime() - 1)
  expect(await lookOnce(deps())).toEqual([])
  now = new Date(due.getTime() + 500)
  const started = (await Promise.all([lookOnce(deps()), lookOnce(deps()), lookOnce(deps())])).flat()
  expect(started).toHaveLength(1)
  expect(await lookOnce(deps())).toEqual([])
  expect(await runsOf(id)).toMatchObject([{ trigger: 'schedule' }])
  expect((await dueAt(id)).getTime()).toBe(due.getTime() + WEEK)
  now = new Date(due.getTime() + WEEK + 500)
  expect(await lookOnce(deps())).toHaveLength(1)
  expect(await runsOf(id)).toHaveLength(2)
})

test('a start that is ten minutes late still fires; a later one is skipped, written down and listed', async () => {
  const id = await scheduled()
  const due = await dueAt(id)
  now = new Date(due.getTime() + 10 * 60_000)
  expect(await lookOnce(deps())).toHaveLength(1)
  const next = await dueAt(id)
  now = new Date(next.getTime() + 10 * 60_000 + 1)
  expect(await lookOnce(deps())).toEqual([])
  expect(await runsOf(id)).toHaveLength(1)
  expect((await dueAt(id)).getTime()).toBe(next.getTime() + WEEK)
  const missed = (await server.call<MissedFires>('GET', `/api/workflows/${id}/missed-fires`)).body
  expect(missed.items.map(({ fireAt }) => new Date(fireAt))).toEqual([next])
})

test('switched off or deleted, nothing fires; publishing anew keeps what is due', async () => {
  const off = await scheduled()
  const gone = await scheduled()
  const due = await dueAt(off)
  await server.call('POST', `/api/workflows/${off}/disable`)
  await server.call('DELETE', `/api/workflows/${gone}`)
  now = new Date(due.getTime() + 500)
  expect(await lookOnce(deps())).toEqual([])
  const kept = await scheduled()
  await server.database.pool.query('update schedule set next_fire_at = $2 where workflow_id = $1', [kept, now])
  const before = await scheduleOf(kept)
  expect((await server.call('POST', `/api/workflows/${kept}/publish`)).status).toBe(200)
  expect(await scheduleOf(kept)).toEqual(before)
  expect(await lookOnce(deps())).toHaveLength(1)
})

test('a schedule that cannot be started keeps no other from starting', async () => {
  const broken = await scheduled()
  const good = await scheduled()
  const due = await dueAt(good)
  await server.database.pool.query(
    `update schedule set timezone = 'Mars/Olympus', next_fire_at = next_fire_at - interval '1 minute' where workflow_id = $1`,
    [broken],
  )
  now = new Date(due.getTime() + 500)
  expect(await lookOnce(deps())).toHaveLength(1)
  expect(await runsOf(broken)).toEqual([])
  expect(await runsOf(good)).toHaveLength(1)
})

test('the scheduler of a process fires by itself', async () => {
  const id = await scheduled('* * * * *')
  now = new Date((await dueAt(id)).getTime() + 100)
  const scheduler = startScheduler(deps())
  await expect.poll(() => runsOf(id), { timeout: 5_000 }).toHaveLength(1)
  await scheduler.stop()
})

test('the preview says the next times in the zone, and refuses what is none', async () => {
  const ask = (query: string) => server.call<SchedulePreview>('GET', `/api/schedules/preview?${query}`)
  const { body } = await ask(`cron=${encodeURIComponent('0 9 * * 1')}&timezone=Asia/Seoul&n=3`)
  expect(body.fires).toHaveLength(3)
  for (const at of body.fires) expect(at).toMatch(/T00:00:00/)
  expect((await ask(`cron=${encodeURIComponent('0 9 * * *')}`)).body.timezone).toBe('Asia/Seoul')
  expect((await ask(`cron=${encodeURIComponent('* * * * * *')}`)).status).toBe(400)
  expect((await ask(`cron=${encodeURIComponent('0 9 * * *')}&timezone=Mars/Olympus`)).status).toBe(400)
  expect((await ask(`cron=${encodeURIComponent('0 9 * * *')}&n=500`)).status).toBe(400)
})

test('what is due is judged by the database’s clock, not by this machine’s', async () => {
  const id = await scheduled('* * * * *')
  const { now: _, ...byDatabase } = deps()
  await server.database.pool.query(`update schedule set next_fire_at = now() + interval '1 hour' where workflow_id = $1`, [id])
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 3_600_000 })
  try {
    expect(await lookOnce(byDatabase)).toEqual([])
    vi.setSystemTime(Date.now() - 6 * 3_600_000)
    await server.database.pool.query(`update schedule set next_fire_at = now() - interval '1 minute' where workflow_id = $1`, [
      id,
    ])
    expect(await lookOnce(byDatabase)).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
  const { rows } = await server.database.pool.query(
    `select abs(extract(epoch from started_at - now())) < 600 as near from workflow_run where workflow_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ near: true }])
})
