import type { Pool, PoolClient } from 'pg'
import { LIST_LIMITS, type ListColumn } from '#schemas/list.ts'
import type { ListUpload } from '#schemas/api/list-uploads.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { isUuid, uuidV7 } from '#server/runs/uuid.ts'
import type { Box } from '#server/secrets/box.ts'
import type { Cells } from './check-rows.ts'
import { encodePart, makeListKey, openListKey, PART_ROWS } from './parts.ts'

/** Which upload: the version of a list that nobody reads yet. */
export interface UploadPlace {
  readonly workspaceId: string
  /** `list.version` */
  readonly id: string
}

interface Upload {
  readonly listId: string
  readonly version: number
}

interface UploadRow extends Upload {
  readonly columns: ListColumn[]
  readonly rows: number
  readonly key: Buffer
}

const SHOWN_ID = /^([\da-f-]{36})\.(\d{1,9})$/

const idOf = ({ listId, version }: Upload): string => `${listId}.${version}`

/** @throws AppError `not-found` */
function uploadOf(id: string): Upload {
  const [, listId = '', version = ''] = SHOWN_ID.exec(id) ?? []
  if (!isUuid(listId)) throw new AppError('not-found', { what: 'upload' })
  return { listId, version: Number(version) }
}

// A version that the list does not have yet. `for update`: two senders of one upload wait for each other.
const open = `
select v.columns, v.row_count, l.key_enc from stored_list l join list_version v on v.list_id = l.id and v.version = $3
where l.workspace_id = $1 and l.id = $2 and l.deleted_at is null and l.version < v.version and v.replaced_at is null for update`

/**
 * Lists of any size, brought in one portion after the other. What came is a version of the list that nobody reads before it is finished: a list that is new has
 * version 0 until then, and is shown nowhere.
 */
export class ListUploads {
  readonly #pool: Pool
  readonly #box: Box

  /** `box`: purpose `list-key`. */
  constructor(pool: Pool, box: Box) {
    this.#pool = pool
    this.#box = box
  }

  /** `list`: the stored one whose rows it will take the place of. @throws AppError `not-found` */
  begin(
    workspaceId: string,
    { name, list, columns, actor }: { name: string; list: string | undefined; columns: readonly ListColumn[]; actor: string },
  ): Promise<ListUpload> {
    return this.#in(async (client) => {
      const listId = list ?? (await this.#newList(client, { workspaceId, name, actor }))
      const { rows } = isUuid(listId)
        ? await client.query<{ next: number }>(
            `select greatest(l.version, (select coalesce(max(version), 0) from list_version where workspace_id = $1 and list_id = $2)) + 1 as next
             from stored_list l where workspace_id = $1 and id = $2 and deleted_at is null for update`,
            [workspaceId, listId],
          )
        : { rows: [] }
      const version = rows[0]?.next
      if (version === undefined) throw new AppError('not-found', { what: 'list' })
      await client.query(
        'insert into list_version (workspace_id, list_id, version, columns, row_count, created_by) values ($1, $2, $3, $4, 0, $5)',
        [workspaceId, listId, version, JSON.stringify(columns), actor],
      )
      return { id: idOf({ listId, version }), listId, rows: 0 }
    })
  }

  /** How far it came: what was answered to nobody because the connection was lost is there all the same. @throws AppError `not-found` */
  async read({ workspaceId, id }: UploadPlace): Promise<ListUpload> {
    const { listId, rows } = await this.#in((client) => this.#open(client, workspaceId, uploadOf(id)))
    return { id, listId, rows }
  }

  /** Columns against which the next rows are checked. @throws AppError `not-found` */
  async columns({ workspaceId, id }: UploadPlace): Promise<readonly ListColumn[]> {
    return (await this.#in((client) => this.#open(client, workspaceId, uploadOf(id)))).columns
  }

  /**
   * Takes the rows that follow the first `from`. Those that came before already are not taken again; the answer says where to go on.
   * @throws AppError `upload-gap` where rows between are missing, or after a portion that was the last; `list-too-long`
   */
  take({ workspaceId, id }: UploadPlace, { from, rows }: { from: number; rows: readonly Cells[] }): Promise<ListUpload> {
    return this.#in(async (client) => {
      const upload = await this.#open(client, workspaceId, uploadOf(id))
      const { listId, version, key } = upload
      const answer = (count: number): ListUpload => ({ id, listId, rows: count })
      if (from < upload.rows) return answer(upload.rows)
      if (from > upload.rows || upload.rows % PART_ROWS !== 0) throw new AppError('upload-gap', { rows: upload.rows })
      const count = upload.rows + rows.length
      if (count > LIST_LIMITS.uploadRows) throw new AppError('list-too-long', { limit: LIST_LIMITS.uploadRows })
      for (let at = 0; at < rows.length; at += PART_ROWS) {
        const no = (upload.rows + at) / PART_ROWS + 1
        const sealed = encodePart(key, { listId, version, no }, rows.slice(at, at + PART_ROWS))
        await client.query('insert into list_part (workspace_id, list_id, version, no, rows) values ($1, $2, $3, $4, $5)', [
          workspaceId,
          listId,
          version,
          no,
          sealed,
        ])
      }
      await client.query('update list_version set row_count = $4 where workspace_id = $1 and list_id = $2 and version = $3', [
        workspaceId,
        listId,
        version,
        count,
      ])
      return answer(count)
    })
  }

  /** All rows are there: from now on this is the list. @throws AppError `upload-gap` where they are not, `list-empty`, `not-found` */
  finish({ workspaceId, id }: UploadPlace, { rows, actor }: { rows: number; actor: string }): Promise<string> {
    return this.#in(async (client) => {
      const upload = await this.#open(client, workspaceId, uploadOf(id))
      const { listId, version } = upload
      if (upload.rows !== rows) throw new AppError('upload-gap', { rows: upload.rows })
      if (rows === 0) throw new AppError('list-empty', {})
      await client.query(
        `update list_version v set replaced_at = now() from stored_list l
         where v.workspace_id = $1 and v.list_id = $2 and l.id = v.list_id and v.version = l.version`,
        [workspaceId, listId],
      )
      await client.query(
        'update stored_list set version = $3, updated_by = $4, updated_at = now() where workspace_id = $1 and id = $2',
        [workspaceId, listId, version, actor],
      )
      await client.query(
        `insert into audit_event (workspace_id, actor, action, target_kind, target_id, data) values ($1, $2, $3, 'list', $4, $5)`,
        [workspaceId, actor, version === 1 ? 'list.create' : 'list.replace', listId, JSON.stringify({ rows })],
      )
      return listId
    })
  }

  /** Throws what came away. @throws AppError `not-found` */
  async cancel({ workspaceId, id }: UploadPlace): Promise<void> {
    await this.#in(async (client) => {
      const { listId, version } = await this.#open(client, workspaceId, uploadOf(id))
      await client.query('delete from list_version where workspace_id = $1 and list_id = $2 and version = $3', [
        workspaceId,
        listId,
        version,
      ])
      await client.query('delete from stored_list where workspace_id = $1 and id = $2 and version = 0', [workspaceId, listId])
    })
  }

  async #newList(
    client: PoolClient,
    { workspaceId, name, actor }: { workspaceId: string; name: string; actor: string },
  ): Promise<string> {
    const id = uuidV7()
    const { sealed } = makeListKey(this.#box, id)
    await client.query(
      'insert into stored_list (id, workspace_id, name, version, key_enc, created_by, updated_by) values ($1, $2, $3, 0, $4, $5, $5)',
      [id, workspaceId, name.trim(), sealed, actor],
    )
    return id
  }

  async #open(client: PoolClient, workspaceId: string, { listId, version }: Upload): Promise<UploadRow> {
    const { rows } = await client.query<{ columns: ListColumn[]; row_count: number; key_enc: Buffer }>(open, [
      workspaceId,
      listId,
      version,
    ])
    if (!rows[0]) throw new AppError('not-found', { what: 'upload' })
    const { columns, row_count, key_enc } = rows[0]
    return { listId, version, columns, rows: row_count, key: openListKey(this.#box, listId, key_enc) }
  }

  #in<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return withClient(this.#pool, async (client) => {
      await client.query('begin')
      const result = await work(client)
      await client.query('commit')
      return result
    })
  }
}
