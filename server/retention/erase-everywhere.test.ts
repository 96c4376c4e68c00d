import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealTestAddresses } from '#server/runs/test-addresses.ts'
import { decodeChunk } from '#server/ledger/codec.ts'
import { openWith, sealWith } from '#server/secrets/box.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { dropOldMonths } from './drop-months.ts'
import { erasePerson, finishErasures } from './erase-person.ts'
import { eraseRun } from './erase-run.ts'
import { listKeys, makeRun, makeWorkspace, runKeys, samples, workspaceId, workspaceKeys, type MadeRun } from './test/made-run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await makeWorkspace(database.pool)
})
afterAll(() => database.close())

const at = '2026-11-20T03:00:00Z'
const WHO = '010-4444-5555'
const PHONE = '01044445555'
const log = { debug() {}, info() {}, warn() {}, error() {} }
const deps = () => ({ pool: database.pool, listKeys, runKeys, samples, workspaceKeys })

/** A run with what it was started with. @returns the sealed bytes */
async function startedWith(run: MadeRun, { payload, test: testers }: { payload?: object; test?: string[] }): Promise<Buffer[]> {
  const sealed = payload ? sealWith(run.key, JSON.stringify(payload), `payload:${run.runId}`) : null
  const addresses = testers ? sealTestAddresses(testers, run) : null
  await database.pool.query('update workflow_run set trigger_payload_enc = $2, test_addresses_enc = $3 where run_no = $1', [
    run.runNo,
    sealed,
    addresses,
  ])
  return [sealed, addresses].filter((one) => one !== null)
}

/** Tables in which these bytes stand, in any column of any row. */
async function tablesWith(what: string | Buffer): Promise<string[]> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  expect(tables.length).toBeGreaterThan(30)
  const hex = Buffer.from(what).toString('hex')
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const { rowCount } = await database.pool.query(
        `select 1 from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0 limit 1`,
        [hex, typeof what === 'string' ? what : hex],
      )
      return rowCount ? [name] : []
    }),
  )
  return found.flat()
}

/** All that can still be read of a run by its key: rows, payload, numbers of a test. */
async function readable(run: MadeRun): Promise<string> {
  const { rows: chunks } = await database.pool.query<{ node_no: number; no: number; rows: Buffer }>(
    'select node_no, no, rows from run_chunk where run_no = $1 order by no',
    [run.runNo],
  )
  const { rows } = await database.pool.query<{ payload: Buffer | null; test: Buffer | null }>(
    'select trigger_payload_enc as payload, test_addresses_enc as test from workflow_run where run_no = $1',
    [run.runNo],
  )
  const { payload = null, test: testers = null } = rows[0] ?? {}
  return [
    ...chunks.map((chunk) =>
      JSON.stringify(decodeChunk(run.key, { runNo: run.runNo, nodeNo: chunk.node_no, no: chunk.no }, chunk.rows).columns),
    ),
    payload && openWith(run.key, payload, `payload:${run.runId}`).toString(),
    testers && openWith(run.key, testers, `test-addresses:${run.runId}`).toString(),
  ].join('\n')
}

const sent = (phone: string) => ({ state: 'sent', at, phone }) as const
const people = (...phones: string[]) => [{ nodeNo: 3, no: 1, messages: phones.map(sent) }]

test('after a run is erased no table has its key, its event, its numbers of a test, or a word of them', async () => {
  const run = await makeRun(database.pool, { startedAt: at, chunks: people(PHONE) })
  const sealed = await startedWith(run, { payload: { name: '윤하늘', mobile: WHO }, test: [PHONE] })
  const { rows } = await database.pool.query('select key_enc from workflow_run where run_no = $1', [run.runNo])
  for (const bytes of [...sealed, rows[0].key_enc]) expect(await tablesWith(bytes)).toEqual(['workflow_run'])

  await eraseRun(database.pool, { workspaceId, runId: run.runId, actor: '지수' })
  for (const bytes of [...sealed, rows[0].key_enc, PHONE, WHO, '윤하늘']) expect(await tablesWith(bytes)).toEqual([])
})

test('a month that is dropped leaves nothing of them either', async () => {
  const run = await makeRun(database.pool, { startedAt: '2024-03-05T00:00:00Z', chunks: [] })
  const sealed = await startedWith(run, { payload: { mobile: WHO }, test: [PHONE] })
  await database.pool.query('update workflow_run set totals_at = now() where run_no = $1', [run.runNo])
  expect(await dropOldMonths(database.pool, { now: new Date(at), log })).toContain('2024_03')
  for (const bytes of sealed) expect(await tablesWith(bytes)).toEqual([])
})

test('a person goes from events and tests too, also where only the event names her; others stay', async () => {
  const { pool } = database
  const inRows = await makeRun(pool, { startedAt: at, chunks: people(PHONE, '01033334444') })
  await startedWith(inRows, { payload: { customer: 'c-17', nickname: '하늘이' } })
  const inEvent = await makeRun(pool, { startedAt: at, chunks: people('01033334444') })
  await startedWith(inEvent, { payload: { name: '윤하늘', contact: { phones: ['+82 10 4444 5555'] } } })
  const asTester = await makeRun(pool, { startedAt: at, chunks: [] })
  await startedWith(asTester, { test: ['01088887777', WHO] })
  const other = await makeRun(pool, { startedAt: at, chunks: people('01033334444') })
  await startedWith(other, { payload: { name: '서강', mobile: '01033334444' }, test: ['01033334444'] })
  const before = await readable(other)
  const open = await makeRun(pool, { startedAt: at, state: 'sending', chunks: [] })
  await startedWith(open, { payload: { mobile: WHO } })

  await erasePerson(deps(), { workspaceId, address: WHO, actor: '민지' })
  for (const run of [inRows, inEvent, asTester]) expect(await readable(run)).not.toMatch(/4444.?5555|윤하늘|하늘이|c-17|8888/)
  expect(await readable(inRows)).toContain('01033334444')
  expect(await readable(other)).toBe(before)
  // What goes on still needs what it was started with; it goes when it is over.
  expect(await readable(open)).toContain(WHO)
  expect(await finishErasures(deps())).toBe(0)
  await pool.query('update workflow_run set state = 6 where run_no = $1', [open.runNo])
  expect(await finishErasures(deps())).toBe(1)
  expect(await readable(open)).not.toContain('4444')
  for (const word of [PHONE, WHO, '윤하늘']) expect(await tablesWith(word)).toEqual([])
})
