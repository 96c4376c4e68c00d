import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check } from '#runtime/compile/check.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { compose, type Parts } from '#server/compose.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { cancelRun } from '#server/runs/cancel.ts'
import { startRun } from '#server/runs/start.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { freezeVersion } from '#server/workflows/freeze.ts'
import { WorkflowStore } from '#server/workflows/store.ts'
import { DEFAULT_WORKSPACE as workspaceId, ensureWorkspace } from '#server/workspace/workspace.ts'
import { testLog } from './test/test-engine.ts'
import { startWorker } from './worker.ts'

// The worker as it is started, over what the server stored: the same connections, versions and keys.

let database: TestDatabase
let shop: TestDatabase
let parts: Parts
let boss: Awaited<ReturnType<typeof createBoss>>
const secretKey = randomBytes(32)

beforeAll(async () => {
  ;[database, shop] = await Promise.all([testDatabase(), testDatabase({ empty: true })])
  await shop.pool.query(
    `create table customers as select i as id, '고객 ' || i as name, '010' || (20000000 + i) as phone from generate_series(1, 50) i`,
  )
  parts = await compose({
    db: database.db,
    pool: database.pool,
    secretKey,
    sampleUrl: shop.url,
    log: testLog,
  })
  await ensureWorkspace(database.db, parts.boxes.workspace)
  await parts.store.ensureBuiltIn(workspaceId, { sample: true })
  boss = await createBoss({ databaseUrl: database.url, log: testLog, sendOnly: true })
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await parts.close()
  await database.close()
  await shop.close()
})

const node = (id: string, type: string, config: Record<string, unknown>) => ({
  id,
  type,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
})
const edge = (source: string, sourcePort: string, target: string, targetPort: string) => ({
  id: source,
  source,
  sourcePort,
  target,
  targetPort,
})
const document: WorkflowDocument = {
  schemaVersion: 1,
  name: '인사',
  nodes: [
    node('start', 'manual-trigger', {}),
    node('people', 'sql-source', { connection: 'sample-shop', sql: 'select id, name, phone from customers order by id' }),
    node('fill', 'mapping', { variables: { 이름: { column: 'name' } } }),
    node('text', 'template', { text: '#{이름}님, 안녕하세요' }),
    node('send', 'send-sms', { connection: 'sandbox', address: 'phone', expiresAfter: 1440 }),
  ],
  edges: [
    edge('start', 'start', 'people', 'start'),
    edge('people', 'rows', 'fill', 'rows'),
    edge('fill', 'rows', 'text', 'rows'),
    edge('text', 'messages', 'send', 'messages'),
  ],
}

async function version(): Promise<{ workflowId: string; versionId: string }> {
  const workflow = await new WorkflowStore(database.db).create(workspaceId, document, 'test')
  const host = await parts.host(workspaceId)
  const checked = await check(document, {
    registry: parts.registry,
    host,
    cache: parts.cache,
    timezone: 'Asia/Seoul',
    signal: AbortSignal.timeout(10_000),
  })
  expect(checked.problems.filter((problem) => problem.severity === 'error')).toEqual([])
  const place = { workspaceId, id: workflow.id }
  const known = (id: string) => host.known(id)
  const frozen = await freezeVersion(database.db, {
    place,
    document,
    checked,
    registry: parts.registry,
    known,
    revision: 1,
    version: 1,
    timezone: 'Asia/Seoul',
    actor: 'test',
  })
  return { workflowId: workflow.id, versionId: frozen.id }
}

test('a stored workflow runs to its end over the stored connections', async () => {
  const worker = await startWorker({
    databaseUrl: database.url,
    secretKey,
    sampleUrl: shop.url,
    log: testLog,
    onLost: () => undefined,
  })
  const started = await startRun(parts.runs(boss), { workspaceId, ...(await version()), trigger: 'manual', actor: 'test' })
  const end = Date.now() + 15_000
  let run: { state: number; reason: unknown; outcomes: unknown; law: unknown; number: number } | undefined
  while ((run?.state ?? 0) < 6 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    run = (
      await database.pool.query('select state, reason, outcomes, law, number from workflow_run where id = $1', [started?.runId])
    ).rows[0]
  }
  expect(run).toMatchObject({ state: 6, reason: null, outcomes: { delivered: 50 }, law: { holds: true }, number: 1 })
  await worker.stop()
  // What its steps asked of the shop is noted for the run; the worker writes the last of it before it ends.
  const asked = await database.pool.query('select distinct purpose, run_id, workflow_id, status from connection_query')
  expect(asked.rows).toEqual([{ purpose: 'run', run_id: started?.runId, workflow_id: expect.any(String), status: 'ok' }])
})

test('a schedule fires once for one time, and what does not exist is refused', async () => {
  const ids = await version()
  await database.pool.query(
    `insert into schedule (id, workspace_id, workflow_id, version_id, node_id, cron, timezone) values ('00000000-0000-7000-8000-00000000abcd', $1, $2, $3, 'start', '0 9 * * 1', 'Asia/Seoul')`,
    [workspaceId, ids.workflowId, ids.versionId],
  )
  const start = {
    workspaceId,
    ...ids,
    trigger: 'schedule',
    actor: 'system',
    scheduleId: '00000000-0000-7000-8000-00000000abcd',
    fireAt: new Date('2026-11-30T00:00:00Z'),
  }
  const deps = parts.runs(boss)
  const both = await Promise.all([startRun(deps, start), startRun(deps, start)])
  expect(both.filter((started) => started !== null)).toHaveLength(1)
  await expect(startRun(deps, { ...start, versionId: ids.workflowId })).rejects.toMatchObject({ code: 'nothing-to-run' })
  await expect(startRun(deps, { ...start, workspaceId: ids.workflowId })).rejects.toMatchObject({ code: 'nothing-to-run' })
  const runId = both.find((started) => started !== null)?.runId ?? ''
  await expect(cancelRun(deps, { workspaceId: ids.workflowId, runId, actor: 'test' })).rejects.toMatchObject({
    code: 'not-found',
  })
})
