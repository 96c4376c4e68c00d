import type { Pool } from 'pg'
import { withClient } from '#server/ledger/with-client.ts'
import { openAddressHash } from '#server/ledger/workspace-key.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { readRunRowByNo, type PinnedRunRow } from '#server/runs/run-row.ts'
import type { Box } from '#server/secrets/box.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { confirmed, hashIs, wantedAddress, type WantedAddress } from './search.ts'
import { STORED_COLUMNS, toFound, type FoundMessage, type StoredRow } from './stored.ts'

export interface AcrossDeps {
  readonly pool: Pool
  readonly known: KnownRuns
  readonly workspaceKeys: Box
}

/** What of one run went to an address. */
interface FoundInRun {
  readonly row: PinnedRunRow
  readonly open: OpenRun
  readonly found: readonly FoundMessage[]
}

/**
 * The newest attempts at one address over all partitions, newest first. The hash is looked for by itself: a workspace with few runs would
 * else be looked through run by run, each row of it. What that leaves is asked whose run it is.
 */
const acrossRuns = (wanted: Pick<WantedAddress, 'hashes'>): string =>
  `with hits as materialized (select m.run_no, ${STORED_COLUMNS} from messages m where ${hashIs(wanted, 3)})
   select * from (
     select distinct on (m.run_no, m.node_no, m.seq) m.* from hits m
     where exists (select 1 from workflow_run r where r.run_no = m.run_no and r.workspace_id = $1 and ($2::uuid is null or r.id = $2))
     order by m.run_no, m.node_no, m.seq, m.attempt desc) newest
   order by coalesce(sent_at, final_at) desc nulls last, run_no desc limit $${3 + wanted.hashes.length}::int`

interface AcrossRuns {
  readonly workspaceId: string
  /** Only in this run; null: in all. */
  readonly runId: string | null
  readonly hashes: readonly number[]
  readonly most: number
}

/** Stored messages of some hashes, over all runs of a workspace; `explain`: how they are looked for, line by line. */
export function storedAcrossRuns(pool: Pool, wish: AcrossRuns): Promise<(StoredRow & { run_no: string })[]>
export function storedAcrossRuns(pool: Pool, wish: AcrossRuns, how: 'explain'): Promise<{ 'QUERY PLAN': string }[]>
export async function storedAcrossRuns(
  pool: Pool,
  { workspaceId, runId, hashes, most }: AcrossRuns,
  how?: 'explain',
): Promise<unknown[]> {
  return withClient(pool, async (client) => {
    await client.query('begin read only')
    // A month's bloom index reads a hundredth of its pages; PostgreSQL, which takes it for an index by order, would rather read them all.
    await client.query('set local enable_seqscan = off')
    const { rows } = await client.query(`${how ?? ''} ${acrossRuns({ hashes })}`, [workspaceId, runId, ...hashes, most])
    await client.query('commit')
    return rows
  })
}

/** Everything that went to one exact address (or was left out there), over all runs of a workspace or in one of them; at most `most`. */
export async function foundAcrossRuns(
  { pool, known, workspaceKeys }: AcrossDeps,
  { workspaceId, address, runId, most }: { workspaceId: string; address: string; runId?: string | undefined; most: number },
): Promise<FoundInRun[]> {
  const wanted = wantedAddress(await openAddressHash(pool, workspaceKeys, workspaceId), address)
  const rows = await storedAcrossRuns(pool, { workspaceId, runId: runId ?? null, hashes: wanted.hashes, most })
  const all: FoundInRun[] = []
  for (const [runNo, some] of Map.groupBy(rows, (row) => Number(row.run_no))) {
    const row = await readRunRowByNo(pool, { workspaceId, runNo })
    const open = await known.get(row.id)
    // A run whose key was deleted has nothing left to show.
    if (!open || row.erased) continue
    all.push({ row, open, found: await confirmed(pool, open, { wanted, found: some.map(toFound) }) })
  }
  return all
}
