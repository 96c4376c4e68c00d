import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker, type WorkerHandle } from '#server/worker/worker.ts'
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

/** A day after the sign-up; what is sent may be sent for an hour then. */
function nextDay() {
  const { nodes, edges, ...document } = welcome()
  const wait = { ...nodes[0], id: 'wait', type: 'wait', config: { until: { kind: 'duration', minutes: 1440 } } }
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
  const id = await published(t, nextDay())
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
  // A day passes for the first one.
  await pool.query(
    `update run_chunk set ready_at = ready_at - interval '1 day', came_at = came_at - interval '1 day' where state = 0`,
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
