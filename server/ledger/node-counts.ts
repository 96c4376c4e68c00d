import type { Pool, PoolClient } from 'pg'
import type { NodeCount, ReadCost } from '#runtime/run/ledger.ts'
import type { LedgerRun } from './ledger-run.ts'

/** Adds to what went in and out of nodes, and to what their queries cost. Each node and port at most once a call. */
export async function addNodeCounts(
  run: LedgerRun,
  facts: { counts: readonly NodeCount[]; reads: readonly ReadCost[] },
  client: Pool | PoolClient,
): Promise<void> {
  await client.query(
    `insert into run_node (run_no, node_no, port, worker, rows)
     select $1, t.node_no, t.port, $2, t.rows from unnest($3::smallint[], $4::smallint[], $5::bigint[]) t(node_no, port, rows)
     on conflict (run_no, node_no, port, worker) do update set rows = run_node.rows + excluded.rows`,
    [run.runNo, run.worker, facts.counts.map((c) => c.nodeNo), facts.counts.map((c) => c.port), facts.counts.map((c) => c.rows)],
  )
  if (facts.reads.length === 0) return
  await client.query(
    `insert into run_read (run_no, node_no, worker, statements, database_ms, ambiguous)
     select $1, t.node_no, $2, t.statements, t.ms, t.ambiguous from unnest($3::smallint[], $4::bigint[], $5::float8[], $6::bigint[]) t(node_no, statements, ms, ambiguous)
     on conflict (run_no, node_no, worker) do update
       set statements = run_read.statements + excluded.statements, database_ms = run_read.database_ms + excluded.database_ms,
         ambiguous = run_read.ambiguous + excluded.ambiguous`,
    [
      run.runNo,
      run.worker,
      facts.reads.map((r) => r.nodeNo),
      facts.reads.map((r) => r.statements),
      facts.reads.map((r) => r.databaseMs),
      facts.reads.map((r) => r.ambiguous),
    ],
  )
}
