import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '#schemas/api/people.ts'
import { makePartitions, monthsThere } from '#server/ledger/partitions.ts'
import { storedAcrossRuns } from '#server/messages/across-runs.ts'
import { finishedReport } from '#server/routes/test/finished-report.ts'
import type { TestApp } from '#server/test/app.ts'

let server: TestApp
let workflowId = ''
let runId = ''
let close: () => Promise<void> = async () => undefined
beforeAll(async () => {
  ;({ server, workflowId, runId, close } = await finishedReport({ people: 30, optedOut: 2 }))
}, 90_000)
afterAll(() => close())

const person = async (address: string) => (await server.call<Person>('POST', '/api/people', { body: { address } })).body

test('however the number is written: what went there, with state, channel, time and workflow, masked', async () => {
  for (const address of ['010-2000-0007', '010 2000 0007', '+82 10-2000-0007', '０１０２００００００７']) {
    const found = await person(address)
    expect(found).toMatchObject({ address: '010-****-0007', name: expect.stringContaining('*'), more: false, going: [] })
    expect(found.messages).toEqual([
      expect.objectContaining({
        workflowId,
        workflowName: '주간 리뷰',
        runId,
        runNumber: 1,
        test: false,
        channel: 'alimtalk',
        state: 'delivered',
        sentAt: expect.any(String),
      }),
    ])
  }
})

test('who was left out has the reason; who never was anywhere has nothing', async () => {
  expect((await person('01020000001')).messages).toEqual([
    expect.objectContaining({ state: 'skipped', channel: null, reason: expect.objectContaining({ code: 'opted-out' }) }),
  ])
  expect(await person('010-2000-9999')).toEqual({ name: null, address: null, messages: [], more: false, going: [] })
})

test('a run that still sends is named: who waits in it is found on its page', async () => {
  await server.database.pool.query('update workflow_run set state = 3 where id = $1', [runId])
  expect((await person('01020000009')).going).toEqual([{ runId, workflowName: '주간 리뷰', runNumber: 1 }])
  await server.database.pool.query('update workflow_run set state = 6 where id = $1', [runId])
})

test('of another workspace nothing is found, and what is too short is refused', async () => {
  await server.database.pool.query(
    `with other as (insert into workspace (id, name, timezone, hash_key_enc) select gen_random_uuid(), 'other', timezone, hash_key_enc from workspace returning id)
     update workflow_run set workspace_id = (select id from other) where id = $1`,
    [runId],
  )
  expect((await person('01020000007')).messages).toEqual([])
  expect((await server.call('POST', '/api/people', { body: { address: '1' } })).status).toBe(422)
})

test('each month’s messages are looked through by the index on the hash, none as a whole', async () => {
  const { pool } = server.database
  const [first = 0] = await monthsThere(pool)
  await makePartitions(pool, [first - 2, first - 1])
  const months = await monthsThere(pool)
  for (const month of months)
    await pool.query(
      `insert into messages (run_no, node_no, seq, chunk_no, state, address_hash, sent_at)
       select $1, 1, i, 1, 2, (random() * 4e15)::bigint, now() from generate_series(1, 20000) i`,
      [month * 2 ** 32 + 99],
    )
  await pool.query('analyze messages')
  const wish = { workspaceId: '00000000-0000-0000-0000-000000000000', runId: null, hashes: [1, 2], most: 500 }
  const lines = await storedAcrossRuns(pool, wish, 'explain')
  const plan = lines.map((line) => line['QUERY PLAN']).join('\n')
  expect(plan.match(/Bitmap Heap Scan on messages_/g)).toHaveLength(months.length)
  expect(plan.match(/Bitmap Index Scan on messages_\d+_\d+_address_hash_idx/g)).toHaveLength(months.length * 2)
})
