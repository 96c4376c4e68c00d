import type { TakenChunk } from './ledger.ts'
import type { Sender } from './sender.ts'

/** The key of the call that begins at a row: the same whenever it is tried. */
export function sliceKey(
  { runNo }: Pick<Sender, 'runNo'>,
  { nodeNo, no }: Pick<TakenChunk, 'nodeNo' | 'no'>,
  from: number,
): string {
  return `${runNo.toString(36)}-${nodeNo}-${no}-${from}`
}
