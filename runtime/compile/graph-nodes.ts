import type { Localized } from '#schemas/localized.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { RegisteredNode, Registry } from '#runtime/registry.ts'
import { configProblems } from './config-problems.ts'
import { portsOf, typeWith } from '#runtime/ports.ts'
import { ofError, type Finding } from './finding.ts'
import { fieldsWithWidget } from './schema-text.ts'

/** A node of the document with its type, as far as both are known. */
export interface GraphNode {
  readonly id: string
  readonly source: WorkflowNode
  /** Its type as its config makes it (outputs that the person named). Null: there is none, or the node is of a newer version of it. */
  readonly registered: RegisteredNode | null
  /**
   * Upgraded, defaults filled in. Null: it is not valid. A channel that lacks nothing but its connection counts as valid here (there is
   * a problem about it all the same): its texts can be shown before there is a provider.
   */
  readonly config: Readonly<Record<string, unknown>> | null
  readonly name: Localized
}

/** Reads types and configs. Of two nodes with one id the first counts. */
export function readNodes(
  document: WorkflowDocument,
  registry: Pick<Registry, 'node'>,
): { nodes: Map<string, GraphNode>; findings: Finding[] } {
  const nodes = new Map<string, GraphNode>()
  const findings: Finding[] = []
  for (const source of document.nodes) {
    if (nodes.has(source.id)) findings.push({ code: 'duplicate-node-id', nodeId: source.id, fields: { id: source.id } })
    else nodes.set(source.id, readNode(source, registry, findings))
  }
  return { nodes, findings }
}

function readNode(source: WorkflowNode, registry: Pick<Registry, 'node'>, findings: Finding[]): GraphNode {
  const { id, type, typeVersion } = source
  const registered = registry.node(type)
  const named = source.label?.trim()
  const name = named ? { en: named, ko: named } : (registered?.type.title ?? { en: type, ko: type })
  const unread = { id, source, registered: null, config: null, name }
  if (!registered) {
    findings.push({ code: 'unknown-node-type', nodeId: id, fields: { type } })
    return unread
  }
  if (typeVersion > registered.type.version) {
    const fields = { type: registered.type.title, found: typeVersion, known: registered.type.version }
    findings.push({ code: 'newer-node-type', nodeId: id, fields })
    return unread
  }
  try {
    const { config, errors } = registered.load(source.config, typeVersion)
    const problems = configProblems(id, registered.type.config, errors)
    findings.push(...problems)
    const isUsable = problems.every(({ field }) => field !== undefined && lacksConnectionOnly(registered, field))
    return { ...unread, registered: withPorts(registered, problems.length === 0, config), config: isUsable ? config : null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    findings.push(ofError(id, error))
    return { ...unread, registered }
  }
}

/** An unfinished config names outputs all the same: lines at them are right. What the step would say of itself is asked of a valid one only. */
function withPorts(registered: RegisteredNode, isValid: boolean, config: Readonly<Record<string, unknown>>): RegisteredNode {
  if (!isValid && registered.type.merges) return registered
  const type = typeWith(registered.type, config)
  return type === registered.type ? registered : { ...registered, type, ports: portsOf(type) }
}

function lacksConnectionOnly({ type }: RegisteredNode, field: string): boolean {
  return type.role === 'channel' && fieldsWithWidget(type.config, 'connection').some(({ name }) => name === field)
}
