import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { StoredList } from '#schemas/list.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Run } from '#schemas/run.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker } from '#server/worker/worker.ts'
import { listWorkflow } from './test/list-workflow.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

const columns = [
  { name: '고객명', label: '고객명', kind: 'text' },
  { name: 'phone', label: '휴대폰', kind: 'phone' },
]
const rows = [
  ['김민수', '010-1234-3312'],
  ['아주긴이름을가진사람', '010-9876-5432'],
  ['', '010-5555-0001'],
  ['최다인', '010-5555-0002'],
]

async function made(): Promise<{ list: string; id: string }> {
  const list = await server.call<StoredList>('POST', '/api/lists', { body: { name: '고객', columns, rows } })
  const { body } = await server.call<{ id: string }>('POST', '/api/workflows', { body: listWorkflow(list.body.id) })
  return { list: list.body.id, id: body.id }
}

const look = async (id: string) => (await server.call<Preview>('POST', `/api/workflows/${id}/preview`, { body: {} })).body
const numbers = (preview: Preview) => preview.nodes['people']?.out['rows']?.rows.map(({ phone }) => phone)
const pin = (id: string, sealed: readonly (string | undefined)[]) =>
  server.call<{ error: { code: string } }>('PUT', `/api/workflows/${id}/samples/people`, { body: { rows: sealed } })

/** Pins the rows in these places as a person does who looks at the preview. */
async function pinPlaces(id: string, ...places: number[]): Promise<void> {
  const { sealed } = (await look(id)).nodes['people'] ?? {}
  const chosen = places.map((place) => sealed?.[place])
  expect((await pin(id, chosen)).status).toBe(204)
}

test('pinned rows are what previews show, whatever the source gives by now, until they are let go', async () => {
  const { list, id } = await made()
  await pinPlaces(id, 1, 2)
  const other = rows.map(([name], index) => [name, `010-7777-000${index}`])
  await server.call('PUT', `/api/lists/${list}/rows`, { body: { rows: other } })
  const shown = await look(id)
  expect(numbers(shown)).toEqual(['010-****-5432', '010-****-0001'])
  expect(shown.messages.map(({ parts }) => parts.body)).toContain('아주긴이름을가진사람님, 곧 만기예요.')
  expect(shown.samples).toMatchObject({ people: { rows: 2, stale: false } })
  const until = await server.call<Preview>('POST', `/api/workflows/${id}/preview`, { body: { until: 'fill' } })
  expect(until.body.nodes['fill']?.in['rows']?.rows).toHaveLength(2)
  expect((await server.call('DELETE', `/api/workflows/${id}/samples/people`)).status).toBe(204)
  expect(await look(id)).toMatchObject({ samples: {} })
  expect(numbers(await look(id))).toHaveLength(4)
})

test('a run reads the source, and nothing of what is pinned', { timeout: 120_000 }, async () => {
  const { id } = await made()
  await pinPlaces(id, 0)
  const worker = await startWorker({
    databaseUrl: server.database.url,
    secretKey: Buffer.alloc(32, 7),
    sampleUrl: server.shop.url,
    log: quietLog(),
    onLost: () => undefined,
  })
  try {
    const { body } = await server.call<{ runId: string }>('POST', `/api/workflows/${id}/execute`, { body: {} })
    const run = await vi.waitFor(
      async () => {
        const { body: now } = await server.call<Run>('GET', `/api/runs/${body.runId}`)
        expect(now.state).toBe('completed')
        return now
      },
      { timeout: 100_000, interval: 100 },
    )
    expect(run.nodes['people']?.out['rows']).toBe(rows.length)
  } finally {
    await worker.stop()
  }
})

test('another config or other columns: the source is asked, and the sample said to be stale; as it was, it is shown again', async () => {
  const { list, id } = await made()
  await pinPlaces(id, 3)
  const document = listWorkflow(list, '다른 이름')
  const changed = await server.call<Preview>('POST', `/api/workflows/${id}/preview`, { body: { document } })
  expect(numbers(changed.body)).toHaveLength(4)
  expect(changed.body.samples).toMatchObject({ people: { rows: 1, stale: true } })
  expect(numbers(await look(id))).toHaveLength(1)
  const more = [...columns, { name: 'n', label: '수', kind: 'integer' }]
  await server.call('PUT', `/api/lists/${list}/rows`, { body: { columns: more, rows: [['박', '010-1111-0000', '3']] } })
  const wider = await look(id)
  expect(numbers(wider)).toEqual(['010-****-0000'])
  expect(wider.samples).toMatchObject({ people: { stale: true } })
  await pinPlaces(id, 0)
  expect((await look(id)).samples).toMatchObject({ people: { rows: 1, stale: false } })
})

test('nobody reads them in the database, in what the browser carries, or in the document; they go with the workflow', async () => {
  const { id } = await made()
  const { sealed = [] } = (await look(id)).nodes['people'] ?? {}
  expect(sealed).toHaveLength(4)
  expect(Buffer.from(sealed[0] ?? '', 'base64url').includes('3312')).toBe(false)
  await pinPlaces(id, 0, 1)
  const stored = async () =>
    (await server.database.pool.query<{ rows_enc: Buffer }>('select rows_enc from pinned_sample where workflow_id = $1', [id]))
      .rows
  const [sample] = await stored()
  for (const word of ['김민수', '3312', '5432']) expect(sample?.rows_enc.includes(word)).toBe(false)
  const read = await server.call<{ document: object }>('GET', `/api/workflows/${id}`)
  expect(read.body.document).toEqual(
    listWorkflow((read.body.document as ReturnType<typeof listWorkflow>).nodes[1]?.config['list'] as string),
  )
  await server.call('DELETE', `/api/workflows/${id}`)
  expect(await stored()).toEqual([])
})

test.each(['another workflow', 'no row at all', 'another source of today'])(
  '%s: refused, and nothing is pinned',
  async (what) => {
    const [{ id }, other] = [await made(), await made()]
    const { sealed = [] } = (await look(id)).nodes['people'] ?? {}
    const { sealed: foreign = [] } = (await look(other.id)).nodes['people'] ?? {}
    const changed = await server.call<Preview>('POST', `/api/workflows/${id}/preview`, {
      body: { document: listWorkflow(other.list) },
    })
    const given = {
      'another workflow': foreign,
      'no row at all': ['AQIDBA'],
      'another source of today': [sealed[0], changed.body.nodes['people']?.sealed?.[0]],
    }[what]
    const answer = await pin(id, given ?? [])
    expect([answer.status, answer.body.error.code]).toEqual([409, 'sample-outdated'])
    expect((await look(id)).samples).toEqual({})
  },
)

test('a person who is erased goes from what is pinned, and does not come back with rows that were read before', async () => {
  const { id } = await made()
  await pinPlaces(id, 0, 1)
  const { sealed = [] } = (await look(id)).nodes['people'] ?? {}
  await server.call('POST', '/api/people/erase', { body: { address: '01098765432' } })
  expect(numbers(await look(id))).toEqual(['010-****-3312'])
  expect((await pin(id, sealed)).body.error.code).toBe('sample-outdated')
  await server.call('POST', '/api/people/erase', { body: { address: '+82 10-1234-3312' } })
  expect((await look(id)).samples).toEqual({})
})
