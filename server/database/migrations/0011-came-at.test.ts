import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePartitions } from '#server/ledger/partitions.ts'
import { monthOf } from '#server/ledger/run-no.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { migrate } from '../migrate.ts'
import { migrations } from './all.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})
afterAll(() => database.close())

test('events that wait while the tables are changed keep a time; other chunks get none', async () => {
  const { pool } = database
  await migrate(
    database.url,
    quietLog(),
    migrations.filter(({ name }) => name < '0011'),
  )
  const month = monthOf(new Date())
  await makePartitions(pool, [month])
  const ids = { events: month * 2 ** 32 + 1, other: month * 2 ** 32 + 2 }
  await pool.query(
    `with w as (insert into workspace (id, name, hash_key_enc) values (gen_random_uuid(), 'x', '') returning id),
       f as (insert into workflow (id, workspace_id, name, document) select gen_random_uuid(), id, 'x', '{}' from w returning id, workspace_id),
       v as (insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned)
         select gen_random_uuid(), workspace_id, id, 1, 1, '{}' from f returning id, workspace_id, workflow_id)
     insert into workflow_run (id, run_no, workspace_id, workflow_id, version_id, number, kind, trigger, state, pinned, started_at, actor)
       select gen_random_uuid(), t.run_no, v.workspace_id, v.workflow_id, v.id, t.kind, t.kind, 'event', 5, '{}', now(), 'x'
       from v, (values ($1::bigint, 2), ($2::bigint, 0)) t(run_no, kind)`,
    [ids.events, ids.other],
  )
  await pool.query(
    `insert into run_chunk (run_no, node_no, no, n, seq_from, seq_to, state, ready_at, rows)
     select r.run_no, 1, c.no, 1, 1, 1, c.state, c.ready_at, '' from workflow_run r, (values
       (1, 3, now() - interval '3 days'), (2, 0, now() + interval '1 hour'), (3, 3, '-infinity'::timestamptz), (4, 2, now())) c(no, state, ready_at)`,
  )
  await migrate(database.url, quietLog())
  const { rows } = await pool.query<{ run_no: string; no: number; days: number | null }>(
    `select run_no, no, round(extract(epoch from now() - came_at) / 86400)::int as days from run_chunk order by run_no, no`,
  )
  expect(rows.map(({ days }) => days)).toEqual([3, 0, null, null, null, null, null, null])
})
