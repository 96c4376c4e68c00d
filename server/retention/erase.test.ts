import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeAnswers, decodeChunk, encodeAnswers } from '#server/ledger/codec.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { erasePerson, finishErasures } from './erase-person.ts'
import { eraseRun } from './erase-run.ts'
import { listKeys, makeRun, makeWorkspace, runKeys, samples, workspaceId, workspaceKeys, type MadeRun } from './test/made-run.ts'

let database: TestDatabase
const at = '2026-11-20T03:00:00Z'
const sent = (phone: string) => ({ state: 'sent', at, phone }) as const

beforeAll(async () => {
  database = await testDatabase()
  await makeWorkspace(database.pool)
})
afterAll(() => database.close())

const deps = () => ({ pool: database.pool, listKeys, runKeys, samples, workspaceKeys })
const erase = (address: string) => erasePerson(deps(), { workspaceId, address, actor: '민지' })

async function phones(run: MadeRun, no: number): Promise<unknown[]> {
  const { rows } = await database.pool.query('select rows from run_chunk where run_no = $1 and no = $2', [run.runNo, no])
  return [...(decodeChunk(run.key, { runNo: run.runNo, nodeNo: 3, no }, rows[0].rows).columns[0] ?? [])]
}

test('one person is erased in all runs, in every chunk and in the answers; everybody else stays', async () => {
  const { pool } = database
  const first = await makeRun(pool, {
    startedAt: at,
    chunks: [
      { nodeNo: 3, no: 1, messages: [sent('01011112222'), sent('01033334444')] },
      { nodeNo: 3, no: 2, messages: [sent('01055556666')] },
    ],
  })
  const second = await makeRun(pool, {
    startedAt: at,
    chunks: [{ nodeNo: 3, no: 1, messages: [sent('01077778888'), sent('010-1111-2222')] }],
  })
  const answers = { ask: { names: ['count'], columns: [[5, 6]], ambiguous: [] } }
  const place = { runNo: first.runNo, nodeNo: 3, no: 1 }
  await pool.query('insert into run_answers (run_no, node_no, chunk_no, answers) values ($1, 3, 1, $2)', [
    first.runNo,
    encodeAnswers(first.key, place, answers as never),
  ])
  const before = await pool.query('select * from messages order by run_no, seq')

  expect(await erase('+82 10 1111 2222')).toMatchObject({ rows: 2, runs: 2, waiting: 0 })
  expect(await phones(first, 1)).toEqual([null, '01033334444'])
  expect(await phones(first, 2)).toEqual(['01055556666'])
  expect(await phones(second, 1)).toEqual(['01077778888', null])
  const { rows } = await pool.query('select answers from run_answers where run_no = $1', [first.runNo])
  expect(decodeAnswers(first.key, place, rows[0].answers)).toMatchObject({ ask: { columns: [[null, 6]] } })
  // What happened stays, with the hash as tombstone.
  expect((await pool.query('select * from messages order by run_no, seq')).rows).toEqual(before.rows)
  expect(await erase('01011112222')).toMatchObject({ rows: 0, runs: 0 })
  const audit = await pool.query(`select actor, target_kind, data from audit_event where action = 'erase-person'`)
  expect(audit.rows[0]).toEqual({ actor: '민지', target_kind: 'erasure', data: {} })
  expect(await finishErasures(deps())).toBe(2)
})

test('a chunk that somebody works on is left alone; the person is erased when the run is over', async () => {
  const { pool } = database
  const run = await makeRun(pool, {
    startedAt: at,
    state: 'sending',
    chunks: [{ nodeNo: 3, no: 1, messages: [sent('01099990000')] }],
  })
  await pool.query('update run_chunk set state = 1 where run_no = $1', [run.runNo])
  expect(await erase('01099990000')).toMatchObject({ rows: 0, waiting: 1 })
  expect(await finishErasures(deps())).toBe(0)
  expect(await phones(run, 1)).toEqual(['01099990000'])
  await pool.query('update run_chunk set state = 2 where run_no = $1', [run.runNo])
  await pool.query('update workflow_run set state = 6 where run_no = $1', [run.runNo])
  expect(await finishErasures(deps())).toBe(1)
  expect(await phones(run, 1)).toEqual([null])
  expect(await finishErasures(deps())).toBe(0)
})

test('who comes anew in a later run is not erased there', async () => {
  await erase('01012340000')
  const later = new Date(Date.now() + 60_000).toISOString()
  const run = await makeRun(database.pool, { startedAt: later, chunks: [{ nodeNo: 3, no: 1, messages: [sent('01012340000')] }] })
  await finishErasures(deps())
  expect(await phones(run, 1)).toEqual(['01012340000'])
})

test('what is no address is refused', async () => {
  await expect(erase('  ')).rejects.toMatchObject({ code: 'address-not-usable' })
})

test('a run’s key goes only when the run is over, once, and with who did it', async () => {
  const { pool } = database
  const open = await makeRun(pool, { startedAt: at, state: 'paused', chunks: [] })
  const over = await makeRun(pool, { startedAt: at, chunks: [{ nodeNo: 3, no: 1, messages: [sent('01000000001')] }] })
  const by = (run: MadeRun) => eraseRun(pool, { workspaceId, runId: run.runId, actor: '지수' })
  await expect(by(open)).rejects.toMatchObject({ code: 'run-people-needed' })
  await by(over)
  await by(over)
  const { rows } = await pool.query(
    'select id, key_enc, erased_at from workflow_run where id = any($1) order by key_enc nulls first',
    [[open.runId, over.runId]],
  )
  expect(rows).toEqual([
    { id: over.runId, key_enc: null, erased_at: expect.any(String) },
    { id: open.runId, key_enc: expect.any(Buffer), erased_at: null },
  ])
  const audit = await pool.query(`select actor, target_id from audit_event where action = 'erase-run'`)
  expect(audit.rows).toEqual([{ actor: '지수', target_id: over.runId }])
  // Nobody can be found in it any more.
  expect(await erase('01000000001')).toMatchObject({ rows: 0 })
})
