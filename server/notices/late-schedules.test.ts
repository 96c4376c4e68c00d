import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NoticePage } from '#schemas/api/notices.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { reportWorkflow } from '#server/routes/test/report-workflow.ts'
import { lookOnce as fireDue } from '#server/schedules/scheduler.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { look } from './test/notices.ts'

// A schedule of the real routes while no scheduler runs, and then one that comes late.

let server: TestApp
beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    create table reviews (company_id int, rating int)`)
}, 60_000)
afterAll(() => server.close())

const pool = () => server.database.pool
const late = async () => (await look(pool())).filter(({ kind }) => kind === 'late')

/** What its time being so long ago makes of a schedule. */
const passed = (minutes: number) =>
  pool().query('update schedule set next_fire_at = now() - make_interval(mins => $1)', [minutes])

function fire(): Promise<string[]> {
  const { boxes, log, clock } = server.parts
  return fireDue({ pool: pool(), boss: server.boss, runKeys: boxes.runKeys, log, clock })
}

test(
  'a start that nobody makes is told while it can still come, and again when it was missed for good',
  { timeout: 60_000 },
  async () => {
    const trigger = {
      id: 'start',
      type: 'schedule-trigger',
      typeVersion: 1,
      position: { x: 0, y: 0 },
      config: { cron: '0 9 * * 1' },
    }
    const { id } = (await server.call<Workflow>('POST', '/api/workflows', { body: reportWorkflow('sandbox', trigger) })).body
    expect((await server.call('POST', `/api/workflows/${id}/publish`)).status).toBe(200)
    await passed(5)
    // Published, but not switched on: nobody waits for it.
    expect(await late()).toEqual([])
    expect((await server.call('POST', `/api/workflows/${id}/enable`)).status).toBe(200)
    await passed(1)
    expect(await late()).toEqual([])
    await passed(2)
    const overdue = { code: 'schedule-overdue', subject: `due:${id}`, fields: { workflow: '주간 리뷰' } }
    expect(await late()).toMatchObject([{ ...overdue, state: 'open', count: 1 }])
    const page = await server.call<NoticePage>('GET', '/api/notices?state=open', { headers: { 'accept-language': 'en' } })
    expect(page.body.items).toContainEqual(
      expect.objectContaining({ title: '주간 리뷰 should have started by now', link: `/workflows/${id}` }),
    )
    expect(await fire()).toHaveLength(1)
    expect(await late()).toMatchObject([{ ...overdue, state: 'resolved' }])

    await passed(11)
    expect(await late()).toMatchObject([{ ...overdue, state: 'open', turn: 3 }])
    expect(await fire()).toEqual([])
    expect(await late()).toMatchObject([
      { ...overdue, state: 'resolved' },
      { code: 'schedule-missed', subject: `workflow:${id}`, state: 'open', count: 1 },
    ])
    // Run by hand after all.
    expect((await server.call('POST', `/api/workflows/${id}/execute`, { body: {} })).status).toBe(202)
    expect(await late()).toMatchObject([{ state: 'resolved' }, { code: 'schedule-missed', state: 'resolved' }])
  },
)
