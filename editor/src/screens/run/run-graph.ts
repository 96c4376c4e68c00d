import type { Language, Localized } from '#schemas/localized.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Run } from '#schemas/run.ts'
import { outermost } from '#schemas/sub-workflow.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'

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

/** A step as it is named: of a workflow inside, with the steps that it stands in before it. */
export interface NamedStep {
  readonly id: string
  readonly label: string
  readonly type: NodeDescriptor | undefined
}

/** The step of an id, `outer/inner` too; null: the graph that ran has none. */
export function stepOf(run: Pick<Run, 'document' | 'inner'>, id: string, { types, language }: Words): NamedStep | null {
  const outer = documentOf(run)?.nodes.find((node) => node.id === outermost(id))
  if (outer === undefined) return null
  // Every step on the way in has a name of its own: `a`, `a/b`, `a/b/c`.
  const ends = [...id.matchAll(/\/|$/g)].map(({ index }) => id.slice(0, index))
  const way = ends.map((at) => (at === outer.id ? outer : run.inner[at]))
  const last = way.at(-1)
  if (last === undefined) return null
  const label = way.flatMap((node) => (node === undefined ? [] : [labelOf(node, types, language)])).join(' › ')
  return { id, label, type: last === outer ? typeOfNode(types, outer) : types.get(last.type) }
}

interface Words {
  readonly types: NodeTypeIndex
  readonly language: Language
}

/** Steps that send, in the order of the document; those inside another step stand behind the others. */
export function channelsOf(run: Pick<Run, 'document' | 'inner'>, words: Words): NamedStep[] {
  const ids = [...(documentOf(run)?.nodes ?? []).map(({ id }) => id), ...Object.keys(run.inner)]
  return ids.flatMap((id) => {
    const step = stepOf(run, id, words)
    return step?.type?.role === 'channel' ? [step] : []
  })
}
