import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { ListDetail } from '#schemas/api/lists.ts'
import type { StoredList } from '#schemas/list.ts'
import type { Run } from '#schemas/run.ts'
import { listWorkflow } from '#server/routes/test/list-workflow.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker } from '#server/worker/worker.ts'
import { openList } from './read-list.ts'

/** A worker is started and a run goes through: more than usual on a machine that is busy with other tests. */
const LONG = 150_000

let server: TestApp
let worker: Awaited<ReturnType<typeof startWorker>> | null = null
beforeAll(async () => {
  server = await testApp()
})
afterEach(async () => {
  await worker?.stop()
  worker = null
})
afterAll(() => server.close())

const columns = [
  { name: '고객명', label: '고객명', kind: 'text' },
  { name: 'phone', label: '휴대폰', kind: 'phone' },
]
const people = (...names: string[]) => names.map((name, index) => [name, `0102000${String(index).padStart(4, '0')}`])

async function made(...names: string[]): Promise<{ list: StoredList; workflow: string }> {
  const list = await server.call<StoredList>('POST', '/api/lists', { body: { name: '고객', columns, rows: people(...names) } })
  const workflow = await server.call<{ id: string }>('POST', '/api/workflows', { body: listWorkflow(list.body.id) })
  return { list: list.body, workflow: workflow.body.id }
}

const work = async () => {
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
}
const execute = async (workflow: string) =>
  (await server.call<{ runId: string }>('POST', `/api/workflows/${workflow}/execute`, { body: {} })).body.runId
/** Sent, or delivered already: how far the reports came is not what is asked here. */
const reached = ({ outcomes }: Run): number => (outcomes['sent'] ?? 0) + (outcomes['delivered'] ?? 0)

const ended = (runId: string) =>
  vi.waitFor(
    async () => {
      const { body } = await server.call<Run>('GET', `/api/runs/${runId}`)
      expect(['completed', 'failed']).toContain(body.state)
      return body
    },
    { timeout: 120_000, interval: 200 },
  )

test(
  'a run that waits to begin reads the list that stood when it was started, whatever is pasted meanwhile',
  { timeout: LONG },
  async () => {
    const { list, workflow } = await made('김민수', '이서연', '박지호')
    const runId = await execute(workflow)
    await server.call('PUT', `/api/lists/${list.id}/rows`, { body: { rows: people('최다인') } })
    await work()
    expect(reached(await ended(runId))).toBe(3)
    expect(reached(await ended(await execute(workflow)))).toBe(1)
  },
)

test('while a run has yet to read it, a list stays though no workflow names it any more', { timeout: LONG }, async () => {
  const { list, workflow } = await made('김민수')
  const other = await made('이서연')
  const runId = await execute(workflow)
  const read = await server.call<{ revision: number }>('GET', `/api/workflows/${workflow}`)
  await server.call('PUT', `/api/workflows/${workflow}`, {
    body: { revision: read.body.revision, document: listWorkflow(other.list.id) },
  })
  expect((await server.call('DELETE', `/api/lists/${list.id}`)).status).toBe(409)
  await work()
  expect(reached(await ended(runId))).toBe(1)
  expect((await server.call('DELETE', `/api/lists/${list.id}`)).status).toBe(204)
})

test('a published workflow whose list has other columns by now does not run, and says why', { timeout: LONG }, async () => {
  const { list, workflow } = await made('김민수')
  await server.call('POST', `/api/workflows/${workflow}/publish`)
  const other = [{ name: 'phone', label: '휴대폰', kind: 'phone' }]
  await server.call('PUT', `/api/lists/${list.id}/rows`, { body: { columns: other, rows: [['01020000000']] } })
  await work()
  const started = await server.call<{ runId: string }>('POST', `/api/workflows/${workflow}/execute`, { body: { version: 1 } })
  expect(await ended(started.body.runId)).toMatchObject({ state: 'failed', reason: { code: 'source-changed' } })
})

test('100,000 rows are taken in, and read a thousand at a time as they are asked for', { timeout: LONG }, async () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => [`고객${index}`, `010${String(20_000_000 + index)}`])
  const list = await server.call<StoredList>('POST', '/api/lists', { body: { name: '십만', columns, rows } })
  expect(list.body.rowCount).toBe(100_000)
  const deps = { pool: server.database.pool, listKeys: server.parts.boxes.listKeys }
  const opened = await openList(deps, { workspaceId: '00000000-0000-7000-8000-000000000001', id: list.body.id, version: null })
  const asked = vi.spyOn(server.database.pool, 'query')
  let seen = 0
  for await (const batch of opened.rows()) {
    seen += batch.length
    expect(batch).toHaveLength(1_000)
    // One part is in memory, however long the list is.
    expect(asked).toHaveBeenCalledTimes(seen / 1_000)
  }
  asked.mockRestore()
  expect(seen).toBe(100_000)
  const read = await server.call<ListDetail>('GET', `/api/lists/${list.body.id}`)
  expect(read.body.firstRows).toHaveLength(20)
})

test('more than a request may carry is refused with the limit', async () => {
  const text = `{"name":"x","columns":[],"rows":[["${'가'.repeat(12 * 1024 * 1024)}"]]}`
  const answer = await server.call<{ error: { code: string; message: string } }>('POST', '/api/lists', { text })
  expect([answer.status, answer.body.error.code]).toEqual([413, 'body-too-large'])
})
