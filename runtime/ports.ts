import type { PortDescriptor, PortKind } from '#schemas/node.ts'
import type { NodeType } from '#runtime/sdk/index.ts'

export interface Ports {
  readonly in: Readonly<Record<string, PortDescriptor>>
  readonly out: Readonly<Record<string, PortDescriptor>>
}

const FAILED: PortDescriptor = { kind: 'rows', title: { en: 'Failed', ko: '처리 못 함' } }

function spelledOut(ports: Readonly<Record<string, PortKind | PortDescriptor>>): Record<string, PortDescriptor> {
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]): [string, PortDescriptor] => [
      name,
      typeof port === 'string' ? { kind: port } : port,
    ]),
  )
}

/**
 * The ports of a node type, each as a descriptor. Every transform has a `failed` output without declaring it: a row that cannot be
 * processed leaves there, with the columns `error_code` and `error_message` added. (A source has no rows to fail, and a channel's
 * failures are states of its messages.)
 */
export function portsOf(type: NodeType): Ports {
  const out = spelledOut(type.ports.out)
  return { in: spelledOut(type.ports.in), out: type.role === 'transform' ? { ...out, failed: out.failed ?? FAILED } : out }
}

/** The names of the columns that the `failed` port adds. */
export const FAILED_COLUMNS = { code: 'error_code', message: 'error_message' } as const
