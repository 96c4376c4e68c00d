import type { Problem } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '#schemas/workflow.ts'

/** What there was when a screen reader last heard of it. */
export interface Told {
  readonly document: WorkflowDocument
  /** Null: not judged yet. */
  readonly problems: Readonly<Record<string, readonly Problem[]>> | null
}

/** What is worth telling to somebody who does not see the picture. */
export interface News {
  readonly added: readonly WorkflowNode[]
  readonly removed: readonly WorkflowNode[]
  readonly joined: readonly WorkflowEdge[]
  readonly cut: readonly WorkflowEdge[]
  /** Steps with more errors than before, and how many they have. */
  readonly wrong: readonly { readonly node: WorkflowNode; readonly count: number }[]
  /** Steps whose last error is gone. */
  readonly mended: readonly WorkflowNode[]
}

/** What changed since then. Lines that came or went with a step, or gave way to one, are not news of their own. */
export function newsSince(before: Told, now: Told): News {
  const old = new Set(before.document.nodes.map(({ id }) => id))
  const current = new Set(now.document.nodes.map(({ id }) => id))
  const added = now.document.nodes.filter(({ id }) => !old.has(id))
  const removed = before.document.nodes.filter(({ id }) => !current.has(id))
  const steady = added.length === 0 && removed.length === 0
  const { wrong, mended } = problemNews(before, now)
  return {
    added,
    removed,
    joined: steady ? linesOnlyIn(now.document, before.document) : [],
    cut: steady ? linesOnlyIn(before.document, now.document) : [],
    wrong,
    mended,
  }
}

function problemNews(before: Told, now: Told): Pick<News, 'wrong' | 'mended'> {
  if (before.problems === null || now.problems === null) return { wrong: [], mended: [] }
  const [then, current] = [before.problems, now.problems]
  const counts = now.document.nodes.map((node) => ({
    node,
    count: errorsIn(current[node.id]),
    was: errorsIn(then[node.id]),
  }))
  return {
    wrong: counts.filter(({ count, was }) => count > was).map(({ node, count }) => ({ node, count })),
    mended: counts.filter(({ count, was }) => count === 0 && was > 0).map(({ node }) => node),
  }
}

function errorsIn(problems: readonly Problem[] = []): number {
  return problems.filter(({ severity }) => severity === 'error').length
}

function linesOnlyIn(here: WorkflowDocument, there: WorkflowDocument): WorkflowEdge[] {
  const ends = ({ source, sourcePort, target, targetPort }: WorkflowEdge) => [source, sourcePort, target, targetPort].join('/')
  const known = new Set(there.edges.map(ends))
  return here.edges.filter((edge) => !known.has(ends(edge)))
}
