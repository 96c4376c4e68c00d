import type { Localized } from '#schemas/localized.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Run } from '#schemas/run.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'

/** The graph that ran; null where an answer holds none. The server checked the document before it let it run. */
export function documentOf(run: Pick<Run, 'document'>): WorkflowDocument | null {
  const { document } = run
  if (typeof document !== 'object' || document === null || !('nodes' in document) || !Array.isArray(document.nodes)) return null
  // Checked against the document's schema when it was saved and when it was frozen.
  return document as WorkflowDocument
}

/** Texts of the cards in both languages; anything else in the answer is left out. */
export function summariesOf(run: Pick<Run, 'summaries'>): Readonly<Record<string, Localized>> {
  const found: Record<string, Localized> = {}
  for (const [id, text] of Object.entries(run.summaries)) {
    if (typeof text !== 'object' || text === null || !('ko' in text) || !('en' in text)) continue
    if (typeof text.ko === 'string' && typeof text.en === 'string') found[id] = { ko: text.ko, en: text.en }
  }
  return found
}

export function indexTypes(items: readonly NodeDescriptor[]): NodeTypeIndex {
  return new Map(items.map((type) => [type.type, type]))
}

export function nodeOf(document: WorkflowDocument | null, id: string): WorkflowNode | null {
  return document?.nodes.find((node) => node.id === id) ?? null
}

/** Steps that send, in the order of the document. */
export function channelsOf(document: WorkflowDocument | null, types: NodeTypeIndex): WorkflowNode[] {
  return document?.nodes.filter((node) => types.get(node.type)?.role === 'channel') ?? []
}
