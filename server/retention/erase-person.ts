import type { Pool } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { RUN_ENDS, runStateNumber } from '#runtime/states/run-states.ts'
import type { AddressHash } from '#server/ledger/address-hash.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { openAddressHash } from '#server/ledger/workspace-key.ts'
import { wantedAddress } from '#server/messages/search.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import type { Box } from '#server/secrets/box.ts'
import { eraseInLists } from './erase-lists.ts'
import { erasePayloads } from './erase-payloads.ts'
import { eraseRows } from './erase-rows.ts'
import { eraseInSamples } from './erase-samples.ts'
import { eraseInTests } from './erase-tests.ts'

export interface EraseDeps {
  readonly pool: Pool
  readonly listKeys: Box
  readonly runKeys: Box
  readonly samples: Box
  readonly workspaceKeys: Box
}

/** What was erased now, and what is still needed by runs that go on. */
export interface ErasedPerson {
  readonly id: string
  /** Rows of chunks that were emptied. */
  readonly rows: number
  readonly runs: number
  /** Rows of stored lists that went. */
  readonly listRows: number
  /** Runs that are not over: where this person is in them they are erased when they are. */
  readonly waiting: number
}

interface Erasure {
  readonly id: string
  readonly workspace_id: string
  readonly hashes: readonly string[]
  readonly at: string
  readonly lists_done_at: string | null
}

const note = `
with noted as (insert into erasure (id, workspace_id, hashes, actor) values ($1, $2, $3, $4) returning *),
audited as (insert into audit_event (workspace_id, actor, action, target_kind, target_id) select workspace_id, actor, 'erase-person', 'erasure', id::text from noted)
select id, workspace_id, hashes, at, lists_done_at from noted`

/**
 * Erases one person in all runs, stored lists and pinned samples: the rows of closed chunks are emptied, the address hash stays as tombstone. The wish is stored before
 * anything is changed, so that what is still open (or was cut off by a crash) is erased later by the keeper.
 * @throws AppError `address-not-usable`
 */
export async function erasePerson(
  deps: EraseDeps,
  wish: { workspaceId: string; address: string; actor: string },
): Promise<ErasedPerson> {
  const hash = await openAddressHash(deps.pool, deps.workspaceKeys, wish.workspaceId)
  const { hashes } = wantedAddress(hash, wish.address)
  if (hashes.length === 0) throw new AppError('address-not-usable', { address: wish.address })
  const { rows } = await deps.pool.query<Erasure>(note, [uuidV7(), wish.workspaceId, hashes, wish.actor])
  const erasure = rows[0]
  if (!erasure) throw new Error('An erasure was not stored')
  const done = await eraseNow(deps, erasure)
  const open = await deps.pool.query<{ n: number }>(
    'select count(*)::int as n from workflow_run where workspace_id = $1 and state <> all($2)',
    [wish.workspaceId, RUN_ENDS.map(runStateNumber)],
  )
  return { id: erasure.id, ...done, waiting: open.rows[0]?.n ?? 0 }
}

// Runs that began after the wish are another matter: the person came anew. One comparison for each hash: the bloom index knows no `any`.
const messages = (count: number): string => `
select r.id as run_id, r.run_no, r.key_enc, array_agg(distinct m.seq) as seqs
from messages m join workflow_run r on r.run_no = m.run_no
where r.workspace_id = $1 and r.started_at <= $2 and r.key_enc is not null
  and (${Array.from({ length: count }, (_, index) => `m.address_hash = $${index + 3}::bigint`).join(' or ')})
group by 1, 2, 3`

// A chunk of another step holds the same person under the same number.
const chunks = `
select k.node_no, k.no, array_agg(s.seq) as seqs from unnest($2::int[]) s(seq)
join run_chunk k on k.run_no = $1 and k.state = 2 and s.seq between k.seq_from and k.seq_to group by 1, 2`

interface FoundRun {
  run_id: string
  run_no: string
  key_enc: Buffer
  seqs: number[]
}

async function eraseNow(deps: EraseDeps, erasure: Erasure): Promise<{ rows: number; runs: number; listRows: number }> {
  const { rows: runs } = await deps.pool.query<FoundRun>(messages(erasure.hashes.length), [
    erasure.workspace_id,
    erasure.at,
    ...erasure.hashes,
  ])
  let [rows, touched] = [0, 0]
  for (const run of runs) {
    const erased = await eraseInRun(deps, run)
    rows += erased
    if (erased > 0) touched++
  }
  const hash = await openAddressHash(deps.pool, deps.workspaceKeys, erasure.workspace_id)
  const runNos = new Set(runs.map(({ run_no }) => Number(run_no)))
  const wanted = { workspaceId: erasure.workspace_id, hashes: erasure.hashes, at: erasure.at }
  await erasePayloads({ ...deps, hash }, { ...wanted, runNos })
  await eraseInSamples({ ...deps, hash }, wanted)
  // Results that are shown again in previews: who is in them is not looked at, they all go.
  await deps.pool.query('update connection set results_edition = results_edition + 1 where workspace_id = $1', [
    erasure.workspace_id,
  ])
  const tests = await eraseInTests({ ...deps, hash }, wanted)
  const listRows = erasure.lists_done_at === null ? await eraseFromLists(deps, { erasure, hash }) : 0
  return { rows: rows + tests.rows, runs: touched + tests.runs, listRows }
}

/** Once for each wish: what is pasted later is another matter. */
async function eraseFromLists(
  { pool, listKeys }: EraseDeps,
  { erasure, hash }: { erasure: Erasure; hash: AddressHash },
): Promise<number> {
  const { id, workspace_id: workspaceId, hashes, at } = erasure
  const rows = await eraseInLists({ pool, listKeys, hash }, { workspaceId, hashes, at })
  await pool.query('update erasure set lists_done_at = now() where workspace_id = $1 and id = $2', [workspaceId, id])
  return rows
}

async function eraseInRun({ pool, runKeys }: EraseDeps, run: FoundRun): Promise<number> {
  const runNo = Number(run.run_no)
  const key = openRunKey(runKeys, run.run_id, run.key_enc)
  const { rows: found } = await pool.query<{ node_no: number; no: number; seqs: number[] }>(chunks, [runNo, run.seqs])
  let erased = 0
  for (const { node_no: nodeNo, no, seqs } of found)
    erased += await withClient(pool, async (client) => {
      await client.query('begin')
      const count = await eraseRows(client, { runNo, key }, { nodeNo, no, seqs })
      await client.query('commit')
      return count
    })
  return erased
}

const unfinished = `
select e.id, e.workspace_id, e.hashes, e.at, e.lists_done_at, now()::text as looked_at,
  not exists (select 1 from workflow_run r where r.workspace_id = e.workspace_id and r.started_at <= e.at and r.state <> all($1)) as last
from erasure e where e.done_at is null order by e.at limit 100`

// A run that was opened again meanwhile, also one that has ended since, has chunks that were not looked at.
const close = `
update erasure e set done_at = now() where e.workspace_id = $1 and e.id = $2 and not exists (
  select 1 from workflow_run r where r.workspace_id = e.workspace_id and r.started_at <= e.at
    and (r.state <> all($3) or r.closed_at >= $4::timestamptz))`

/** Erases once more for every wish that is not done, and closes those whose runs are all over. @returns wishes that are done now */
export async function finishErasures(deps: EraseDeps): Promise<number> {
  const { rows } = await deps.pool.query<Erasure & { last: boolean; looked_at: string }>(unfinished, [
    RUN_ENDS.map(runStateNumber),
  ])
  let done = 0
  for (const erasure of rows) {
    await eraseNow(deps, erasure)
    if (!erasure.last) continue
    const ended = RUN_ENDS.map(runStateNumber)
    const closed = await deps.pool.query(close, [erasure.workspace_id, erasure.id, ended, erasure.looked_at])
    if (closed.rowCount) done++
  }
  return done
}
