import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RUN_STATES } from '#schemas/states.ts'
import { migrations } from '#server/database/migrations/all.ts'
import { decodeChunk } from '#server/ledger/codec.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import { addChunk, makeRun, makeWorkspace, runKeys, workspaceId, type MadeRun } from '#server/retention/test/made-run.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { writeBackup } from './backup.ts'
import { keyFingerprint } from './manifest.ts'
import { restoreBackup } from './restore.ts'
import { LEFT_OUT } from './tables.ts'

const log = quietLog()
const secretKey = Buffer.alloc(32, 7)
const at = '2026-11-20T03:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'alimflow-backup-'))
const file = join(folder, 'one.backup')
let database: TestDatabase
let finished: MadeRun
let open: MadeRun

beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  await makeWorkspace(pool)
  const sent = { state: 'sent', at } as const
  finished = await makeRun(pool, { startedAt: at, chunks: [{ nodeNo: 3, no: 1, messages: [sent, { state: 'failed', at }] }] })
  open = await makeRun(pool, {
    startedAt: at,
    state: 'sending',
    chunks: [
      { nodeNo: 3, no: 1, messages: [sent] },
      { nodeNo: 3, no: 2, state: 0, messages: [sent, sent] },
    ],
  })
  // In somebody's hands, one row claimed and not recorded.
  await addChunk(pool, open, { nodeNo: 3, no: 3, state: 1, messages: [sent, sent], seq: 4 })
  await pool.query('update run_chunk set claimed = 1, owner = 5, epoch = 2 where run_no = $1 and no = 3', [open.runNo])
  for (const state of ['preparing', 'settling', 'waiting'] as const)
    await makeRun(pool, {
      startedAt: at,
      state,
      chunks: [{ nodeNo: 3, no: 1, state: state === 'settling' ? 2 : 0, messages: [sent] }],
    })
  await pool.query(
    `insert into schedule (id, workspace_id, workflow_id, version_id, node_id, cron, timezone, next_fire_at)
     values ('00000000-0000-7000-8000-00000000abcd', $1, $2, $3, 'start', '0 9 * * *', 'Asia/Seoul', $4)`,
    [workspaceId, open.workflowId, open.versionId, at],
  )
  await pool.query(
    `insert into audit_event (workspace_id, actor, action, target_kind, target_id) values ($1, '가', 'x', 'y', 'z')`,
    [workspaceId],
  )
  await writeBackup({ url: database.url, file, secretKey, version: '0.1.0', log, now: new Date(at) })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const restore = (url: string, part: { file?: string; secretKey?: Buffer } = {}) =>
  restoreBackup({ url, file, secretKey, log, now: new Date('2026-11-26T03:00:00Z'), ...part })

async function into<T>(work: (target: TestDatabase) => Promise<T>, empty = true): Promise<T> {
  const target = await testDatabase({ empty })
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}

async function rowsOf({ pool }: TestDatabase, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ row: string }>(`select t::text as row from "${table}" t order by 1`)
  return rows.map(({ row }) => row)
}

test('everything comes back as it was; only what was open is stopped', async () => {
  await into(async (target) => {
    expect(await restore(target.url)).toMatchObject({ paused: 2, failed: 1, manifest: { version: '0.1.0', at } })
    const { rows } = await database.pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    )
    const changed = ['run_chunk', 'workflow_run', 'run_events', 'schedule', 'notice_look', ...LEFT_OUT]
    const same = rows.map(({ name }) => name).filter((name) => !changed.includes(name))
    for (const table of same) expect(await rowsOf(target, table), table).toEqual(await rowsOf(database, table))
    expect(same).toContain('messages')
    // The finished run to the byte, its chunk readable with the same key.
    const runs = 'select * from workflow_run where run_no = $1'
    expect((await target.pool.query(runs, [finished.runNo])).rows).toEqual(
      (await database.pool.query(runs, [finished.runNo])).rows,
    )
    const { rows: chunks } = await target.pool.query(
      'select r.key_enc, k.rows from run_chunk k join workflow_run r using (run_no) where run_no = $1',
      [finished.runNo],
    )
    const key = openRunKey(runKeys, finished.runId, chunks[0].key_enc)
    expect(decodeChunk(key, { runNo: finished.runNo, nodeNo: 3, no: 1 }, chunks[0].rows).columns[1]).toEqual(['사람 1', '사람 2'])
    // The steps of the schema are all there, so the product starts.
    const steps = await target.pool.query('select name from schema_migration order by name')
    expect(steps.rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name).toSorted())
  })
})

test('nothing that was open goes on by itself, and what was in flight is in doubt', async () => {
  await into(async ({ url, pool }) => {
    await restore(url)
    const { rows } = await pool.query<{ state: number; n: number; code: string | null }>(
      `select state, count(*)::int as n, reason->>'code' as code from workflow_run group by 1, 3 order by 1`,
    )
    expect(rows.map(({ state, n, code }) => [RUN_STATES[state], n, code])).toEqual([
      ['paused', 2, 'run-restored'],
      ['completed', 2, null],
      ['failed', 1, 'run-restored-unread'],
    ])
    const chunks = await pool.query('select no, state, owner, epoch, doubt from run_chunk where run_no = $1 order by no', [
      open.runNo,
    ])
    expect(chunks.rows).toEqual([
      { no: 1, state: 2, owner: null, epoch: 0, doubt: 0 },
      { no: 2, state: 3, owner: null, epoch: 1, doubt: 0 },
      { no: 3, state: 3, owner: null, epoch: 3, doubt: 2 },
    ])
    const { rows: schedules } = await pool.query('select next_fire_at from schedule')
    expect(schedules).toEqual([{ next_fire_at: '2026-11-27T00:00:00Z' }])
  })
})

test('numbers go on far behind those that were given out, identities behind the last one', async () => {
  await into(async ({ url, pool }) => {
    await restore(url)
    const next = async (sequence: string) => Number((await pool.query('select nextval($1) as n', [sequence])).rows[0].n)
    const before = Number((await database.pool.query(`select last_value as n from run_seq`)).rows[0].n)
    expect(await next('run_seq')).toBeGreaterThan(before + 999_999)
    expect(await next('worker_no')).toBeGreaterThan(99_999)
    await pool.query(
      `insert into audit_event (workspace_id, actor, action, target_kind, target_id) values ($1, 'b', 'x', 'y', 'z')`,
      [workspaceId],
    )
    expect((await pool.query('select count(distinct id)::int as n from audit_event')).rows).toEqual([{ n: 2 }])
  })
})

test('a database with data is refused; one that was only prepared is filled', async () => {
  await expect(restore(database.url)).rejects.toMatchObject({ code: 'backup-not-empty' })
  await into(async ({ url, pool }) => {
    await pool.query('create table somebody (x int)')
    await expect(restore(url)).rejects.toMatchObject({ code: 'backup-not-empty', fields: { detail: 'somebody' } })
  })
  await into(async ({ url }) => {
    expect(await restore(url)).toMatchObject({ paused: 2 })
    await expect(restore(url)).rejects.toMatchObject({ code: 'backup-not-empty' })
  }, false)
})

test('another key is refused by its fingerprint, before anything is made; the key is not in the file', async () => {
  const other = Buffer.alloc(32, 8)
  await into(async ({ url, pool }) => {
    await expect(restore(url, { secretKey: other })).rejects.toMatchObject({
      code: 'backup-other-key',
      fields: { needed: keyFingerprint(secretKey), found: keyFingerprint(other) },
    })
    expect((await pool.query(`select 1 from pg_class where relnamespace = 'public'::regnamespace`)).rows).toEqual([])
  })
  const bytes = readFileSync(file)
  expect(bytes.includes(secretKey)).toBe(false)
  expect(bytes.includes(secretKey.toString('hex'))).toBe(false)
  expect(statSync(file).mode & 0o077).toBe(0)
})

test('a damaged, cut off or foreign file is refused, and nothing is made', async () => {
  const bytes = readFileSync(file)
  const flipped = Buffer.from(bytes)
  const middle = Math.floor(bytes.length / 2)
  flipped.writeUInt8((flipped[middle] ?? 0) ^ 1, middle)
  const broken = {
    flipped,
    cut: bytes.subarray(0, bytes.length - 100),
    short: bytes.subarray(0, 20),
    foreign: Buffer.from('PGDMP…'.repeat(20)),
  }
  await into(async ({ url, pool }) => {
    for (const [name, content] of Object.entries(broken)) {
      const path = join(folder, name)
      writeFileSync(path, content)
      await expect(restore(url, { file: path }), name).rejects.toMatchObject({ code: 'backup-unreadable' })
    }
    await expect(restore(url, { file: join(folder, 'none') })).rejects.toMatchObject({ code: 'backup-unreadable' })
    expect((await pool.query(`select 1 from pg_class where relnamespace = 'public'::regnamespace`)).rows).toEqual([])
  })
})

test('an existing file is never overwritten, and a failure leaves no half one', async () => {
  await expect(writeBackup({ url: database.url, file, secretKey, version: '0.1.0', log })).rejects.toMatchObject({
    code: 'backup-file-exists',
  })
  await expect(
    writeBackup({ url: 'postgresql://x:y@127.0.0.1:1/z', file: join(folder, 'never'), secretKey, version: '0.1.0', log }),
  ).rejects.toMatchObject({ code: 'database-unreachable' })
  expect(() => statSync(join(folder, 'never'))).toThrow(/ENOENT/)
})

test('what is written while others write is one moment', async () => {
  const target = join(folder, 'moving.backup')
  const writing = new AbortController()
  const writer = (async () => {
    while (!writing.signal.aborted)
      await database.pool.query(
        `with a as (insert into run_node (run_no, node_no, port, worker, rows) values (1, 1, 1, nextval('worker_no'), 1) returning run_no)
         insert into run_read (run_no, node_no, worker) select run_no, 1, currval('worker_no') from a`,
      )
  })()
  await writeBackup({ url: database.url, file: target, secretKey, version: '0.1.0', log })
  writing.abort()
  await writer
  await into(async ({ url, pool }) => {
    await restore(url, { file: target })
    const { rows } = await pool.query(
      'select (select count(*)::int from run_node) as a, (select count(*)::int from run_read) as b',
    )
    expect(rows[0].a).toBe(rows[0].b)
  })
})
