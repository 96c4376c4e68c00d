import type { Row } from '#runtime/sdk/index.ts'
import { openWith, sealWith } from '#server/secrets/box.ts'

/** Whose key, and of which run: one that lies in another run's row does not open. */
interface PayloadPlace {
  /** The run's data key. */
  readonly key: Buffer
  readonly runId: string
}

/** What a trigger carried, encrypted for its run. */
export function sealPayload(payload: Row, { key, runId }: PayloadPlace): Buffer {
  return sealWith(key, JSON.stringify(payload), `payload:${runId}`)
}

/** What a trigger carried. */
export function openPayload(sealed: Buffer, { key, runId }: PayloadPlace): Row {
  // Our own JSON, authenticated.
  return JSON.parse(openWith(key, sealed, `payload:${runId}`).toString()) as Row
}
