import type { Pool } from 'pg'
import type { ChunkRows } from '#runtime/run/chunk.ts'
import type { AddressHash } from '#server/ledger/address-hash.ts'
import { decodeChunk } from '#server/ledger/codec.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { TEST } from '#server/runs/run-kinds.ts'
import type { Box } from '#server/secrets/box.ts'
import { speaksOf, type Wanted } from './erase-payloads.ts'
import { eraseRows } from './erase-rows.ts'

/** Chunks that are looked at in one go; those of a test hold twenty people at most. */
const AT_ONCE = 500

const text = `
select r.id, r.run_no, r.key_enc, k.node_no, k.no, k.rows from workflow_run r join run_chunk k on k.run_no = r.run_no and k.state = 2
where (k.run_no, k.node_no, k.no) > ($1, $2, $3) and r.workspace_id = $4 and r.started_at <= $5 and r.key_enc is not null and r.kind = $6
order by k.run_no, k.node_no, k.no limit ${AT_ONCE}`

interface Found {
  id: string
  run_no: string
  key_enc: Buffer
  node_no: number
  no: number
  rows: Buffer
}

/**
 * Erases a person from the rows of test runs. Their messages went to those who test, so no hash of a message leads to the people whose
 * rows they are: each row is looked at. @returns how many rows were emptied, in how many runs
 */
export async function eraseInTests(
  { pool, runKeys, hash }: { pool: Pool; runKeys: Box; hash: AddressHash },
  wanted: Omit<Wanted, 'runNos'>,
): Promise<{ rows: number; runs: number }> {
  const hashes = new Set(wanted.hashes.map(Number))
  const touched = new Set<number>()
  let rows = 0
  let after: readonly [number, number, number] = [0, 0, 0]
  for (;;) {
    const { rows: found } = await pool.query<Found>(text, [...after, wanted.workspaceId, wanted.at, TEST])
    for (const one of found) {
      const [runNo, key] = [Number(one.run_no), openRunKey(runKeys, one.id, one.key_enc)]
      const place = { runNo, nodeNo: one.node_no, no: one.no }
      const seqs = seqsOf(decodeChunk(key, place, one.rows), (values) => speaksOf(hashes, { hash, values }))
      const erased = seqs.length > 0 ? await emptied(pool, { runNo, key }, { ...place, seqs }) : 0
      if (erased > 0) touched.add(runNo)
      rows += erased
      after = [runNo, one.node_no, one.no]
    }
    if (found.length < AT_ONCE) return { rows, runs: touched.size }
  }
}

const emptied = (pool: Pool, run: Parameters<typeof eraseRows>[1], chunk: Parameters<typeof eraseRows>[2]): Promise<number> =>
  withClient(pool, async (client) => {
    await client.query('begin')
    const count = await eraseRows(client, run, chunk)
    await client.query('commit')
    return count
  })

function seqsOf({ seqs, columns }: ChunkRows, isWanted: (values: readonly unknown[]) => boolean): number[] {
  return seqs.filter((_, at) => isWanted(columns.map((column) => column[at])))
}
