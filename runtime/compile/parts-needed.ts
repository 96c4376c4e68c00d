import type { NodeRole } from '#schemas/node.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Finding } from './finding.ts'
import type { GraphNode } from './graph-nodes.ts'
import { PART_EXIT, PART_INPUT, PART_OUTPUT, SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import { severalSourcesFindings } from './several-sources.ts'

/** What every workflow needs: one start, one source, something that sends; and what comes out of a step should be used. */
export function partFindings(nodes: ReadonlyMap<string, GraphNode>, { edges }: WorkflowDocument): Finding[] {
  if (nodes.size === 0) return [{ code: 'empty-workflow' }]
  const ofRole = (role: NodeRole): GraphNode[] => [...nodes.values()].filter(({ registered }) => registered?.type.role === role)
  // A step of an unknown type may be the start or the sender that seems to be missing; its own problem is enough then. So may a workflow inside that was not found.
  const isKnown = [...nodes.values()].every(({ registered, source }) => registered !== null && source.type !== SUB_WORKFLOW)
  if ([...nodes.values()].some(({ source }) => source.type === PART_INPUT)) return ofPart(nodes, edges, isKnown)
  const findings: Finding[] = ofType(nodes, PART_OUTPUT).map(({ id }) => ({ code: 'part-output-alone', nodeId: id }))
  const [, ...moreTriggers] = ofRole('trigger')
  const sources = ofRole('source')
  if (isKnown && ofRole('trigger').length === 0) findings.push({ code: 'no-trigger' })
  for (const { id } of moreTriggers) findings.push({ code: 'several-triggers', nodeId: id })
  // An event brings its recipient along.
  const isEvent = ofRole('trigger').some(({ registered }) => registered?.type.event !== undefined)
  if (isKnown && sources.length === 0 && !isEvent) findings.push({ code: 'no-source' })
  if (isKnown) findings.push(...severalSourcesFindings(sources, { nodes, edges }))
  if (isKnown && ofRole('channel').length === 0) findings.push({ code: 'no-channel' })
  return [...findings, ...deadEnds(nodes, edges)]
}

const ofType = (nodes: ReadonlyMap<string, GraphNode>, type: string): GraphNode[] =>
  [...nodes.values()].filter(({ source }) => source.type === type)

/** What a workflow needs that is used inside others: one beginning, nothing that starts it or brings people by itself, and something that becomes of them. */
function ofPart(nodes: ReadonlyMap<string, GraphNode>, edges: WorkflowDocument['edges'], isKnown: boolean): Finding[] {
  const [, ...more] = ofType(nodes, PART_INPUT)
  const own = [...nodes.values()].filter(
    ({ source, registered }) =>
      source.type !== PART_INPUT && (registered?.type.role === 'trigger' || registered?.type.role === 'source'),
  )
  const isOfUse =
    ofType(nodes, PART_OUTPUT).length > 0 || [...nodes.values()].some(({ registered }) => registered?.type.role === 'channel')
  return [
    ...more.map(({ id }): Finding => ({ code: 'several-part-inputs', nodeId: id })),
    ...own.map(({ id, name }): Finding => ({ code: 'part-starts-itself', nodeId: id, fields: { node: name } })),
    ...(isKnown && !isOfUse ? [{ code: 'part-without-end' } as const] : []),
    ...deadEnds(nodes, edges),
  ]
}

function deadEnds(nodes: ReadonlyMap<string, GraphNode>, edges: WorkflowDocument['edges']): Finding[] {
  const leading = new Set(edges.map(({ source }) => source))
  return [...nodes.values()]
    .filter((node) => leadsNowhere(node, leading))
    .map(({ id }): Finding => ({ code: 'leads-nowhere', nodeId: id }))
}

/** A way out of a workflow may be left open, like any other way out of a step. */
function leadsNowhere({ id, registered, source }: GraphNode, leading: ReadonlySet<string>): boolean {
  if (!registered || registered.type.role === 'channel') return false
  if (source.type === PART_OUTPUT || source.type === PART_EXIT) return false
  return !leading.has(id)
}
