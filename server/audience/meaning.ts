import { hash } from 'node:crypto'
import type { WorkflowDocument } from '#schemas/workflow.ts'

/** The same for drafts that do the same with the same people: where a step stands on the canvas does not count. */
export function meaningOf({ nodes, edges, settings }: WorkflowDocument): string {
  const steps = nodes.map(({ id, type, typeVersion, label, config }) => [id, type, typeVersion, label ?? null, config])
  const lines = edges.map(({ source, sourcePort, target, targetPort }) => [source, sourcePort, target, targetPort])
  return hash('sha256', JSON.stringify([steps, lines, settings?.timezone ?? null]))
}
