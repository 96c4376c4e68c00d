import { openWith, sealWith } from '#server/secrets/box.ts'

const purpose = (runId: string): string => `test-addresses:${runId}`

/** Where the messages of a test run go instead, sealed with the run's key: `workflow_run.test_addresses_enc`. */
export function sealTestAddresses(addresses: readonly string[], { key, runId }: { key: Buffer; runId: string }): Buffer {
  return sealWith(key, JSON.stringify(addresses), purpose(runId))
}

/**
 * The addresses again. Null: it is no test, or its key was deleted, and with it everybody's address (`key` is empty).
 * Throws `secret-unreadable` when they cannot be opened: then the run sends nothing.
 */
export function openTestAddresses(sealed: Uint8Array | null, { key, runId }: { key: Buffer; runId: string }): string[] | null {
  if (!sealed || key.length === 0) return null
  // Our own JSON, authenticated.
  return JSON.parse(openWith(key, sealed, purpose(runId)).toString()) as string[]
}
