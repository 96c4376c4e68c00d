import type { Pool } from 'pg'
import type { ListColumn } from '#schemas/list.ts'
import { AppError, type KnownList, type StoredList, type Value } from '#runtime/sdk/index.ts'
import type { Lists } from '#runtime/sdk/list.ts'
import { isUuid } from '#server/runs/uuid.ts'
import type { Box } from '#server/secrets/box.ts'
import { columnOf, rowReader } from './kinds.ts'
import { decodePart, openListKey } from './parts.ts'

/** Versions of lists by id, as a run pinned them. */
export type PinnedLists = Readonly<Record<string, number>>

export interface ReadListDeps {
  readonly pool: Pool
  /** Purpose `list-key`. */
  readonly listKeys: Box
}

const versions = `
select v.version, v.columns, l.key_enc,
  (select count(*) from list_part p where p.workspace_id = v.workspace_id and p.list_id = v.list_id and p.version = v.version)::int as parts
from stored_list l join list_version v on v.list_id = l.id and v.version = coalesce($3::int, l.version)
where l.workspace_id = $1 and l.id = $2 and l.key_enc is not null`

const part = 'select rows from list_part where workspace_id = $1 and list_id = $2 and version = $3 and no = $4'

interface VersionRow {
  version: number
  columns: ListColumn[]
  key_enc: Buffer
  parts: number
}

/** What workflows of a workspace may see of its lists. Known ones are read once; `pinned`: a run reads the versions it began with. */
export async function openLists(deps: ReadListDeps, workspaceId: string, pinned: PinnedLists = {}): Promise<Lists> {
  const { rows } = await deps.pool.query<KnownList>(
    `select l.id, l.name, l.version, v.row_count as "rowCount"
     from stored_list l join list_version v on v.list_id = l.id and v.version = l.version
     where l.workspace_id = $1 and l.deleted_at is null`,
    [workspaceId],
  )
  const known = new Map(rows.map((row) => [row.id, row]))
  return {
    known: (id) => known.get(id) ?? null,
    open: (id) => openList(deps, { workspaceId, id, version: pinned[id] ?? null }),
  }
}

/** Opens a version of a list; null: the newest. @throws AppError `list-missing`, `secret-unreadable` */
export async function openList(
  { pool, listKeys }: ReadListDeps,
  { workspaceId, id, version }: { workspaceId: string; id: string; version: number | null },
): Promise<StoredList> {
  const { rows } = isUuid(id) ? await pool.query<VersionRow>(versions, [workspaceId, id, version]) : { rows: [] }
  const found = rows[0]
  if (!found) throw new AppError('list-missing', { list: id })
  const key = openListKey(listKeys, id, found.key_enc)
  const typed = rowReader(found.columns)
  return {
    version: found.version,
    columns: found.columns.map(columnOf),
    async *rows(signal): AsyncGenerator<Value[][]> {
      for (let no = 1; no <= found.parts; no++) {
        signal?.throwIfAborted()
        const { rows: parts } = await pool.query<{ rows: Buffer }>(part, [workspaceId, id, found.version, no])
        // Deleted while it was read: a list that ends early must not pass for a short one.
        if (!parts[0]) throw new AppError('list-missing', { list: id })
        yield decodePart(key, { listId: id, version: found.version, no }, parts[0].rows).map(typed)
      }
    },
  }
}
