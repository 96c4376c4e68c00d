import type { NodeDescriptor, PortDescriptor, PortKind } from '#schemas/node.ts'
import type { WorkflowDocument, WorkflowEdge } from '#schemas/workflow.ts'
import { type NodeTypeIndex, typeOfStep } from './step-type.ts'

export type { NodeTypeIndex }

export interface Ends {
  readonly source: string
  readonly sourcePort: string
  readonly target: string
  readonly targetPort: string
}

export type ConnectRefusal = 'unknown' | 'itself' | 'circle' | 'kinds' | 'exists'

/** May these two be joined? `replaces`: the line that has the input now and gives way. */
export type ConnectVerdict =
  | { readonly ok: true; readonly replaces: string | null }
  | { readonly ok: false; readonly reason: ConnectRefusal; readonly from?: PortKind; readonly to?: PortKind }

/** May rows of this kind flow into that port? Messages may feed rows (the text is dropped), never the reverse. */
export function kindsFit(from: PortKind, to: PortKind): boolean {
  return from === to || (from === 'messages' && to === 'rows')
}

/**
 * A channel that can bring its own text takes rows as well: its config schema says so by having a `text` or `template` field.
 * The server judges the same by the config; here the line may be drawn first and the text written after.
 */
export function acceptsRows(type: NodeDescriptor, port: PortDescriptor): boolean {
  if (port.kind === 'rows') return true
  if (type.role !== 'channel' || port.kind !== 'messages') return false
  // The schema comes from the server as plain JSON; only the names of its fields are read.
  const properties = (type.configSchema as { properties?: Record<string, unknown> } | null)?.properties ?? {}
  return 'template' in properties || 'text' in properties
}

export function portFits(from: PortKind, type: NodeDescriptor, port: PortDescriptor): boolean {
  return kindsFit(from, port.kind) || (from === 'rows' && acceptsRows(type, port))
}

/** Would a line from `source` to `target` close a circle? */
export function closesCircle(document: WorkflowDocument, source: string, target: string): boolean {
  const next = new Map<string, string[]>()
  for (const edge of document.edges) next.set(edge.source, [...(next.get(edge.source) ?? []), edge.target])
  const seen = new Set<string>()
  const open = [target]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === source) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(next.get(id) ?? []))
  }
  return false
}

/** Judges a line before it is drawn, so that a wrong one never is. An input takes one line: the new one takes the place of the old. */
export function judgeConnection(document: WorkflowDocument, types: NodeTypeIndex, ends: Ends): ConnectVerdict {
  if (ends.source === ends.target) return { ok: false, reason: 'itself' }
  const sourceType = typeOfStep(document, types, ends.source)
  const targetType = typeOfStep(document, types, ends.target)
  const from = sourceType?.ports.out[ends.sourcePort]
  const to = targetType?.ports.in[ends.targetPort]
  if (from === undefined || to === undefined || targetType === undefined) return { ok: false, reason: 'unknown' }
  if (document.edges.some((edge) => sameEnds(edge, ends))) return { ok: false, reason: 'exists' }
  if (!portFits(from.kind, targetType, to)) return { ok: false, reason: 'kinds', from: from.kind, to: to.kind }
  if (closesCircle(document, ends.source, ends.target)) return { ok: false, reason: 'circle' }
  return { ok: true, replaces: lineThatGivesWay(document, to, ends)?.id ?? null }
}

/** The line that an input has already, where it takes only one. */
export function lineThatGivesWay(
  { edges }: WorkflowDocument,
  into: PortDescriptor | undefined,
  ends: Pick<Ends, 'target' | 'targetPort'>,
): WorkflowEdge | undefined {
  if (into?.many) return undefined
  return edges.find((edge) => edge.target === ends.target && edge.targetPort === ends.targetPort)
}

function sameEnds(edge: WorkflowEdge, ends: Ends): boolean {
  return (
    edge.source === ends.source &&
    edge.sourcePort === ends.sourcePort &&
    edge.target === ends.target &&
    edge.targetPort === ends.targetPort
  )
}

/** The output of a step that a new step would naturally go on from: the first that is not a side door and not taken yet. */
export function mainOutput(document: WorkflowDocument, types: NodeTypeIndex, nodeId: string): string | null {
  const type = typeOfStep(document, types, nodeId)
  if (type === undefined) return null
  const names = Object.keys(type.ports.out).filter((name) => name !== 'failed')
  const used = new Set(document.edges.filter(({ source }) => source === nodeId).map(({ sourcePort }) => sourcePort))
  // After a channel the useful way on is the people it did not reach, not those it did.
  if (type.role === 'channel' && names.includes('undelivered') && !used.has('undelivered')) return 'undelivered'
  return names.find((name) => !used.has(name)) ?? names[0] ?? null
}
