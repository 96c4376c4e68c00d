import type { PoolClient } from 'pg'
import { uuidV7 } from '#server/runs/uuid.ts'
import type { Findings, Trouble } from './trouble.ts'

// A dismissed one opens again only when it happened again (a higher mark); a resolved one also when a lasting trouble is back. Each time
// it opens is a turn of its own. What is the same as before is only seen once more.
const store = `
insert into notice as n (id, workspace_id, kind, subject, run_id, workflow_id, connection_id, code, fields, mark)
select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::json[], $10::bigint[])
on conflict (workspace_id, kind, subject) do update set
  run_id = excluded.run_id, workflow_id = excluded.workflow_id, connection_id = excluded.connection_id,
  code = excluded.code, fields = excluded.fields, last_seen_at = now(),
  mark = case when n.state = 'resolved' then excluded.mark else greatest(n.mark, excluded.mark) end,
  state = 'open',
  turn = case when n.state = 'open' then n.turn else n.turn + 1 end,
  count = case when n.state <> 'open' then 1 when excluded.mark > n.mark then n.count + 1 else n.count end,
  first_seen_at = case when n.state = 'open' then n.first_seen_at else now() end,
  changed_at = case when n.state = 'open' then n.changed_at else now() end,
  dismissed_by = null
where excluded.mark > n.mark or (excluded.mark = n.mark and n.state = 'open') or ($11 and n.state <> 'dismissed')`

// What was dismissed ends without a word: whoever dismissed it knows.
const end = `
update notice set state = 'resolved', turn = case when state = 'open' then turn + 1 else turn end, changed_at = now()
where state <> 'resolved'`

/** Makes the notices say what was found. One transaction of the caller; nothing is told here. */
export async function reconcile(client: Pick<PoolClient, 'query'>, { lasting, happened, ended }: Findings): Promise<void> {
  for (const { kind, codes, troubles } of lasting) {
    await put(client, troubles, true)
    await client.query(`${end} and kind = $1 and code = any($2) and (workspace_id::text || ' ' || subject) <> all($3)`, [
      kind,
      codes,
      troubles.map(({ workspaceId, subject }) => `${workspaceId} ${subject}`),
    ])
  }
  await put(client, happened, false)
  for (const { workspaceId, kind, subject, upTo } of ended)
    await client.query(`${end} and workspace_id = $1 and kind = $2 and subject = $3 and mark <= $4`, [
      workspaceId,
      kind,
      subject,
      upTo,
    ])
}

async function put(client: Pick<PoolClient, 'query'>, troubles: readonly Trouble[], lasts: boolean): Promise<void> {
  // Oldest happening first, one statement for each depth: a statement may not touch the same notice twice.
  for (const layer of layersOf(troubles)) {
    const column = <T>(read: (trouble: Trouble) => T): T[] => layer.map(read)
    await client.query(store, [
      column(() => uuidV7()),
      column(({ workspaceId }) => workspaceId),
      column(({ kind }) => kind),
      column(({ subject }) => subject),
      column(({ runId }) => runId),
      column(({ workflowId }) => workflowId),
      column(({ connectionId }) => connectionId),
      column(({ code }) => code),
      column(({ fields }) => JSON.stringify(fields)),
      column(({ mark }) => mark),
      lasts,
    ])
  }
}

function layersOf(troubles: readonly Trouble[]): Trouble[][] {
  const layers: Trouble[][] = []
  const depth = new Map<string, number>()
  for (const trouble of troubles.toSorted((a, b) => a.mark - b.mark)) {
    const key = `${trouble.workspaceId} ${trouble.kind} ${trouble.subject}`
    const place = depth.get(key) ?? 0
    depth.set(key, place + 1)
    ;(layers[place] ??= []).push(trouble)
  }
  return layers
}
