import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '#schemas/workflow.ts'

/** Pixels from one step to the next. */
export const STEP = { x: 240, y: 170 } as const

/** A graph that is being written: steps in columns from left to right, each branch in a line of its own. */
export class GraphWriter {
  readonly #nodes: WorkflowNode[] = []
  readonly #edges: WorkflowEdge[] = []
  readonly #counts = new Map<string, number>()

  /** Adds a step and gives its id: `reviews`, `reviews-2` … */
  add(
    kind: string,
    node: Pick<WorkflowNode, 'type' | 'config'> & { label?: string },
    at: { column: number; line: number },
  ): string {
    const id = this.nextId(kind)
    const { label, ...rest } = node
    const name = label?.trim().slice(0, 200)
    this.#nodes.push({
      id,
      typeVersion: 1,
      position: { x: at.column * STEP.x, y: at.line * STEP.y },
      ...rest,
      ...(name && { label: name }),
    })
    return id
  }

  nextId(kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    return count === 1 ? kind : `${kind}-${count}`
  }

  /** A line; `from` is a step, or a step and its port (`branch.g1`). */
  line(from: readonly [id: string, port: string], to: readonly [id: string, port: string]): void {
    const [source, sourcePort] = from
    const [target, targetPort] = to
    this.#edges.push({ id: `e${this.#edges.length + 1}`, source, sourcePort, target, targetPort })
  }

  get parts(): Pick<WorkflowDocument, 'nodes' | 'edges'> {
    return { nodes: this.#nodes, edges: this.#edges }
  }
}
