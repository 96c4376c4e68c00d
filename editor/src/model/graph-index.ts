import type { Problem } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '#schemas/workflow.ts'

// Every card and every line of the canvas asks these at each change. Lists of a document never change, so each is gone through once,
// not once by each card.

function remembered<List extends object, Index>(make: (list: List) => Index): (list: List) => Index {
  const known = new WeakMap<List, Index>()
  return (list) => {
    const old = known.get(list)
    if (old !== undefined) return old
    const index = make(list)
    known.set(list, index)
    return index
  }
}

const byId = remembered((nodes: readonly WorkflowNode[]) => new Map(nodes.map((node) => [node.id, node])))

/** The step of this id. */
export function nodeById(document: Pick<WorkflowDocument, 'nodes'>, id: string): WorkflowNode | undefined {
  return byId(document.nodes).get(id)
}

const kindTexts = remembered((nodes: readonly WorkflowNode[]) => nodes.map(({ id, type }) => `${id}\t${type}`).join('\n'))

/** Which step is of which type, as one text: another value only when that changed, not when a step moved. `readKinds` reads it. */
export function kindsOfSteps(document: Pick<WorkflowDocument, 'nodes'>): string {
  return kindTexts(document.nodes)
}

/** Pairs of a step's id and its type. */
export function readKinds(text: string): (readonly [id: string, type: string])[] {
  return text.split('\n').map((line) => {
    const [id, type] = line.split('\t')
    return [id ?? '', type ?? '']
  })
}

/** Ids of the steps in which something is wrong, one a line. */
export const stepsInError = remembered((problems: readonly Problem[]) =>
  [...new Set(problems.flatMap(({ severity, nodeId }) => (severity === 'error' && nodeId !== undefined ? nodeId : [])))].join(
    '\n',
  ),
)

/** Names of ports that lines use. */
export interface UsedPorts {
  readonly in: readonly string[]
  readonly out: readonly string[]
}

/** Port names have neither bars nor line breaks in them. */
const portTexts = remembered((edges: readonly WorkflowEdge[]) => {
  const used = new Map<string, { in: string[]; out: string[] }>()
  const of = (id: string) => {
    const ports = used.get(id) ?? { in: [], out: [] }
    used.set(id, ports)
    return ports
  }
  for (const { source, sourcePort, target, targetPort } of edges) {
    of(source).out.push(sourcePort)
    of(target).in.push(targetPort)
  }
  return new Map([...used].map(([id, ports]) => [id, `${ports.in.join('\n')}|${ports.out.join('\n')}`]))
})

/** The ports of a step that lines use, as one text: it stays the same value while they stay the same. `readPorts` reads it. */
export function usedPorts(document: Pick<WorkflowDocument, 'edges'>, id: string): string {
  return portTexts(document.edges).get(id) ?? '|'
}

export function readPorts(text: string): UsedPorts {
  const [inputs, outputs] = text.split('|').map((list) => list.split('\n').filter((name) => name !== ''))
  return { in: inputs ?? [], out: outputs ?? [] }
}

const wrongLines = remembered((problems: readonly Problem[]) => {
  const wrong = { lines: new Set<string>(), into: new Set<string>() }
  for (const { edgeId, nodeId, code } of problems) {
    if (edgeId !== undefined) wrong.lines.add(edgeId)
    // A column that a step misses is missing on the line into it.
    if ((code === 'unknown-column' || code === 'parameter-not-mapped') && nodeId !== undefined) wrong.into.add(nodeId)
  }
  return wrong
})

/** Is something wrong with this line? */
export function isWrongLine(problems: readonly Problem[], line: Pick<WorkflowEdge, 'id' | 'target'>): boolean {
  const { lines, into } = wrongLines(problems)
  return lines.has(line.id) || into.has(line.target)
}
