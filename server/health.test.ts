import { afterAll, beforeAll, expect, test } from 'vitest'
import { quietLog } from './test/quiet-log.ts'
import { testApp, type TestApp } from './test/app.ts'
import { takeIdentity } from './worker/identity.ts'
import { schedulerHealth, workerHealth } from './health.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

test('a worker anywhere is a worker, as long as it lives', async () => {
  const deps = { pool: server.database.pool, workerState: () => 'down' as const }
  expect(await workerHealth(deps)).toEqual({ state: 'down', workers: [] })
  const worker = await takeIdentity({
    databaseUrl: server.database.url,
    log: quietLog(),
    nodeTypes: [],
    lanes: 8,
    onLost: () => undefined,
  })
  expect(await workerHealth(deps)).toMatchObject({ state: 'ok', workers: [{ no: worker.no }] })
  // A row that a killed worker left behind.
  await server.database.pool.query(`insert into worker (no, host, pid) values (9999, 'dead', 1)`)
  expect((await workerHealth(deps)).workers).toHaveLength(1)
  await worker.release()
  expect(await workerHealth(deps)).toMatchObject({ state: 'down', workers: [] })
})

test('what is due and not started makes the scheduler down', async () => {
  const document = {
    schemaVersion: 1,
    name: '매일',
    nodes: [{ id: 'start', type: 'schedule-trigger', typeVersion: 1, position: { x: 0, y: 0 }, config: { cron: '0 9 * * *' } }],
    edges: [],
  }
  const { body } = await server.call<{ id: string }>('POST', '/api/workflows', { body: document })
  const { rows } = await server.database.pool.query<{ id: string }>(
    `insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned)
     select id, workspace_id, id, 1, 1, '{}' from workflow where id = $1 returning id`,
    [body.id],
  )
  await server.database.pool.query(
    `insert into schedule (id, workspace_id, workflow_id, version_id, node_id, cron, timezone, next_fire_at)
     select id, workspace_id, id, $2, 'start', '0 9 * * *', 'Asia/Seoul', now() + interval '1 hour' from workflow where id = $1`,
    [body.id, rows[0]?.id],
  )
  const pool = server.database.pool
  expect(await schedulerHealth({ pool }, 'ok')).toMatchObject({
    state: 'ok',
    overdue: 0,
    nextFireAt: expect.stringMatching(/Z$/),
  })
  await pool.query(`update schedule set next_fire_at = now() - interval '4 minutes'`)
  expect(await schedulerHealth({ pool }, 'ok')).toMatchObject({ state: 'down', overdue: 1 })
  expect(await schedulerHealth({ pool }, 'starting')).toMatchObject({ state: 'starting' })
})
