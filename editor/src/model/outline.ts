import type { WorkflowDocument, WorkflowEdge } from '#schemas/workflow.ts'
import { isSideDoor } from './lines.ts'

/** A step in the list: how deep it stands, and its place among those that stand beside it. */
export interface OutlineRow {
  readonly id: string
  /** 1: on the main way; a branch stands one deeper than the step that it leaves. */
  readonly level: number
  /** From 1. */
  readonly place: number
  readonly of: number
}

interface Waiting {
  readonly id: string
  readonly level: number
}

/** The graph as a list in the order in which rows come along: a branch before the way goes on, each step once, after all that lead to it. */
export function outlineOf(document: Pick<WorkflowDocument, 'nodes' | 'edges'>): OutlineRow[] {
  const { leaving, missing } = linesOf(document)
  const rows: Waiting[] = []
  const open: Waiting[] = document.nodes
    .filter(({ id }) => missing.get(id) === 0)
    .map(({ id }) => ({ id, level: 1 }))
    .toReversed()
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    rows.push(row)
    open.push(...onwardFrom(row, leaving.get(row.id) ?? [], missing).toReversed())
  }
  // What goes round in a circle has no beginning.
  const listed = new Set(rows.map(({ id }) => id))
  for (const { id } of document.nodes) if (!listed.has(id)) rows.push({ id, level: 1 })
  return withPlaces(rows)
}

function linesOf({ nodes, edges }: Pick<WorkflowDocument, 'nodes' | 'edges'>) {
  const missing = new Map(nodes.map(({ id }) => [id, 0]))
  const leaving = new Map<string, WorkflowEdge[]>()
  for (const edge of edges) {
    const count = missing.get(edge.target)
    if (count === undefined || !missing.has(edge.source)) continue
    missing.set(edge.target, count + 1)
    leaving.set(edge.source, [...(leaving.get(edge.source) ?? []), edge])
  }
  return { leaving, missing }
}

/** Steps for which nothing is missing any more now, branches first. A single way on is no branch. */
function onwardFrom({ level }: Waiting, lines: readonly WorkflowEdge[], missing: Map<string, number>): Waiting[] {
  const straight = lines.filter((line) => !isSideDoor(line.sourcePort))
  const main = straight.length === 1 ? straight[0] : undefined
  const branches: Waiting[] = []
  const onward: Waiting[] = []
  for (const line of lines) {
    const left = (missing.get(line.target) ?? 0) - 1
    missing.set(line.target, left)
    if (left > 0) continue
    if (line === main) onward.push({ id: line.target, level })
    else branches.push({ id: line.target, level: level + 1 })
  }
  return [...branches, ...onward]
}

/** Those of one level that no lower level separates stand beside each other. */
function withPlaces(rows: readonly Waiting[]): OutlineRow[] {
  const groups: string[][] = []
  const groupOf = new Map<string, string[]>()
  for (const { id, level } of rows) {
    groups.length = Math.min(groups.length, level)
    const group = groups[level - 1] ?? []
    groups[level - 1] = group
    group.push(id)
    groupOf.set(id, group)
  }
  return rows.map(({ id, level }) => {
    const group = groupOf.get(id) ?? [id]
    return { id, level, place: group.indexOf(id) + 1, of: group.length }
  })
}
