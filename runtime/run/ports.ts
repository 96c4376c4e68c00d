import type { NodeType } from '#runtime/sdk/index.ts'

const FAILED = 100
const SKIPPED = 101
const JOINED = 102

/** Number of a port in run_node: 0 what came in, then the outputs in the order of the type, 100 failed, 101 left out, 102 taken before (a merge). */
export function portNumber(type: NodeType, port: string | null): number {
  if (port === null) return 0
  if (port === 'failed') return FAILED
  if (port === 'skipped') return SKIPPED
  if (port === 'joined') return JOINED
  return Object.keys(type.ports.out).indexOf(port) + 1
}

/** Name of an output port by its number; null for the input (0) and for a number the type does not have. */
export function portName(type: NodeType, number: number): string | null {
  if (number === FAILED) return 'failed'
  if (number === SKIPPED) return 'skipped'
  if (number === JOINED) return 'joined'
  return Object.keys(type.ports.out)[number - 1] ?? null
}
