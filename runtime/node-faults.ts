import type { NodeType } from '#runtime/sdk/index.ts'
import { portsOf } from './ports.ts'

const ROLES = ['trigger', 'source', 'transform', 'channel']
const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** What keeps a value from being a node type, in a sentence for whoever wrote it; null: nothing. Plugins are files of others: anything may come. */
export function faultOfNodeType(type: unknown): string | null {
  if (typeof type !== 'object' || type === null) return 'The default export is not a node type. Export what defineNode returns.'
  // What was exported is looked at field by field; whatever is not there is the fault.
  const node = type as Partial<NodeType>
  if (typeof node.type !== 'string' || !KEBAB.test(node.type))
    return '`type` must be a name like "my-step" (small letters, digits, hyphens).'
  if (!Number.isInteger(node.version) || (node.version ?? 0) < 1) return '`version` must be a whole number from 1 on.'
  if (!ROLES.includes(node.role ?? '')) return `\`role\` must be one of: ${ROLES.join(', ')}.`
  if (!node.title?.en || !node.title.ko) return '`title` must have a text in `en` and in `ko`.'
  if (!node.ports?.in || !node.ports.out) return '`ports` must have `in` and `out`.'
  if (typeof node.config !== 'object' || node.config === null) return '`config` must be a schema.'
  if (typeof node.columns !== 'function') return '`columns` must be a function.'
  // All of the fields that the rest looks at were checked above.
  return faultOfWork(node as NodeType) ?? faultOfPorts(node as NodeType) ?? faultOfUpgrade(node as NodeType)
}

function faultOfWork(node: NodeType): string | null {
  if (node.role === 'source' && !node.read) return 'A source needs `read`.'
  if (node.role === 'transform' && !node.process && !node.open && !node.wait)
    return 'A transform needs `process`, `open` or `wait`.'
  if (node.wait && (node.role !== 'transform' || node.scope !== 'row')) return 'Only a transform of the scope "row" may `wait`.'
  if (node.role === 'transform' && node.effect === 'send') return 'Only a channel may have the effect "send".'
  if (node.role === 'channel' && !node.channel) return 'A channel needs `channel`.'
  return null
}

function faultOfPorts(node: NodeType): string | null {
  const ports = portsOf(node)
  const kinds = ['start', 'rows', 'messages']
  for (const [name, { kind }] of [...Object.entries(ports.in), ...Object.entries(ports.out)])
    if (!kinds.includes(kind)) return `The port "${name}" must be of a kind: ${kinds.join(', ')}.`
  const inputs = Object.values(ports.in).filter(({ kind }) => kind !== 'start')
  if (inputs.length > 1) return 'A step has at most one input for rows or messages.'
  if (node.role === 'channel' && inputs.length !== 1) return 'A channel needs one input for messages.'
  if (node.role === 'transform' && inputs.length !== 1) return 'A transform needs one input for rows or messages.'
  if (inputs.some(({ many }) => many) !== (node.merges !== undefined))
    return 'An input with `many` and `merges` belong together: the one lets several lines in, the other says what they are.'
  if (node.ports.outFrom && !kinds.includes(node.ports.outFrom.kind))
    return `\`ports.outFrom\` must be of a kind: ${kinds.join(', ')}.`
  if (node.ports.out.skipped !== undefined) return '"skipped" is kept for rows that are left out; name the port differently.'
  return null
}

function faultOfUpgrade(node: NodeType): string | null {
  for (let version = 2; version <= node.version; version++)
    if (typeof node.upgrade?.[version] !== 'function')
      return `Version ${node.version} needs \`upgrade: { ${version}: (old) => … }\`, so that saved workflows go on.`
  return null
}
