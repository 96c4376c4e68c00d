import type { WorkflowItem } from '#schemas/api/workflows.ts'
import type { Passed } from '#schemas/api/schedules.ts'
import type { Connection } from '#schemas/connection.ts'

/** Something a person has to look at, and where. */
export type Attention =
  | { kind: 'paused' | 'failed'; key: string; name: string; runId: string; number: number; reason: string | null }
  | { kind: 'unconfirmed'; key: string; name: string; runId: string; number: number; count: number }
  | { kind: 'problems'; key: string; name: string; workflowId: string; count: number; version: number }
  | { kind: 'missed'; key: string; name: string; workflowId: string; count: number; fireAt: string }
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

const order: Readonly<Record<Attention['kind'], number>> = {
  paused: 0,
  failed: 1,
  missed: 2,
  connection: 3,
  unconfirmed: 4,
  problems: 5,
}

/** Missed times by workflow, as `GET …/missed-fires` gives them (newest first). */
export type MissedByWorkflow = ReadonlyMap<string, readonly Pick<Passed, 'fireAt' | 'outcome'>[]>

function missedOf(item: WorkflowItem, missed: MissedByWorkflow): Attention[] {
  const open = (missed.get(item.id) ?? []).filter(({ outcome }) => outcome === 'open')
  const newest = open[0]
  if (newest === undefined) return []
  const { id, name } = item
  return [{ kind: 'missed', key: `${id} missed`, name, workflowId: id, count: open.length, fireAt: newest.fireAt }]
}

interface Known {
  readonly workflows: readonly WorkflowItem[]
  readonly connections: readonly Connection[]
  readonly missed: MissedByWorkflow
}

/** Everything that needs a person, what stands still first. */
export function attentionOf({ workflows, connections, missed }: Known): Attention[] {
  const broken = connections
    .filter(({ health }) => health.state === 'failed')
    .map(({ id, name, health }): Attention => ({
      kind: 'connection',
      key: `${id} connection`,
      name,
      connectionId: id,
      reason: health.error?.message ?? null,
    }))
  return [...workflows.flatMap((item) => [...ofWorkflow(item), ...missedOf(item, missed)]), ...broken].sort(
    (a, b) => order[a.kind] - order[b.kind],
  )
}
