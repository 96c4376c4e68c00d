import type { FoundMessage } from '#schemas/api/find.ts'
import { readAddress } from '#runtime/run/address.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { outboxOfAddress, type AddressDeps } from '#server/outbox/of-address.ts'

/** Messages to one exact number or e-mail address over all runs, newest first; nothing where the text is neither. */
export async function messagesTo(
  deps: AddressDeps,
  { workspaceId, text, most }: { workspaceId: string; text: string; most: number },
): Promise<FoundMessage[]> {
  const isAddress = (['phone', 'email'] as const).some((kind) => !(readAddress(kind, text) instanceof AppError))
  if (!isAddress) return []
  const { items } = await outboxOfAddress(deps, { workspaceId, address: text, most })
  return items
    .flatMap(({ person, messages }) =>
      messages.map(({ id, runId, runNumber, workflowName, channel, state, at }) => ({
        id,
        runId,
        runNumber,
        workflowName,
        channel,
        state,
        at,
        person,
      })),
    )
    .toReversed()
}
