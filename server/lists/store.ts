import type { Pool, PoolClient } from 'pg'
import type { ListColumn, StoredList } from '#schemas/list.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { cursorParts } from '#server/paging.ts'
import { isUuid, uuidV7 } from '#server/runs/uuid.ts'
import type { Box } from '#server/secrets/box.ts'
import type { Cells } from './check-rows.ts'
import { encodePart, makeListKey, openListKey, PART_ROWS } from './parts.ts'
import { listUsers } from './used-by.ts'

interface Place {
  readonly workspaceId: string
  readonly id: string
}

interface ListRow {
  id: string
  name: string
  version: number
  columns: ListColumn[]
  row_count: number
  created_at: string
  updated_at: string
}

const SHOWN = `
select l.id, l.name, l.version, v.columns, v.row_count, l.created_at, l.updated_at
from stored_list l join list_version v on v.list_id = l.id and v.version = l.version
where l.workspace_id = $1 and l.deleted_at is null`

const shown = (row: ListRow): StoredList => ({
  id: row.id,
  name: row.name,
  columns: row.columns,
  rowCount: row.row_count,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** Lists that people bring along. Rows are checked before they come here (`checkRows`), and sealed here. */
export class ListStore {
  readonly #pool: Pool
  readonly #box: Box

  /** `box`: purpose `list-key`. */
  constructor(pool: Pool, box: Box) {
    this.#pool = pool
    this.#box = box
  }

  /** The ones that changed last come first. @throws AppError `invalid-request` for a cursor that is none */
  async list(workspaceId: string, page: { limit: number; cursor: string | undefined }) {
    const from = cursorParts(page.cursor, 2)
    const [{ rows }, users] = await Promise.all([
      this.#pool.query<ListRow>(
        `${SHOWN} and ($2::timestamptz is null or (l.updated_at, l.id) < ($2, $3::uuid)) order by l.updated_at desc, l.id desc limit $4`,
        [workspaceId, from?.[0] ?? null, from?.[1] ?? null, page.limit + 1],
      ),
      listUsers(this.#pool, workspaceId),
    ])
    const items = rows.slice(0, page.limit)
    const last = items.at(-1)
    return {
      items: items.map((row) => ({ ...shown(row), usedBy: users.get(row.id) ?? [] })),
      nextCursor: rows.length > page.limit && last ? `${last.updated_at} ${last.id}` : null,
    }
  }

  /** @throws AppError `not-found` */
  async read({ workspaceId, id }: Place): Promise<StoredList> {
    const { rows } = isUuid(id) ? await this.#pool.query<ListRow>(`${SHOWN} and l.id = $2`, [workspaceId, id]) : { rows: [] }
    if (!rows[0]) throw new AppError('not-found', { what: 'list' })
    return { ...shown(rows[0]), usedBy: (await listUsers(this.#pool, workspaceId)).get(id) ?? [] }
  }

  /** In the transaction of the caller. */
  async create(
    client: PoolClient,
    workspaceId: string,
    { name, columns, rows, actor }: { name: string; columns: readonly ListColumn[]; rows: readonly Cells[]; actor: string },
  ): Promise<StoredList> {
    const id = uuidV7()
    const { key, sealed } = makeListKey(this.#box, id)
    await client.query(
      `insert into stored_list (id, workspace_id, name, version, key_enc, created_by, updated_by) values ($1, $2, $3, 1, $4, $5, $5)`,
      [id, workspaceId, name.trim(), sealed, actor],
    )
    await writeVersion(client, { workspaceId, id, version: 1, key }, { columns, rows, actor })
    await note(client, { workspaceId, id }, { action: 'create', actor, rows: rows.length })
    const { rows: made } = await client.query<ListRow>(`${SHOWN} and l.id = $2`, [workspaceId, id])
    return shown(made[0] as ListRow) // written above
  }

  /**
   * Makes the next version. Runs that began go on with theirs, whatever is pasted meanwhile.
   * `columns` null: they stay, and `rows` was checked against `before`; @throws AppError `stale-revision` if they changed since, `not-found`
   */
  async replaceRows(
    place: Place,
    change: { columns: readonly ListColumn[]; rows: readonly Cells[]; actor: string; before: number | null },
  ): Promise<StoredList> {
    const { workspaceId, id } = place
    await withClient(this.#pool, async (client) => {
      await client.query('begin')
      const { version, key_enc } = await lock(client, place)
      if (change.before !== null && change.before !== version) throw new AppError('stale-revision', {})
      const key = openListKey(this.#box, id, key_enc)
      await client.query(
        'update list_version set replaced_at = now() where workspace_id = $1 and list_id = $2 and version = $3',
        [workspaceId, id, version],
      )
      const next = await nextVersion(client, place)
      await writeVersion(client, { ...place, version: next, key }, change)
      await client.query(
        'update stored_list set version = $3, updated_by = $4, updated_at = now() where workspace_id = $1 and id = $2',
        [workspaceId, id, next, change.actor],
      )
      await note(client, place, { action: 'replace', actor: change.actor, rows: change.rows.length })
      await client.query('commit')
    })
    return this.read(place)
  }

  /** @throws AppError `not-found` */
  async rename(place: Place, name: string, actor: string): Promise<StoredList> {
    await withClient(this.#pool, async (client) => {
      await client.query('begin')
      await lock(client, place)
      await client.query(
        'update stored_list set name = $3, updated_by = $4, updated_at = now() where workspace_id = $1 and id = $2',
        [place.workspaceId, place.id, name.trim(), actor],
      )
      await note(client, place, { action: 'rename', actor })
      await client.query('commit')
    })
    return this.read(place)
  }

  /** Its rows and their key go at once. @throws AppError `list-in-use` naming the workflows, `not-found` */
  async remove(place: Place, actor: string): Promise<void> {
    await withClient(this.#pool, async (client) => {
      await client.query('begin')
      await lock(client, place)
      const users = (await listUsers(client, place.workspaceId)).get(place.id) ?? []
      if (users.length > 0) throw new AppError('list-in-use', { workflows: users.map(({ name }) => name).join(', ') })
      await client.query(
        `update stored_list set deleted_at = now(), key_enc = null, updated_by = $3, updated_at = now() where workspace_id = $1 and id = $2`,
        [place.workspaceId, place.id, actor],
      )
      await client.query('delete from list_part where workspace_id = $1 and list_id = $2', [place.workspaceId, place.id])
      await note(client, place, { action: 'delete', actor })
      await client.query('commit')
    })
  }
}

/** Whoever changes a list waits for who changes it now. */
async function lock(client: PoolClient, { workspaceId, id }: Place): Promise<{ version: number; key_enc: Buffer }> {
  const { rows } = isUuid(id)
    ? await client.query<{ version: number; key_enc: Buffer }>(
        'select version, key_enc from stored_list where workspace_id = $1 and id = $2 and deleted_at is null for update',
        [workspaceId, id],
      )
    : { rows: [] }
  if (!rows[0]) throw new AppError('not-found', { what: 'list' })
  return rows[0]
}

/** Behind the newest, and behind one that is still being brought in (uploads.ts). The list is locked. */
async function nextVersion(client: PoolClient, { workspaceId, id }: Place): Promise<number> {
  const { rows } = await client.query<{ next: number }>(
    'select coalesce(max(version), 0) + 1 as next from list_version where workspace_id = $1 and list_id = $2',
    [workspaceId, id],
  )
  return rows[0]?.next ?? 1
}

async function writeVersion(
  client: PoolClient,
  { workspaceId, id, version, key }: Place & { version: number; key: Buffer },
  { columns, rows, actor }: { columns: readonly ListColumn[]; rows: readonly Cells[]; actor: string },
): Promise<void> {
  await client.query(
    `insert into list_version (workspace_id, list_id, version, columns, row_count, created_by) values ($1, $2, $3, $4, $5, $6)`,
    [workspaceId, id, version, JSON.stringify(columns), rows.length, actor],
  )
  for (let no = 1; (no - 1) * PART_ROWS < rows.length; no++) {
    const part = rows.slice((no - 1) * PART_ROWS, no * PART_ROWS)
    await client.query('insert into list_part (workspace_id, list_id, version, no, rows) values ($1, $2, $3, $4, $5)', [
      workspaceId,
      id,
      version,
      no,
      encodePart(key, { listId: id, version, no }, part),
    ])
  }
}

/** Who did what, in the transaction that does it: figures only. */
async function note(
  client: PoolClient,
  { workspaceId, id }: Place,
  { action, actor, ...data }: { action: 'create' | 'replace' | 'rename' | 'delete'; actor: string; rows?: number },
): Promise<void> {
  await client.query(
    `insert into audit_event (workspace_id, actor, action, target_kind, target_id, data) values ($1, $2, $3, 'list', $4, $5)`,
    [workspaceId, actor, `list.${action}`, id, JSON.stringify(data)],
  )
}
