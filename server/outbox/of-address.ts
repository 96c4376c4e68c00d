import type { OutboxPage } from '#schemas/api/outbox.ts'
import type { MessageState } from '#schemas/states.ts'
import type { ShowDeps } from '#server/messages/item.ts'
import { confirmed, hashIs, wantedAddress } from '#server/messages/search.ts'
import { STORED_COLUMNS, toFound, type StoredRow } from '#server/messages/stored.ts'
import { openAddressHash } from '#server/ledger/workspace-key.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { readRunRowByNo } from '#server/runs/run-row.ts'
import type { Box } from '#server/secrets/box.ts'
import { byTime, outboxEntries, type OutboxEntry } from './texts.ts'

export interface AddressDeps extends ShowDeps {
  readonly known: KnownRuns
  readonly workspaceKeys: Box
}

/** A person who gets something daily has some hundred messages a year: the newest are shown. */
const MOST = 500

/** Everything one exact address got, over all runs of the workspace (or in one of them), as one conversation. */
export async function outboxOfAddress(
  deps: AddressDeps,
  {
    workspaceId,
    address,
    runId,
    state,
  }: { workspaceId: string; address: string; runId?: string | undefined; state?: MessageState | undefined },
): Promise<OutboxPage> {
  const hash = await openAddressHash(deps.pool, deps.workspaceKeys, workspaceId)
  const wanted = wantedAddress(hash, address)
  const { rows } = await deps.pool.query<StoredRow & { run_no: string }>(
    `select * from (
       select distinct on (m.run_no, m.node_no, m.seq) m.run_no, ${STORED_COLUMNS} from messages m
       where (${hashIs(wanted, 3)})
         and exists (select 1 from workflow_run r where r.run_no = m.run_no and r.workspace_id = $1 and ($2::uuid is null or r.id = $2))
       order by m.run_no, m.node_no, m.seq, m.attempt desc) newest
     order by coalesce(sent_at, final_at) desc nulls last, run_no desc limit ${MOST}`,
    [workspaceId, runId ?? null, ...wanted.hashes],
  )
  const entries: OutboxEntry[] = []
  for (const [runNo, some] of Map.groupBy(rows, (row) => Number(row.run_no))) {
    const row = await readRunRowByNo(deps.pool, { workspaceId, runNo })
    const open = await deps.known.get(row.id)
    // A run whose key was deleted has nothing left to show.
    if (!open || row.erased) continue
    const found = await confirmed(deps.pool, open, { wanted, found: some.map(toFound) })
    entries.push(...(await outboxEntries(deps, { row, open }, found)))
  }
  const shown = entries.filter(({ message }) => state === undefined || message.state === state).toSorted(byTime)
  const last = shown.at(-1)
  if (!last) return { items: [], nextCursor: null }
  const conversation = { id: 'address', person: { ...last.person }, channel: last.message.channel }
  return { items: [{ ...conversation, messages: shown.map(({ message }) => message) }], nextCursor: null }
}
