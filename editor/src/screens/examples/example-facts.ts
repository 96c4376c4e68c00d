import type { WorkflowItem } from '#schemas/api/workflows.ts'
import type { Language } from '#schemas/localized.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Preview, PreviewMessage } from '#schemas/preview.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'

/** The steps of a document as the chain of icons that the list of workflows shows. */
export function chainOf(
  document: Pick<WorkflowDocument, 'nodes'>,
  types: readonly NodeDescriptor[],
  language: Language,
): WorkflowItem['chain'] {
  const byName = new Map(types.map((type) => [type.type, type]))
  return document.nodes.flatMap(({ type, label }) => {
    const found = byName.get(type)
    return found === undefined ? [] : [{ type, icon: found.icon, role: found.role, label: label ?? found.title[language] }]
  })
}

/** What the first people get from the first channel: what is sent only where another channel failed is not among it. */
export function firstMessages(preview: Pick<Preview, 'messages'>): PreviewMessage[] {
  const first = preview.messages.filter(({ fallback }) => !fallback)
  return first.filter(({ nodeId }) => nodeId === first[0]?.nodeId)
}
