import type { Language } from '#schemas/localized.ts'
import type { RunNode } from '#schemas/run.ts'
import type { WorkflowDocument, WorkflowGroup } from '#schemas/workflow.ts'
import { countsOfWays, type GroupWay, waysOf } from '#editor/model/folded-groups.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import type { FoldedCardProps, ShownWay } from './folded-card.tsx'

interface Seen {
  readonly document: Pick<WorkflowDocument, 'nodes' | 'edges'>
  readonly types: NodeTypeIndex
  readonly language: Language
  /** Counters of a run. */
  readonly nodes: Readonly<Record<string, RunNode>> | null
}

/** The ways into and out of a folded group as its card shows them, with what went along them. */
export function shownWays(group: WorkflowGroup, { document, types, language, nodes }: Seen): FoldedCardProps['ways'] {
  const ways = waysOf(group, document.edges)
  const counts = countsOfWays(group, document.edges, nodes ?? {})
  const number = new Intl.NumberFormat(language)
  const shown = (side: 'in' | 'out', { name, nodeId, port }: GroupWay): ShownWay => {
    const node = nodeById(document, nodeId)
    const ports = typeOfNode(types, node)?.ports[side] ?? {}
    const label = node === undefined ? nodeId : labelOf(node, types, language)
    const several = ways[side].filter((way) => way.nodeId === nodeId).length > 1
    const count = counts[side][name]
    return {
      name,
      title: several ? `${label} · ${ports[port]?.title?.[language] ?? port}` : label,
      count: count === undefined ? null : number.format(count),
    }
  }
  return { in: ways.in.map((way) => shown('in', way)), out: ways.out.map((way) => shown('out', way)) }
}
