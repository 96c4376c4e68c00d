import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { SUB_WORKFLOW } from '#schemas/sub-workflow.ts'

/** Which version of which workflow a step stands for. `name`: what it was called when it was chosen; files know nothing else of it. */
export interface InnerRef {
  readonly workflow: string
  readonly version: number
  readonly name: string | null
}

/** A published version of a workflow, as another one uses it. It never changes, but there may be a newer one. */
export interface InnerWorkflow {
  readonly name: string
  readonly document: WorkflowDocument
  /** The newest published version, where it is a later one. */
  readonly newest: { readonly version: number; readonly document: WorkflowDocument } | null
}

/** Versions by `keyOf`. */
export type InnerWorkflows = ReadonlyMap<string, InnerWorkflow>

/** Where versions are read; null: there is no such one (any more). */
export interface InnerSource {
  read(ref: InnerRef): Promise<InnerWorkflow | null>
}

/** For hosts whose workflows use no other. */
export const noInner: InnerSource = { read: () => Promise.resolve(null) }

export const keyOf = ({ workflow, version }: Pick<InnerRef, 'workflow' | 'version'>): string => `${workflow}@${version}`

/** What a step stands for; null: it is no such step, or nothing was chosen yet. */
export function refOf({ type, config }: Pick<WorkflowNode, 'type' | 'config'>): InnerRef | null {
  if (type !== SUB_WORKFLOW) return null
  const { workflow, version, name } = config
  if (typeof workflow !== 'string' || workflow === '' || !Number.isInteger(version)) return null
  // An integer, as the line above found.
  return { workflow, version: version as number, name: typeof name === 'string' ? name : null }
}

/** More different ones are read for nobody: no graph that a person can follow has them. */
const MOST = 100

/** Reads all workflows that a document uses, and those that they use. Each is read once, so a circle ends. */
export async function collectInner(document: unknown, source: InnerSource): Promise<InnerWorkflows> {
  const found = new Map<string, InnerWorkflow>()
  const seen = new Set<string>()
  let open = refsIn(document)
  while (open.length > 0) {
    const fresh = open.filter((ref) => !seen.has(keyOf(ref)) && seen.size < MOST && Boolean(seen.add(keyOf(ref))))
    const read = await Promise.all(fresh.map(async (ref) => [keyOf(ref), await source.read(ref)] as const))
    open = []
    for (const [key, inner] of read) {
      if (!inner) continue
      found.set(key, inner)
      open.push(...refsIn(inner.document))
    }
  }
  return found
}

/** What the steps of anything that may be a document stand for. */
function refsIn(document: unknown): InnerRef[] {
  const nodes = (document as { nodes?: unknown } | null | undefined)?.nodes
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap((node: unknown) => {
    const { type, config } = (node ?? {}) as { type?: unknown; config?: unknown }
    if (typeof type !== 'string' || typeof config !== 'object' || config === null) return []
    return refOf({ type, config: config as Record<string, unknown> }) ?? []
  })
}
