import { randomBytes } from 'node:crypto'
import type { Box } from '#server/secrets/box.ts'

/** A new run's data key: plain for the one who makes the run, sealed for its row. */
export function makeRunKey(box: Box, runId: string): { key: Buffer; sealed: Buffer } {
  const key = randomBytes(32)
  return { key, sealed: box.seal(key, `run:${runId}`) }
}

/** Opens a run's data key with the platform's. Throws `secret-unreadable`. */
export function openRunKey(box: Box, runId: string, sealed: Uint8Array): Buffer {
  return box.open(sealed, `run:${runId}`)
}
