import type { Pool, PoolClient } from 'pg'
import { readAddress } from '#runtime/run/address.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { AddressHash } from '#server/ledger/address-hash.ts'
import { withClient } from '#server/ledger/with-client.ts'
import type { Cells } from '#server/lists/check-rows.ts'
import { decodePart, encodePart, openListKey, type PartPlace } from '#server/lists/parts.ts'
import type { Box } from '#server/secrets/box.ts'

const KINDS = ['phone', 'email', 'token'] as const

// What was pasted after the wish is another matter: the person came anew.
const parts = `
select p.list_id, p.version, p.no, l.key_enc
from stored_list l join list_version v on v.list_id = l.id join list_part p on p.list_id = v.list_id and p.version = v.version
where l.workspace_id = $1 and l.key_enc is not null and v.created_at <= $2
order by 1, 2, 3`

interface FoundPart {
  list_id: string
  version: number
  no: number
  key_enc: Buffer
}

export interface WantedInLists {
  readonly workspaceId: string
  readonly hashes: readonly string[]
  readonly at: string
}

/**
 * Takes a person out of all stored lists: each row in one of whose cells one of the addresses stands, however it is written. All versions
 * are looked at, also those that only a run that waits still reads. @returns rows that went
 */
export async function eraseInLists(
  { pool, listKeys, hash }: { pool: Pool; listKeys: Box; hash: AddressHash },
  wanted: WantedInLists,
): Promise<number> {
  const { rows } = await pool.query<FoundPart>(parts, [wanted.workspaceId, wanted.at])
  const hashes = new Set(wanted.hashes.map(Number))
  let erased = 0
  for (const found of rows) {
    const key = openListKey(listKeys, found.list_id, found.key_enc)
    const place = { listId: found.list_id, version: found.version, no: found.no }
    erased += await withClient(pool, async (client) => {
      await client.query('begin')
      const count = await eraseInPart(client, { workspaceId: wanted.workspaceId, key, place }, (cells) =>
        rowsOf(cells, { hash, hashes }),
      )
      await client.query('commit')
      return count
    })
  }
  return erased
}

async function eraseInPart(
  client: PoolClient,
  { workspaceId, key, place }: { workspaceId: string; key: Buffer; place: PartPlace },
  find: (rows: readonly Cells[]) => ReadonlySet<number>,
): Promise<number> {
  const at = [workspaceId, place.listId, place.version, place.no]
  // Two wishes at once must not write over each other.
  const { rows } = await client.query<{ rows: Buffer }>(
    'select rows from list_part where workspace_id = $1 and list_id = $2 and version = $3 and no = $4 for update',
    at,
  )
  const cells = rows[0] ? decodePart(key, place, rows[0].rows) : []
  const found = find(cells)
  if (found.size === 0) return 0
  const left = cells.filter((_, index) => !found.has(index))
  await client.query('update list_part set rows = $5 where workspace_id = $1 and list_id = $2 and version = $3 and no = $4', [
    ...at,
    encodePart(key, place, left),
  ])
  await client.query(
    'update list_version set row_count = row_count - $4 where workspace_id = $1 and list_id = $2 and version = $3',
    [workspaceId, place.listId, place.version, found.size],
  )
  return found.size
}

/** Places of the rows that speak of the person. All cells of a part are hashed together: one at a time would cost minutes. */
function rowsOf(
  rows: readonly Cells[],
  { hash, hashes }: { hash: AddressHash; hashes: ReadonlySet<number> },
): ReadonlySet<number> {
  const cells = rows.flatMap((row, index) => row.flatMap((cell) => (cell === null ? [] : [{ cell, index }])))
  const found = new Set<number>()
  for (const kind of KINDS) {
    const addresses = cells.map(({ cell }) => {
      const address = readAddress(kind, cell)
      return address instanceof AppError ? null : address.normal
    })
    for (const [place, one] of hash(kind, addresses).entries()) {
      const index = cells[place]?.index
      if (one !== null && hashes.has(one) && index !== undefined) found.add(index)
    }
  }
  return found
}
