import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
import { keepOpenRuns } from './keep-open-runs.ts'
import { published, welcome } from './test/event-workflow.ts'

// Whoever came in by an event waits in the open run while others come; the run goes on taking them.

let t: TestApp
let worker: WorkerHandle
beforeAll(async () => {
  t = await testApp()
  const databaseUrl = t.database.url
  worker = await startWorker({ databaseUrl, secretKey: Buffer.alloc(32, 7), sampleUrl: t.shop.url, log: quietLog() })
})
afterAll(async () => {
  await worker.stop()
  await t.close()
})

/** A day after the sign-up, or when something else is over; what is sent may be sent for an hour then. */
function later(until: object = { kind: 'duration', minutes: 1440 }) {
  const { nodes, edges, ...document } = welcome()
  const wait = { ...nodes[0], id: 'wait', type: 'wait', config: { until } }
  const timed = nodes.map((node) => (node.id === 'send' ? { ...node, config: { ...node.config, expiresAfter: 60 } } : node))
  return {
    ...document,
    nodes: [...timed, { ...wait, typeVersion: 1, position: { x: 0, y: 0 } }],
    edges: [
      { id: 'w', source: 'start', sourcePort: 'start', target: 'wait', targetPort: 'rows' },
      { id: 'e1', source: 'wait', sourcePort: 'after', target: 'fill', targetPort: 'rows' },
      ...edges.slice(1),
    ],
  }
}

const post = (name: string) =>
  t.call('POST', '/api/events', { body: { event: 'user.signed-up', payload: { name, phone: '010-1234-5678' } } })

async function untilTrue(what: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(20)) if (await what()) return
  throw new Error('It did not come to that')
}

test('each waits a day from when he came in, and is told then, once; meanwhile the run takes others and is not over', async () => {
  const id = await published(t, later())
  const { pool } = t.database
  const open = async () =>
    (
      await pool.query<{ waits: number; ready: number }>(
        `select coalesce(sum(k.n) filter (where k.ready_at > now()), 0)::int as waits, coalesce(sum(k.n) filter (where k.ready_at <= now()), 0)::int as ready
         from run_chunk k join workflow_run r using (run_no) where r.workflow_id = $1 and k.state in (0, 1)`,
        [id],
      )
    ).rows[0]
  const waiting = (n: number) => untilTrue(async () => (await open())?.waits === n && (await open())?.ready === 0)
  await post('a')
  await waiting(1)
  // A day passes for the first one, and the minute by which a long wait may end late.
  await pool.query(
    `update run_chunk set ready_at = ready_at - interval '1 day 1 minute', came_at = came_at - interval '1 day 1 minute' where state = 0`,
  )
  await post('b')
  const told = async () =>
    (
      await pool.query<{ seq: number; state: number }>(
        'select m.seq, m.state from messages m join workflow_run r using (run_no) where r.workflow_id = $1 order by 1',
        [id],
      )
    ).rows
  await untilTrue(async () => (await told()).length > 0)
  await waiting(1)
  expect(await told()).toMatchObject([{ seq: 1 }])
  expect([messageStateNumber('sent'), messageStateNumber('delivered')]).toContain((await told())[0]?.state)
  const runs = await pool.query('select total, closed_at from workflow_run where workflow_id = $1', [id])
  expect(runs.rows).toEqual([{ total: 2, closed_at: null }])
}, 90_000)

test('the law of an open run holds at every look, also where people who came together go on at different times', async () => {
  const { pool } = t.database
  await pool.query('delete from event_trigger')
  // A column of texts says when.
  const id = await published(t, later({ kind: 'column', column: 'plan', side: 'before', shift: 0, past: 'go' }))
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const someone = { name: 'a', phone: '010-1234-5678' }
  await t.call('POST', '/api/events', {
    body: [1, 9, 1].map((hours) => ({ event: 'user.signed-up', payload: { ...someone, plan: at(hours) } })),
  })
  const count = async (what: string): Promise<number> =>
    (await pool.query(`select 1 from ${what} join workflow_run r using (run_no) where r.workflow_id = $1`, [id])).rowCount ?? 0
  await untilTrue(async () => (await count('run_chunk')) === 3)
  await pool.query(`update run_chunk set ready_at = ready_at - interval '2 hours' where state = 0`)
  await untilTrue(async () => (await count('messages')) === 2)
  for (const look of [1, 2]) {
    await keepOpenRuns({ pool, log: t.log, now: new Date() })
    const { rows } = await pool.query('select law from workflow_run where workflow_id = $1', [id])
    expect(rows, `look ${look}`).toMatchObject([{ law: { holds: true, broken: [] } }])
  }
}, 90_000)
