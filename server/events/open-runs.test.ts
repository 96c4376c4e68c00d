import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { testApp, type TestApp } from '#server/test/app.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { closePastMonths } from './close-runs.ts'
import { keepOpenRuns } from './keep-open-runs.ts'
import { published, teamInvited, welcome } from './test/event-workflow.ts'

// Events from their coming in to their provider, with a worker as it runs in the product.

let t: TestApp
let worker: WorkerHandle
beforeAll(async () => {
  t = await testApp()
  worker = await startWorker({ databaseUrl: t.database.url, secretKey: Buffer.alloc(32, 7), sampleUrl: t.shop.url, log: t.log })
})
afterAll(async () => {
  await worker.stop()
  await t.close()
})
beforeEach(() => t.database.pool.query('delete from event_trigger'))

interface Taken {
  items: { messages: string[]; runs: string[] }[]
}
interface Run {
  state: string
  recipients: number
  outcomes: Record<string, number>
  lawHolds: boolean | null
}
const events = (names: readonly string[], plan = 'pro') =>
  t.call<Taken>('POST', '/api/events', {
    body: names.map((name) => ({ event: 'user.signed-up', payload: { name, phone: '010-1234-5678', plan } })),
  })
const run = async (id: string | undefined) => (await t.call<Run>('GET', `/api/runs/${id}`)).body

/** Whole ways through server, worker and database: on a busy machine they take their time. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

/** Waits for what must come; without end, as the test itself has one. */
async function until(id: string | undefined, holds: (now: Run) => boolean): Promise<Run> {
  for (;;) {
    const now = await run(id)
    if (holds(now)) return now
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
/** States of which nobody is are not listed. */
const isIdle = ({ pending = 0, sending = 0 }: Record<string, number>): boolean => pending + sending === 0
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

test('what comes in is sent, the run stays open, and ends when the workflow is published anew', async () => {
  const id = await published(t, welcome())
  const first = await events(['a', 'b'])
  const runId = first.body.items[0]?.runs[0]
  await until(runId, ({ recipients, outcomes }) => recipients === 2 && isIdle(outcomes))
  const message = await t.call<{ state: string; parts: { body: string } }>(
    'GET',
    `/api/messages/${first.body.items[0]?.messages[0]}`,
  )
  expect(message.body.parts.body).toBe('a님, 반가워요')
  expect(['sent', 'delivered']).toContain(message.body.state)
  // Nothing is left to do, and still it is open.
  expect((await run(runId)).state).toBe('sending')
  await events(['c'])
  await until(runId, ({ recipients, outcomes }) => recipients === 3 && isIdle(outcomes))
  await t.call('POST', `/api/workflows/${id}/publish`)
  const end = await until(runId, ({ state }) => state === 'completed' || state === 'settling')
  expect(end).toMatchObject({ recipients: 3, lawHolds: true })
})

test('who is not chosen by a step is no recipient; the law holds while the run is open', async () => {
  await published(t, welcome({ plan: 'pro' }))
  const { body } = await events(['a', 'b'])
  const runId = body.items[0]?.runs[0]
  await events(['free'], 'free')
  await until(runId, ({ recipients, outcomes }) => recipients === 2 && isIdle(outcomes))
  await keepOpenRuns({ pool: t.database.pool, log, now: new Date() })
  expect(await run(runId)).toMatchObject({ state: 'sending', lawHolds: true })
  // A row that went missing is found at the next look, and stays known.
  await events(['c'])
  await until(runId, ({ recipients, outcomes }) => recipients === 3 && isIdle(outcomes))
  await t.database.pool.query(
    `delete from messages m using workflow_run r where r.id = $1 and m.run_no = r.run_no and m.seq = 4`,
    [runId],
  )
  await keepOpenRuns({ pool: t.database.pool, log, now: new Date() })
  expect(await run(runId)).toMatchObject({ lawHolds: false })
  await keepOpenRuns({ pool: t.database.pool, log, now: new Date() })
  expect(await run(runId)).toMatchObject({ lawHolds: false })
})

test('a month that is over takes no more rows and ends', async () => {
  await published(t, welcome())
  const { body } = await events(['a'])
  const runId = body.items[0]?.runs[0]
  const later = new Date()
  later.setUTCMonth(later.getUTCMonth() + 1, 1)
  expect(await closePastMonths(t.database.pool, new Date())).toEqual([])
  expect(await closePastMonths(t.database.pool, later)).toContain(runId)
  expect(await until(runId, ({ state }) => state === 'completed' || state === 'settling')).toMatchObject({
    recipients: 1,
    lawHolds: true,
  })
  const next = await events(['b'])
  expect(next.body.items[0]?.runs[0]).not.toBe(runId)
})

test('a cancelled run closes; the next event opens another', async () => {
  await published(t, welcome())
  const { body } = await events(['a'])
  const runId = body.items[0]?.runs[0]
  await t.call('POST', `/api/runs/${runId}/cancel`)
  await until(runId, ({ state }) => state === 'cancelled')
  // What events brought comes no second time.
  const { body: over } = await t.call<{ actions: string[] }>('GET', `/api/runs/${runId}`)
  expect(over.actions).not.toContain('repeat')
  expect(await t.call('POST', `/api/runs/${runId}/repeat`)).toMatchObject({
    status: 409,
    body: { error: { code: 'run-of-events' } },
  })
  const next = await events(['b'])
  expect(next.body.items[0]?.runs[0]).not.toBe(runId)
})

test('a source behind the trigger: each event starts a run that reads with its values', async () => {
  await t.shop.pool.query(`create table members (id int, name text, phone text, team text);
    insert into members values (1, '김', '01012345678', 'a'), (2, '이', '01012345679', 'a'), (3, '박', '01012345670', 'b')`)
  await published(t, teamInvited())
  const call = () =>
    t.call<Taken>('POST', '/api/events', { body: { event: 'team.invited', payload: { team: 'a' }, key: 'once' } })
  const [first, second] = await Promise.all([call(), call()])
  expect(first.body).toEqual(second.body)
  const runId = first.body.items[0]?.runs[0]
  const { rows } = await t.database.pool.query(`select 1 from workflow_run where trigger = 'event' and kind = 0`)
  expect(rows).toHaveLength(1)
  await until(runId, ({ state, recipients }) => state === 'completed' && recipients === 2)
  // Repeated, it reads by the values of the same event.
  const again = await t.call<{ runId: string }>('POST', `/api/runs/${runId}/repeat`)
  expect(again.status).toBe(202)
  await until(again.body.runId, ({ state, recipients }) => state === 'completed' && recipients === 2)
  // Somebody whose address the event told was erased, and the event with them: without it nobody knows who is meant.
  await t.database.pool.query('update workflow_run set trigger_payload_enc = null where id = $1', [again.body.runId])
  expect(await t.call('POST', `/api/runs/${again.body.runId}/repeat`)).toMatchObject({
    status: 409,
    body: { error: { code: 'run-erased' } },
  })
})
