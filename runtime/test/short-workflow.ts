import type { WorkflowDocument } from '#schemas/workflow.ts'

/** A workflow as tests write it: nodes by id, edges as `audience.rows -> filter.rows`. */
export interface ShortWorkflow {
  readonly nodes: Readonly<
    Record<
      string,
      { readonly type: string; readonly typeVersion?: number; readonly label?: string; readonly config?: Record<string, unknown> }
    >
  >
  readonly edges?: readonly string[]
  readonly settings?: { readonly timezone?: string }
}

/** The document it stands for. Edges are called e1, e2 … in order. */
export function expand({ nodes, edges = [], settings }: ShortWorkflow): WorkflowDocument {
  return {
    schemaVersion: 1,
    name: 'Test',
    nodes: Object.entries(nodes).map(([id, node], index) => ({
      id,
      type: node.type,
      typeVersion: node.typeVersion ?? 1,
      ...(node.label !== undefined && { label: node.label }),
      position: { x: index * 200, y: 0 },
      config: node.config ?? {},
    })),
    edges: edges.map((text, index) => {
      const [source = '', sourcePort = '', target = '', targetPort = ''] = text.split(/\s*->\s*|\./)
      return { id: `e${index + 1}`, source, sourcePort, target, targetPort }
    }),
    ...(settings && { settings }),
  }
}
