import type { TakenChunk } from './ledger.ts'
import type { Prepared, PreparedRow } from './prepare.ts'
import type { Sender } from './sender.ts'

/** What becomes of whoever asked to be erased before anything went out. */
export const ERASED = { state: 'skipped', code: 'person-erased' } as const

/**
 * Whoever asked to be erased since the run began is left out, also where she waits for days. Only rows that nobody claimed before: of the
 * others something may have gone out already, and what became of it is told as it is (`settleDoubt` leaves out who certainly got nothing).
 */
export async function withoutErased(
  sender: Pick<Sender, 'ledger'>,
  chunk: Pick<TakenChunk, 'from'>,
  prepared: Prepared,
): Promise<Prepared> {
  const erased = await sender.ledger.erased()
  if (erased.size === 0) return prepared
  const { hashes } = prepared
  const rows = prepared.rows.map((row, place): PreparedRow => {
    const hash = hashes[place] ?? null
    return place >= chunk.from && row.ready && hash !== null && erased.has(hash) ? { ready: false, ...ERASED } : row
  })
  return { ...prepared, rows }
}
