import type { PortDescriptor, PortKind } from '#schemas/node.ts'
import { outputsWith, portsVary, withKinds } from '#schemas/ports.ts'
import { SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
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
 * failures are states of its messages. A step that is a workflow has those of the steps in it.)
 */
export function portsOf(type: NodeType): Ports {
  const out = spelledOut(type.ports.out)
  const fails = type.role === 'transform' && type.type !== SUB_WORKFLOW
  return { in: spelledOut(type.ports.in), out: fails ? { ...out, failed: out.failed ?? FAILED } : out }
}

/** The output on which a source gives its rows. */
export function rowsPort(type: NodeType): string {
  return Object.entries(portsOf(type).out).find(([, { kind }]) => kind === 'rows')?.[0] ?? 'rows'
}

/** The names of the columns that the `failed` port adds. */
export const FAILED_COLUMNS = { code: 'error_code', message: 'error_message' } as const

/**
 * The type as one config makes it: with the outputs that the person named, the kinds that it names, and of a merge, whether it looks at all rows or at any. A type
 * without such freedom is given back as it is.
 */
export function typeWith(type: NodeType, config: Readonly<Record<string, unknown>>): NodeType {
  const { ports } = type
  const [into, out] = [spelledOut(ports.in), spelledOut(ports.out)]
  if (!portsVary({ in: into, out, outFrom: ports.outFrom }) && !type.merges) return type
  const named = withKinds(outputsWith({ out, outFrom: ports.outFrom }, config), config)
  const merging = type.merges?.(config)
  return {
    ...type,
    ports: { in: withKinds(into, config), out: named },
    ...(merging && { scope: merging === 'append' ? 'audience' : 'row' }),
  }
}
