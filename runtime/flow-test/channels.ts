import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Registry } from '#runtime/registry.ts'

/** Which channels each connection of a workflow has to deliver: those of the steps that use it. */
export function channelsOf(document: WorkflowDocument, registry: Pick<Registry, 'node'>): Map<string, string[]> {
  const channels = new Map<string, string[]>()
  for (const { type, config } of document.nodes) {
    const channel = registry.node(type)?.type.channel
    const id = config['connection']
    if (channel && typeof id === 'string') channels.set(id, [...(channels.get(id) ?? []), channel.name])
  }
  return channels
}
