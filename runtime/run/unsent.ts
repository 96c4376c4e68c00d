import { addressColumns } from './address-column.ts'
import { normalAddress } from './address.ts'
import { itemsOf, rowOf } from './chunk.ts'
import { settleDoubt } from './doubt.ts'
import type { TakenChunk } from './ledger.ts'
import type { Prepare, Prepared } from './prepare.ts'
import { recordRows } from './record-rows.ts'
import type { Sender } from './sender.ts'

/** What is left of a chunk of a cancelled run: in doubt what was claimed, cancelled the rest. Nothing is asked, nothing is sent. */
export async function closeChunk(sender: Sender, chunk: TakenChunk, prepare: Prepare): Promise<void> {
  let held: TakenChunk | null = chunk
  // Rows in doubt were claimed, so their answers are frozen: preparing them again asks nobody.
  if (chunk.recorded < chunk.from)
    held = await settleDoubt(sender, chunk, { prepared: await prepare(chunk), calls: () => undefined })
  if (held) await endRows(sender, held, 'cancelled')
}

/** The time in which the rows of a chunk may be sent is over. */
export async function expireChunk(sender: Sender, chunk: TakenChunk): Promise<void> {
  await endRows(sender, chunk, 'expired')
}

async function endRows(sender: Sender, chunk: TakenChunk, state: 'cancelled' | 'expired'): Promise<void> {
  const answered = new Map<number, { state: 'cancelled' | 'expired'; code: string }>()
  for (let place = chunk.from; place < chunk.n; place++) answered.set(place, { state, code: state })
  await recordRows(sender, chunk, {
    from: chunk.from,
    to: chunk.n,
    next: chunk.n,
    prepared: onlyHashes(sender, chunk),
    answered,
    call: null,
  })
}

/** Hashes from the chunk alone: the address column is there unless a node behind the chunk makes it (other than by another name), then it stays unknown. */
function onlyHashes(sender: Sender, chunk: TakenChunk): Prepared {
  const address = addressColumns(sender.plan).find(({ nodeNo }) => nodeNo === sender.stage.no)
  const items = itemsOf(chunk.rows)
  const kind = address?.kind ?? 'token'
  const normals = items.map((item) => (address ? normalAddress(kind, rowOf(item), address.column) : null))
  return { rows: [], items: null, hashes: sender.ledger.hash(kind, normals), asked: null, counts: [], reads: [] }
}
