import { isDeepStrictEqual } from 'node:util'
import type { Fix } from '#schemas/problem.ts'
import type { PartFace, PartNeed } from '#schemas/part-face.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { outermost, PART_INPUT, PART_OUTPUT } from '#schemas/sub-workflow.ts'
import type { Finding } from '#runtime/compile/finding.ts'
import { readGraph, type Graph } from '#runtime/compile/graph.ts'
import type { Registry } from '#runtime/registry.ts'
import type { InnerWorkflows } from './inner-workflows.ts'

/** What others see of a workflow that can be used inside another one; null: it cannot. */
export function faceOf(document: unknown, registry: Pick<Registry, 'node'>, inner: InnerWorkflows): PartFace | null {
  const graph = readGraph(document, registry, { inner })
  const ofType = (type: string) => [...graph.nodes.values()].filter(({ source }) => source.type === type)
  const [begin] = ofType(PART_INPUT)
  if (!begin?.config) return null
  const { takes, columns } = begin.config as { takes: PartFace['takes']; columns: readonly PartNeed[] }
  return {
    takes,
    needs: columns.map(({ name, type, required }) => ({ name, type, required })),
    exits: ofType(PART_OUTPUT).map(({ id, name, registered }) => ({
      id,
      name: name.ko,
      kind: registered?.ports.in.rows?.kind === 'messages' ? 'messages' : 'rows',
    })),
  }
}

/** Where a step does not know (any more) what its workflow looks like, and where there is a newer version of it. Only steps of the drawn graph: inner ones are fixed. */
export function faceFindings(graph: Graph, registry: Pick<Registry, 'node'>, inner: InnerWorkflows): Finding[] {
  // One workflow may stand in hundreds of steps.
  const faces = new Map<WorkflowDocument, PartFace | null>()
  const read = (document: WorkflowDocument): PartFace | null => {
    const face = faces.has(document) ? (faces.get(document) ?? null) : faceOf(document, registry, inner)
    faces.set(document, face)
    return face
  }
  return [...graph.steps].flatMap(([nodeId, { node, ref, inner: used }]): Finding[] => {
    if (outermost(nodeId) !== nodeId) return []
    const face = read(used.document)
    const { takes, needs, exits } = node.config
    const found: Finding[] = []
    if (face && !isDeepStrictEqual({ takes, needs, exits }, { ...face })) {
      const title = { en: 'Read them again', ko: '다시 읽기' }
      found.push({
        code: 'part-face-unknown',
        nodeId,
        fields: { part: used.name },
        field: 'workflow',
        fix: taking(title, nodeId, { ...face }),
      })
    }
    const newest = used.newest && read(used.newest.document)
    if (used.newest && newest) {
      const { version } = used.newest
      const title = { en: `Use version ${version}`, ko: `버전 ${version} 쓰기` }
      found.push({
        code: 'part-newer',
        nodeId,
        fields: { part: used.name, newest: version, version: ref.version },
        field: 'workflow',
        fix: taking(title, nodeId, { ...newest, version, name: used.name }),
      })
    }
    return found
  })
}

const taking = (title: Fix['title'], nodeId: string, config: Record<string, unknown>): Fix => ({ title, nodeId, config })
