import type { WorkflowItem } from '#schemas/api/workflows.ts'
import type { Connection } from '#schemas/connection.ts'

/** Something a person has to look at, and where. */
export type Attention =
  | { kind: 'paused' | 'failed'; key: string; name: string; runId: string; number: number; reason: string | null }
  | { kind: 'unconfirmed'; key: string; name: string; runId: string; number: number; count: number }
  | { kind: 'problems'; key: string; name: string; workflowId: string; count: number; version: number }
  | { kind: 'connection'; key: string; name: string; connectionId: string; reason: string | null }

/** What of a workflow needs a person: its last run, and errors in the draft of one that runs by itself. */
function ofWorkflow(item: WorkflowItem): Attention[] {
  const { id, name, lastRun, enabled, published, problems } = item
  const found: Attention[] = []
  if (lastRun !== null) {
    const run = { name, runId: lastRun.id, number: lastRun.number }
    if (lastRun.state === 'paused' || lastRun.state === 'failed') {
      found.push({ kind: lastRun.state, key: `${lastRun.id} state`, ...run, reason: lastRun.reason?.message ?? null })
    }
    const count = lastRun.outcomes['unconfirmed'] ?? 0
    if (count > 0) found.push({ kind: 'unconfirmed', key: `${lastRun.id} unconfirmed`, ...run, count })
  }
  if (enabled && published !== null && problems.errors > 0) {
    found.push({
      kind: 'problems',
      key: `${id} problems`,
      name,
      workflowId: id,
      count: problems.errors,
      version: published.version,
    })
  }
  return found
}

const order: Readonly<Record<Attention['kind'], number>> = { paused: 0, failed: 1, connection: 2, unconfirmed: 3, problems: 4 }

/** Everything that needs a person, what stands still first. */
export function attentionOf(workflows: readonly WorkflowItem[], connections: readonly Connection[]): Attention[] {
  const broken = connections
    .filter(({ health }) => health.state === 'failed')
    .map(({ id, name, health }): Attention => ({
      kind: 'connection',
      key: `${id} connection`,
      name,
      connectionId: id,
      reason: health.error?.message ?? null,
    }))
  return [...workflows.flatMap(ofWorkflow), ...broken].sort((a, b) => order[a.kind] - order[b.kind])
}
