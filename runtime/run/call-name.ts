import type { TakenChunk } from './ledger.ts'
import type { Sender } from './sender.ts'

/** What a call goes by, whatever it carries. */
export interface CallName {
  readonly key: string
  readonly channel: string
}

/** The key of the call that begins at a row, the same whenever it is tried, and the channel that it goes out by. */
export function callName(
  { runNo, plan, stage }: Pick<Sender, 'runNo' | 'plan' | 'stage'>,
  { nodeNo, no }: Pick<TakenChunk, 'nodeNo' | 'no'>,
  from: number,
): CallName {
  const channel = plan.nodes[stage.channel]?.type.channel?.name ?? ''
  return { key: `${runNo.toString(36)}-${nodeNo}-${no}-${from}`, channel }
}
