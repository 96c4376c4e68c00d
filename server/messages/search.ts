import type { Pool } from 'pg'
import type { Row } from '#runtime/sdk/index.ts'
import { readAddress } from '#runtime/run/address.ts'
import { placeOf } from '#runtime/run/chunk.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { AddressHash } from '#server/ledger/address-hash.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { keyOf, readChunks, rowAt } from './chunks.ts'
import { addressOf, planFacts, type AddressKind } from './plan-facts.ts'
import { STORED_COLUMNS, toFound, type FoundMessage, type StoredRow } from './stored.ts'
import { waiting } from './waiting.ts'

const KINDS: readonly AddressKind[] = ['phone', 'email', 'token']

/** An exact address, in every form that it may have. */
export interface WantedAddress {
  readonly normals: readonly { readonly kind: AddressKind; readonly normal: string }[]
  readonly hashes: readonly number[]
}

/** Reads what a person typed into the search box: a number in any way of writing, an e-mail address, a token. */
export function wantedAddress(hash: AddressHash, text: string): WantedAddress {
  const normals = KINDS.flatMap((kind) => {
    const address = readAddress(kind, text)
    return address instanceof AppError ? [] : [{ kind, normal: address.normal }]
  })
  return { normals, hashes: normals.flatMap(({ kind, normal }) => hash(kind, [normal]).filter((one) => one !== null)) }
}

/** Condition on the hash, its parameters from `$first` on; single comparisons, because the bloom index knows no `any`. */
export function hashIs({ hashes }: Pick<WantedAddress, 'hashes'>, first: number): string {
  return hashes.map((_, index) => `m.address_hash = $${first + index}::bigint`).join(' or ') || 'false'
}

/** Is it this address, or only one with the same hash? */
export function isWanted(
  run: Pick<OpenRun, 'plan'>,
  wanted: WantedAddress,
  { nodeNo, row }: { nodeNo: number; row: Readonly<Record<string, unknown>> },
): boolean {
  const found = addressOf(planFacts(run.plan), nodeNo, row)
  if (!found || found.value === null) return false
  const address = readAddress(found.kind, found.value)
  return (
    !(address instanceof AppError) && wanted.normals.some(({ kind, normal }) => kind === found.kind && normal === address.normal)
  )
}

/** All messages of one exact address within a run, also those that wait: confirmed in their chunks. */
export async function searchInRun(pool: Pool, run: OpenRun, text: string): Promise<FoundMessage[]> {
  const wanted = wantedAddress(run.hash, text)
  const [stored, open] = await Promise.all([storedOf(pool, run, wanted), waitingOf(pool, run, wanted)])
  const newest = new Map<string, FoundMessage>()
  for (const one of [...stored, ...open]) {
    const key = `${one.nodeNo} ${one.seq}`
    if ((newest.get(key)?.attempt ?? 0) <= one.attempt) newest.set(key, one)
  }
  return [...newest.values()].toSorted((a, b) => a.seq - b.seq || a.nodeNo - b.nodeNo)
}

async function storedOf(pool: Pool, run: OpenRun, wanted: WantedAddress): Promise<FoundMessage[]> {
  const { rows } = await pool.query<StoredRow>(
    `select ${STORED_COLUMNS} from messages m where m.run_no = $1 and (${hashIs(wanted, 2)}) order by m.seq, m.node_no, m.attempt`,
    [run.runNo, ...wanted.hashes],
  )
  return confirmed(pool, run, { wanted, found: rows.map(toFound) })
}

/** Keeps those whose row really has the address. */
export async function confirmed(
  pool: Pool,
  run: OpenRun,
  { wanted, found }: { wanted: WantedAddress; found: readonly FoundMessage[] },
): Promise<FoundMessage[]> {
  const byChunk = Map.groupBy(found, keyOf)
  const kept = new Set<FoundMessage>()
  for await (const chunk of readChunks(pool, run, { keys: found, answers: true })) {
    for (const message of byChunk.get(keyOf(chunk)) ?? []) {
      const place = placeOf(chunk.rows.seqs, message.seq)
      if (place >= 0 && isWanted(run, wanted, { nodeNo: message.nodeNo, row: rowAt(chunk, place) })) kept.add(message)
    }
  }
  return found.filter((message) => kept.has(message))
}

interface OpenChunk {
  node_no: number
  no: number
  claimed: number
  recorded: number
}

/** Who waits has no row with a hash yet: the open chunks are looked through. */
async function waitingOf(pool: Pool, run: OpenRun, wanted: WantedAddress): Promise<FoundMessage[]> {
  const { rows } = await pool.query<OpenChunk>(
    `select node_no, no, claimed, sent + failed + unconfirmed + skipped + moved as recorded from run_chunk where run_no = $1 and state in (0, 1, 3, 4)`,
    [run.runNo],
  )
  const open = new Map(rows.map((row) => [`${row.node_no} ${row.no}`, row]))
  const found: FoundMessage[] = []
  for await (const chunk of readChunks(pool, run, {
    keys: rows.map(({ node_no, no }) => ({ nodeNo: node_no, chunkNo: no })),
    answers: true,
  })) {
    const { claimed = 0, recorded = 0 } = open.get(keyOf(chunk)) ?? {}
    const { nodeNo, chunkNo, attempt } = chunk
    chunk.rows.seqs.forEach((seq, place) => {
      // Values of a chunk.
      const row = place < recorded ? null : (rowAt(chunk, place) as Row)
      if (row && isWanted(run, wanted, { nodeNo, row }))
        found.push(waiting({ nodeNo, seq, attempt, chunkNo, called: place < claimed }))
    })
  }
  return found
}
