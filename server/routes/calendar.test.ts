import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Calendar } from '#schemas/api/schedules.ts'
import { dayOf } from '#schemas/time-zone.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { reportWorkflow } from './test/report-workflow.ts'

let server: TestApp
let workflowId = ''
beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(
    'create table customers (id int, name text, phone text, company_id int, opted_out boolean); create table reviews (company_id int, rating int)',
  )
  const document = reportWorkflow('sandbox')
  const nodes = document.nodes.map((node) =>
    node.id === 'start' ? { ...node, type: 'schedule-trigger', config: { cron: '0 9 * * *', timezone: 'Asia/Seoul' } } : node,
  )
  workflowId = (await server.call<{ id: string }>('POST', '/api/workflows', { body: { ...document, nodes } })).body.id
  for (const action of ['publish', 'enable'])
    expect((await server.call('POST', `/api/workflows/${workflowId}/${action}`)).status).toBe(200)
})
afterAll(() => server.close())

const DAY = 86_400_000
const day = (days: number): string => dayOf(Date.now() + days * DAY, 'Asia/Seoul')
const calendar = async (from: string, to: string) =>
  (await server.call<Calendar>('GET', `/api/schedules/calendar?from=${from}&to=${to}`)).body

test('what comes stands on its day, and the next times are named', async () => {
  const { items, next, timezone } = await calendar(day(1), day(3))
  expect(timezone).toBe('Asia/Seoul')
  expect(items.filter(({ day: of }) => of >= day(1))).toEqual(
    [1, 2, 3].map((days) => ({
      day: day(days),
      at: `${day(days)}T00:00:00.000Z`,
      kind: 'planned',
      workflowId,
      workflowName: '주간 리뷰',
      run: null,
      passed: null,
      more: 0,
    })),
  )
  expect(next).toHaveLength(8)
  expect(next.some(({ at }) => at === `${day(1)}T00:00:00.000Z`)).toBe(true)
})

test('what was: runs that a schedule started with how they ended, and times that were missed', async () => {
  const { body } = await server.call<{ runId: string }>('POST', `/api/workflows/${workflowId}/execute`, { body: {} })
  const at = `${day(-1)}T00:00:00.000Z`
  await server.database.pool.query(
    `update workflow_run set trigger = 'schedule', fire_at = $2, started_at = $2, state = 6 where id = $1`,
    [body.runId, at],
  )
  const missed = `${day(-2)}T00:00:00.000Z`
  await server.database.pool.query(
    `insert into audit_event (workspace_id, actor, action, target_kind, target_id, data)
     select id, 'system', 'schedule-missed', 'workflow', $1, $2 from workspace`,
    [workflowId, JSON.stringify({ scheduleId: 's', fireAt: missed })],
  )
  const { items } = await calendar(day(-3), day(-1))
  expect(items).toEqual([
    expect.objectContaining({ day: day(-2), at: missed, kind: 'missed', run: null }),
    expect.objectContaining({
      day: day(-1),
      at,
      kind: 'run',
      run: expect.objectContaining({ id: body.runId, state: 'completed' }),
    }),
  ])
})

test('too many days, or none, are refused', async () => {
  for (const [from, to] of [
    ['2026-01-01', '2026-06-01'],
    ['2026-01-02', '2026-01-01'],
    ['2026-99-99', '2026-99-99'],
  ] as const)
    expect((await server.call('GET', `/api/schedules/calendar?from=${from}&to=${to}`)).status).toBe(400)
  expect((await server.call('GET', '/api/schedules/calendar?from=x&to=y')).status).toBe(400)
})
