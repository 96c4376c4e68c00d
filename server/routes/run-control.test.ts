import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessagePage } from '#schemas/api/runs.ts'
import type { Settings } from '#schemas/api/settings.ts'
import type { ErrorBody } from '#schemas/error-body.ts'
import type { Run } from '#schemas/run.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { reportWorkflow } from './test/report-workflow.ts'

// What a person does with runs, over the real routes, with a real worker and the sandbox.

let server: TestApp
let worker: WorkerHandle | undefined

beforeAll(async () => {
  server = await testApp()
  await server.shop.pool.query(`
    create table customers (id int primary key, name text, phone text, company_id int, opted_out boolean not null default false);
    insert into customers select i, '고객' || i, '010' || lpad((20000000 + i)::text, 8, '0'), i % 7 from generate_series(1, 150) i;
    insert into customers values (151, null, '01030000003', 1, false);
    create table reviews (company_id int, rating int);
    insert into reviews select i % 6, 1 + i % 5 from generate_series(1, 30) i`)
  const settings = { fast: {}, slow: { slowMs: 400 }, narrow: { messagesPerSecond: 40, concurrency: 1 }, gone: {} }
  for (const [id, setting] of Object.entries(settings))
    await server.database.pool.query(
      `insert into connection (workspace_id, id, kind, name, settings) select id, $1, 'sandbox', $1, $2 from workspace`,
      [id, JSON.stringify(setting)],
    )
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
}, 60_000)
afterAll(async () => {
  await worker?.stop()
  await server.close()
})

type Answer<T> = T & ErrorBody

async function workflow(provider: string, settings: object = {}): Promise<string> {
  const { body } = await server.call<Answer<{ id: string }>>('POST', '/api/workflows', {
    body: { ...reportWorkflow(provider), settings },
  })
  expect(body.error).toBeUndefined()
  return body.id
}

async function execute(workflowId: string, body: object = {}): Promise<string> {
  const { status, body: answer } = await server.call<Answer<{ runId: string }>>('POST', `/api/workflows/${workflowId}/execute`, {
    body,
  })
  expect({ status, error: answer.error }).toEqual({ status: 202, error: undefined })
  return answer.runId
}

const read = async (id: string): Promise<Run> => (await server.call<Run>('GET', `/api/runs/${id}`, english)).body
const english = { headers: { 'accept-language': 'en' } }
const post = <T>(url: string, options: object = {}) => server.call<Answer<T>>('POST', url, { ...english, ...options })

async function until(id: string, what: (run: Run) => boolean): Promise<Run> {
  for (const end = Date.now() + 40_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const run = await read(id)
    if (what(run)) return run
  }
  throw new Error(`The run is ${JSON.stringify(await read(id))}`)
}
const is =
  (...states: string[]) =>
  (run: Run) =>
    states.includes(run.state)

test('pause, resume and their refusals: the answer is the run as it is then', async () => {
  const runId = await execute(await workflow('slow'))
  expect((await until(runId, is('sending'))).actions).toEqual(['pause', 'cancel'])
  const paused = await post<Run>(`/api/runs/${runId}/pause`)
  expect(paused.status).toBe(200)
  expect(paused.body).toMatchObject({
    state: 'paused',
    reason: { code: 'paused-by-person', message: 'It was paused by hand. Resume it to go on.', fields: {} },
    actions: ['resume', 'cancel'],
  })
  const approve = await post(`/api/runs/${runId}/approve`)
  expect({ status: approve.status, error: approve.body.error }).toMatchObject({ status: 409, error: { code: 'run-not-waiting' } })
  expect((await until(runId, ({ stopping }) => stopping === null)).state).toBe('paused')
  const resend = await post(`/api/runs/${runId}/resend`, { body: {} })
  expect(resend.body.error).toMatchObject({ code: 'run-still-sending' })
  // As a restore leaves it: whoever goes on says that he has looked at the provider.
  const at = '2026-11-26T03:00:00.000Z'
  await server.database.pool.query('update workflow_run set reason = $2 where id = $1', [
    runId,
    JSON.stringify({ code: 'run-restored', fields: { at } }),
  ])
  for (const options of [{}, { body: {} }, { body: { confirm: false } }]) {
    const refused = await post(`/api/runs/${runId}/resume`, options)
    expect({ status: refused.status, error: refused.body.error }).toMatchObject({
      status: 409,
      error: { code: 'run-restored-unconfirmed' },
    })
    expect(refused.body.error.message).toContain(at)
  }
  expect((await post<Run>(`/api/runs/${runId}/resume`, { body: { confirm: true } })).body.state).toBe('sending')
  await post(`/api/runs/${runId}/pause`)
  // By hand it needs no word, and no body.
  expect((await post<Run>(`/api/runs/${runId}/resume`)).body.state).toBe('sending')
  const done = await until(runId, is('completed'))
  expect(done).toMatchObject({ lawHolds: true, actions: ['resend', 'repeat'], reason: null, stopping: null })
  for (const action of ['pause', 'resume', 'cancel'])
    expect((await post(`/api/runs/${runId}/${action}`)).body.error).toMatchObject({ code: 'run-over' })
  expect((await post('/api/runs/no-id/pause')).status).toBe(404)
})

/** As if the time of its messages had begun so many hours ago. */
const age = (id: string, hours: number) =>
  server.database.pool.query(`update workflow_run set timed_from = now() - $2::int * interval '1 hour' where id = $1`, [
    id,
    hours,
  ])

/** Until its lanes have felt the pause: they would go on with the time that they began with. */
async function nobodyHolds(id: string): Promise<void> {
  const held = `select 1 from run_chunk where state = 1 and run_no = (select run_no from workflow_run where id = $1)`
  while ((await server.database.pool.query(held, [id])).rowCount) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('what is over its time when a person lets it go on is sent or ended as that person says, never unasked', async () => {
  const workflowId = await workflow('narrow')
  const stand = async () => {
    const runId = await execute(workflowId)
    await until(runId, is('sending'))
    await post(`/api/runs/${runId}/pause`)
    const paused = await until(runId, ({ stopping }) => stopping === null)
    await nobodyHolds(runId)
    // The sample's Alimtalk may be sent for a day.
    expect(Date.parse(paused.expiresAt ?? '') - Date.parse(paused.startedAt)).toBe(86_400_000)
    await age(runId, 25)
    return runId
  }
  const dropped = await stand()
  const refused = await post(`/api/runs/${dropped}/resume`)
  expect({ status: refused.status, error: refused.body.error }).toMatchObject({ status: 409, error: { code: 'run-overdue' } })
  expect(refused.body.error.message).toContain((await read(dropped)).expiresAt)
  expect((await post<Run>(`/api/runs/${dropped}/resume`, { body: { late: 'expire' } })).body.state).toBe('sending')
  const ended = await until(dropped, is('completed'))
  expect(ended).toMatchObject({ lawHolds: true, expiresAt: null })
  expect(ended.outcomes.expired).toBeGreaterThan(0)
  expect(ended.outcomes.delivered ?? 0).toBeLessThan(150)
  const wanted = await stand()
  // Whoever is still in somebody's hands would go on by the old time.
  const hold = (state: number) =>
    server.database.pool.query(
      `update run_chunk set state = $2, owner = (select max(no) from worker), send_deadline = now() + interval '1 hour'
       where state <> 2 and run_no = (select run_no from workflow_run where id = $1)`,
      [wanted, state],
    )
  await hold(1)
  expect((await post(`/api/runs/${wanted}/resume`, { body: { late: 'send' } })).body.error).toMatchObject({
    code: 'run-still-stopping',
  })
  await hold(3)
  const goes = (await post<Run>(`/api/runs/${wanted}/resume`, { body: { late: 'send' } })).body
  expect(Date.parse(goes.expiresAt ?? '')).toBeGreaterThan(Date.now())
  expect((await until(wanted, is('completed'))).outcomes).toEqual({ delivered: 150, failed: 1 })
}, 60_000)

test('the time of a run that waited for its approval counts from the approval', async () => {
  const runId = await execute(await workflow('fast', { guards: { maxRecipients: 100 } }))
  await until(runId, is('waiting'))
  await age(runId, 30)
  await post(`/api/runs/${runId}/approve`)
  expect((await until(runId, is('completed'))).outcomes).toEqual({ delivered: 150, failed: 1 })
})

test('a guard of the document: the run waits and says why with the figures; in frames and lists it is the same', async () => {
  const workflowId = await workflow('fast', { guards: { maxRecipients: 100 } })
  const runId = await execute(workflowId)
  const waiting = await until(runId, is('waiting', 'completed', 'sending'))
  expect(waiting).toMatchObject({
    state: 'waiting',
    reason: { code: 'guard-recipients', fields: { count: 151, limit: 100 } },
    actions: ['cancel', 'approve'],
    outcomes: { pending: 151 },
  })
  expect(waiting.reason?.message).toContain('151 recipients are more than the 100')
  const list = await server.call<{ items: { id: string; lastRun: Run }[] }>('GET', '/api/workflows', english)
  expect(list.body.items.find(({ id }) => id === workflowId)?.lastRun.reason).toEqual(waiting.reason)
  expect((await post<Run>(`/api/runs/${runId}/approve`)).body).toMatchObject({ state: 'sending', reason: null })
  expect(await until(runId, is('completed'))).toMatchObject({ lawHolds: true })
  const wrong = await post('/api/workflows', { body: { ...reportWorkflow('fast'), settings: { guards: { maxRecipients: 0 } } } })
  expect(wrong.status).toBe(422)
})

test("the workspace's guards are settings", async () => {
  const guards = { maxRecipients: 120, jump: null }
  const put = await server.call<Settings>('PUT', '/api/settings', { body: { guards } })
  expect(put.body.guards).toEqual(guards)
  const runId = await execute(await workflow('fast'))
  expect((await until(runId, is('waiting', 'completed'))).reason).toMatchObject({ fields: { count: 151, limit: 120 } })
  await post(`/api/runs/${runId}/cancel`)
  await server.call('PUT', '/api/settings', { body: { guards: {} } })
  expect((await server.call<Settings>('GET', '/api/settings')).body.guards).toEqual({})
  expect((await server.call('PUT', '/api/settings', { body: { guards: { jump: { factor: 1 } } } })).status).toBe(422)
})

test('the first ones go first: execute with `first`, then an approval for the rest', async () => {
  const runId = await execute(await workflow('fast'), { first: 20 })
  const waiting = await until(runId, is('waiting'))
  expect(waiting.reason).toMatchObject({ code: 'first-part-sent', fields: { count: 20, left: 131 } })
  expect(waiting.outcomes.pending).toBe(131)
  await post(`/api/runs/${runId}/approve`)
  const { outcomes } = await until(runId, is('completed'))
  expect(outcomes).toEqual({ delivered: 150, failed: 1 })
})

test('send again with a key does it once; what was sent stays single', async () => {
  const runId = await execute(await workflow('fast'))
  await until(runId, is('completed'))
  const headers = { ...english.headers, 'idempotency-key': 'again-1' }
  const wish = { body: { states: ['failed'] }, headers }
  const [one, two] = [await post(`/api/runs/${runId}/resend`, wish), await post(`/api/runs/${runId}/resend`, wish)]
  expect([one.body, two.body]).toEqual([
    { runId, messages: 1 },
    { runId, messages: 1 },
  ])
  const other = await post(`/api/runs/${runId}/resend`, { body: { states: ['expired'] }, headers })
  expect(other.body.error).toMatchObject({ code: 'idempotency-key-reused' })
  const done = await until(runId, is('completed'))
  // The value is frozen as empty: it fails again, and says so.
  expect(done).toMatchObject({ outcomes: { delivered: 150, failed: 1 }, lawHolds: true })
  const { body } = await server.call<MessagePage>('GET', `/api/runs/${runId}/messages?state=failed`, english)
  expect(body.items).toEqual([expect.objectContaining({ attempt: 2, reason: expect.objectContaining({ code: 'value-null' }) })])
  const resolve = await post(`/api/messages/${body.items[0]?.id}/resolve`, { body: { as: 'sent' } })
  expect(resolve.body.error).toMatchObject({ code: 'message-not-unconfirmed' })
  expect((await post(`/api/runs/${runId}/resolve`, { body: { as: 'sent' } })).body).toEqual({ runId, messages: 0 })
  expect((await post(`/api/runs/${runId}/resolve`, { body: { as: 'sent', node: 'nothing' } })).status).toBe(404)
})

test('a run is repeated with its very version, and refused when its connection is gone', async () => {
  const workflowId = await workflow('gone')
  const runId = await execute(workflowId)
  await until(runId, is('completed'))
  const repeated = await post<{ runId: string }>(`/api/runs/${runId}/repeat`)
  expect(repeated.status).toBe(202)
  const run = await until(repeated.body.runId, is('completed'))
  expect(run).toMatchObject({ repeats: runId, number: 2, outcomes: { delivered: 150, failed: 1 } })
  await server.database.pool.query(`update connection set deleted_at = now() where id = 'gone'`)
  const refused = await post(`/api/runs/${runId}/repeat`)
  expect({ status: refused.status, error: refused.body.error }).toMatchObject({ status: 409, error: { code: 'connection-gone' } })
  expect(refused.body.error.message).toContain('"gone"')
})

test('publishing, switching and deleting a workflow stand in the audit', async () => {
  const id = await workflow('fast')
  for (const action of ['publish', 'enable', 'disable']) expect((await post(`/api/workflows/${id}/${action}`)).status).toBe(200)
  expect((await server.call('DELETE', `/api/workflows/${id}`)).status).toBe(204)
  const { rows } = await server.database.pool.query<{ action: string }>(
    `select action, data from audit_event where target_kind = 'workflow' and target_id = $1 order by id`,
    [id],
  )
  expect(rows).toEqual([
    { action: 'workflow.publish', data: { version: 1 } },
    { action: 'workflow.enable', data: {} },
    { action: 'workflow.disable', data: {} },
    { action: 'workflow.delete', data: {} },
  ])
})
