import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkflowFrame } from '#schemas/frames.ts'
import { listen, type Listener } from '#server/database/listen.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { WORKFLOW_CHANNEL } from '#server/workflows/news.ts'
import { OpenWorkflows } from './open-workflows.ts'

// Two servers on one database, each with clients of its own.

let database: TestDatabase
const listeners: Listener[] = []
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})
afterAll(async () => {
  for (const listener of listeners) await listener.stop()
  await database.close()
})

async function server(): Promise<OpenWorkflows> {
  const open = new OpenWorkflows({ pool: database.pool, log: quietLog() })
  listeners.push(
    await listen({
      databaseUrl: database.url,
      name: 'test',
      channels: [WORKFLOW_CHANNEL],
      log: quietLog(),
      heard: (payload) => open.heard(payload),
    }),
  )
  return open
}

function client(actor = 'local') {
  const frames: WorkflowFrame[] = []
  return { workspaceId: 'w', actor, frames, workflow: (frame: WorkflowFrame) => void frames.push(frame) }
}
const seen = (one: { frames: WorkflowFrame[] }) => {
  const last = one.frames.at(-1)
  return { revision: last?.revision, others: last?.others.map(({ name }) => name) }
}

test('who opens a workflow sees who else has it open, on any server; who leaves is gone', async () => {
  const [first, second] = [await server(), await server()]
  const [mine, window, far] = [client(), client(), client('김운영')]
  first.open(mine, 'report', 3)
  expect(seen(mine)).toEqual({ revision: 3, others: [] })
  first.open(window, 'report', 3)
  expect(seen(mine).others).toEqual([null])
  second.open(far, 'report', 3)
  await expect.poll(() => seen(mine).others).toEqual([null, '김운영'])
  // Who came last hears of those who were there before.
  await expect.poll(() => seen(far).others).toEqual(['local', 'local'])
  first.leave(window)
  await expect.poll(() => seen(far).others).toEqual(['local'])
  second.close(far, 'report')
  await expect.poll(() => seen(mine).others).toEqual([])
  first.stop()
  second.stop()
})

test('a draft that was saved is told by its revision; an older one is no news, nor is another workflow', async () => {
  const one = await server()
  const mine = client()
  one.open(mine, 'report', 3)
  const saved = (workflow: string, revision: number) =>
    database.pool.query('select pg_notify($1, $2)', [WORKFLOW_CHANNEL, JSON.stringify({ kind: 'saved', workflow, revision })])
  await saved('other', 9)
  await saved('report', 5)
  await saved('report', 4)
  await database.pool.query('select pg_notify($1, $2)', [WORKFLOW_CHANNEL, 'no news'])
  await expect.poll(() => mine.frames.length).toBeGreaterThanOrEqual(3)
  expect(seen(mine).revision).toBe(5)
  one.stop()
})

test('of a server that fell silent nobody is believed to be there any more', async () => {
  let now = 0
  const open = new OpenWorkflows({ pool: database.pool, log: quietLog(), now: () => now })
  const mine = client()
  open.open(mine, 'report', 1)
  open.heard(JSON.stringify({ kind: 'here', workflow: 'report', server: 'dead', tab: 't', actor: 'local', asks: false }))
  expect(seen(mine).others).toEqual([null])
  now = 91_000
  open.again()
  expect(seen(mine).others).toEqual([])
  open.stop()
})
