import { readAddress } from '#runtime/run/address.ts'
import type { Registry } from '#runtime/registry.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'

/**
 * Checks the addresses of a test run before it starts: each must be one that a channel of the workflow can send to. The error names its
 * place, not the address.
 * @throws AppError `invalid-request`
 */
export function checkTestAddresses(
  addresses: readonly string[],
  { nodes, registry }: { nodes: WorkflowDocument['nodes']; registry: Pick<Registry, 'node'> },
): void {
  const kinds = new Set(nodes.flatMap(({ type }) => registry.node(type)?.type.channel?.addressKind ?? []))
  const wrong = addresses.findIndex((address) => [...kinds].every((kind) => readAddress(kind, address) instanceof AppError))
  if (wrong >= 0) throw new AppError('invalid-request', { detail: `test.addresses[${wrong}]: ${[...kinds].join(', ')}` })
}
