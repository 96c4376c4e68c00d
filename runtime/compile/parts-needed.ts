import type { NodeRole } from '#schemas/node.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Finding } from './finding.ts'
import type { GraphNode } from './graph-nodes.ts'
import { severalSourcesFindings } from './several-sources.ts'

/** What every workflow needs: one start, one source, something that sends; and what comes out of a step should be used. */
export function partFindings(nodes: ReadonlyMap<string, GraphNode>, { edges }: WorkflowDocument): Finding[] {
  if (nodes.size === 0) return [{ code: 'empty-workflow' }]
  const ofRole = (role: NodeRole): GraphNode[] => [...nodes.values()].filter(({ registered }) => registered?.type.role === role)
  // A step of an unknown type may be the start or the sender that seems to be missing; its own problem is enough then.
  const isKnown = [...nodes.values()].every(({ registered }) => registered !== null)
  const findings: Finding[] = []
  const [, ...moreTriggers] = ofRole('trigger')
  const sources = ofRole('source')
  if (isKnown && ofRole('trigger').length === 0) findings.push({ code: 'no-trigger' })
  for (const { id } of moreTriggers) findings.push({ code: 'several-triggers', nodeId: id })
  // An event brings its recipient along.
  const isEvent = ofRole('trigger').some(({ registered }) => registered?.type.event !== undefined)
  if (isKnown && sources.length === 0 && !isEvent) findings.push({ code: 'no-source' })
  if (isKnown) findings.push(...severalSourcesFindings(sources, { nodes, edges }))
  if (isKnown && ofRole('channel').length === 0) findings.push({ code: 'no-channel' })
  const leading = new Set(edges.map(({ source }) => source))
  for (const node of nodes.values()) if (leadsNowhere(node, leading)) findings.push({ code: 'leads-nowhere', nodeId: node.id })
  return findings
}

function leadsNowhere({ id, registered }: GraphNode, leading: ReadonlySet<string>): boolean {
  if (!registered || registered.type.role === 'channel') return false
  return !leading.has(id)
}
