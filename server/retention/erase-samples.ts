import type { Pool } from 'pg'
import type { AddressHash } from '#server/ledger/address-hash.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { openRows, sealRows } from '#server/pinned-samples/sealed.ts'
import type { Box } from '#server/secrets/box.ts'
import { speaksOf } from './erase-payloads.ts'

interface Found {
  workflow_id: string
  node_id: string
  rows_enc: Buffer
}

/**
 * Takes a person out of all pinned samples: each row in which one of the addresses stands, however it is written. Who pins rows meanwhile
 * waits, or is refused: they were read before the wish.
 */
export async function eraseInSamples(
  { pool, samples, hash }: { pool: Pool; samples: Box; hash: AddressHash },
  { workspaceId, hashes }: { workspaceId: string; hashes: readonly string[] },
): Promise<void> {
  const wanted = new Set(hashes.map(Number))
  await withClient(pool, async (client) => {
    await client.query('begin')
    const { rows } = await client.query<Found>(
      'select workflow_id, node_id, rows_enc from pinned_sample where workspace_id = $1 for update',
      [workspaceId],
    )
    for (const { workflow_id: workflowId, node_id: nodeId, rows_enc } of rows) {
      const place = { workspaceId, workflowId, nodeId }
      const before = openRows(samples, place, rows_enc)
      const left = before.filter((row) => !speaksOf(wanted, { hash, values: row }))
      if (left.length === before.length) continue
      const at = [workspaceId, workflowId, nodeId]
      const which = 'where workspace_id = $1 and workflow_id = $2 and node_id = $3'
      // A sample of nobody is none.
      if (left.length === 0) await client.query(`delete from pinned_sample ${which}`, at)
      else await client.query(`update pinned_sample set rows_enc = $4 ${which}`, [...at, sealRows(samples, place, left)])
    }
    await client.query('commit')
  })
}
