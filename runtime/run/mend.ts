import type { StoredError } from '#runtime/sdk/index.ts'
import type { Sender } from './sender.ts'

/**
 * Pauses the run until a person mended the connection. The reason calls it as people named it: of two connections to one vendor the
 * vendor's name does not tell which. `connectionId` leads to it.
 */
export function pauseToMend({ ledger, connection }: Pick<Sender, 'ledger' | 'connection'>, reason: StoredError): Promise<void> {
  const provider = connection.name === '' ? reason.fields['provider'] : connection.name
  return ledger.pause({ ...reason, fields: { ...reason.fields, provider, connectionId: connection.id } })
}
