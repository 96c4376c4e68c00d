import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Box } from '#server/secrets/box.ts'
import { createAddressHash, type AddressHash } from './address-hash.ts'

const place = (workspaceId: string): string => `workspace:${workspaceId}`

/** The key of a new workspace's address hashes, sealed (purpose `workspace`) for its row. Never rotated: the hashes hang on it. */
export function makeHashKey(box: Box, workspaceId: string): Buffer {
  return box.seal(randomBytes(32), place(workspaceId))
}

/** The address hash of a workspace. Throws `secret-unreadable`; a workspace that does not exist is a bug. */
export async function openAddressHash(pool: Pool, box: Box, workspaceId: string): Promise<AddressHash> {
  const { rows } = await pool.query<{ hash_key_enc: Buffer }>('select hash_key_enc from workspace where id = $1', [workspaceId])
  const row = rows[0]
  if (!row) throw new Error(`There is no workspace ${workspaceId}`)
  return createAddressHash(box.open(row.hash_key_enc, place(workspaceId)))
}
