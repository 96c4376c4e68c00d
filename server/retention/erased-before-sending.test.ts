import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { MessagePage } from '#schemas/api/runs.ts'
import type { StoredList } from '#schemas/list.ts'
import type { Run } from '#schemas/run.ts'
import { listWorkflow } from '#server/routes/test/list-workflow.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker } from '#server/worker/worker.ts'

let server: TestApp
let worker: Awaited<ReturnType<typeof startWorker>>
beforeAll(async () => {
  server = await testApp()
  worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
})
afterAll(async () => {
  await worker.stop()
  await server.close()
})

const columns = [
  { name: '고객명', label: '고객명', kind: 'text' },
  { name: 'phone', label: '휴대폰', kind: 'phone' },
]
const rows = ['김민수', '이서연', '박지호'].map((name, index) => [name, `0102000000${index}`])

const comesTo = (runId: string, wanted: (run: Run) => boolean) =>
  vi.waitFor(
    async () => {
      const { body } = await server.call<Run>('GET', `/api/runs/${runId}`)
      expect(body).toSatisfy(wanted)
      return body
    },
    { timeout: 25_000, interval: 100 },
  )

test('who asks to be erased while a run waits for a yes is left out of it, with the reason; everybody else gets theirs', async () => {
  const list = await server.call<StoredList>('POST', '/api/lists', { body: { name: '고객', columns, rows } })
  const workflow = await server.call<{ id: string }>('POST', '/api/workflows', { body: listWorkflow(list.body.id) })
  const started = await server.call<{ runId: string }>('POST', `/api/workflows/${workflow.body.id}/execute`, {
    body: { version: 'draft', ask: true },
  })
  const { runId } = started.body
  await comesTo(runId, ({ state, reason }) => state === 'waiting' && reason?.code === 'launch-prepared')
  await server.call('POST', '/api/people/erase', { body: { address: '010-2000-0001' } })
  const approved = await server.call('POST', `/api/runs/${runId}/approve`)
  expect(approved.status).toBeLessThan(300)
  const { outcomes } = await comesTo(runId, ({ state }) => state === 'completed')
  expect(outcomes['skipped']).toBe(1)
  expect((outcomes['sent'] ?? 0) + (outcomes['delivered'] ?? 0)).toBe(2)
  const skipped = await server.call<MessagePage>('GET', `/api/runs/${runId}/messages?state=skipped`)
  expect(skipped.body.items).toMatchObject([{ reason: { code: 'person-erased' } }])
}, 120_000)
