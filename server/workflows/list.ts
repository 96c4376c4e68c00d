import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Localized } from '#schemas/localized.ts'
import type { RunItem } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { RUN_STATES } from '#schemas/states.ts'
import { orderOf } from '#runtime/compile/order.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Database } from '#server/database/schema.ts'
import type { WorkflowRow } from './rows.ts'
import { publishedOf } from './rows.ts'

interface RecentRun {
  workflow_id: string
  id: string
  number: number
  state: number
  version: number | null
  kind: number
  trigger: string
  started_at: string
  sending_ended_at: string | null
  closed_at: string | null
  total: number | null
  outcomes: Record<string, number> | null
}

const SENT = ['sent', 'delivered', 'converted']
const FAILED = ['failed', 'expired', 'unconfirmed']

const sumOf = (outcomes: Record<string, number> | null, states: readonly string[]): number =>
  states.reduce((sum, state) => sum + (outcomes?.[state] ?? 0), 0)

/** The last eight runs of each workflow, newest first, in one question. */
async function recentRuns(db: Kysely<Database>, workspaceId: string, ids: readonly string[]): Promise<Map<string, RecentRun[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<RecentRun>`
    select w.id as workflow_id, r.id, r.number, r.state, v.version, r.kind, r.trigger, r.started_at, r.sending_ended_at, r.closed_at, r.total, r.outcomes
    from unnest(${[...ids]}::uuid[]) as w(id)
    cross join lateral (select * from workflow_run r where r.workflow_id = w.id and r.workspace_id = ${workspaceId} order by started_at desc limit 8) r
    join workflow_version v on v.id = r.version_id`.execute(db)
  return Map.groupBy(rows, ({ workflow_id }) => workflow_id)
}

function lastRunOf(run: RecentRun, workflowName: string): RunItem {
  return {
    id: run.id,
    number: run.number,
    workflowId: run.workflow_id,
    workflowName,
    version: run.version ?? 'draft',
    kind: run.kind === 1 ? 'test' : 'live',
    trigger: run.trigger,
    state: RUN_STATES[run.state] ?? 'failed',
    reason: null,
    startedAt: run.started_at,
    sendingEndedAt: run.sending_ended_at,
    closedAt: run.closed_at,
    recipients: run.total,
    outcomes: run.outcomes ?? {},
  }
}

/** The steps as icons, in the order in which rows walk through them. */
function chainOf(document: WorkflowDocument, registry: Pick<Registry, 'node'>): WorkflowItem['chain'] {
  const byId = new Map(document.nodes.map((node) => [node.id, node]))
  const wires = document.edges
    .filter(({ source, target }) => byId.has(source) && byId.has(target))
    .map((edge) => ({ edgeId: edge.id, from: edge.source, fromPort: edge.sourcePort, to: edge.target, toPort: edge.targetPort }))
  const { ids: order } = orderOf([...byId.keys()], wires)
  return order.flatMap((id) => {
    const node = byId.get(id)
    const found = node && registry.node(node.type)
    return node
      ? [
          {
            type: node.type,
            icon: found?.descriptor.icon ?? 'puzzle',
            role: found?.descriptor.role ?? 'transform',
            label: node.label ?? '',
          },
        ]
      : []
  })
}

/** The trigger's own words ("매주 월요일 09:00"): they lean on nothing outside, so none is asked. */
function triggerOf(document: WorkflowDocument, registry: Pick<Registry, 'node'>): WorkflowItem['trigger'] {
  for (const node of document.nodes) {
    const found = registry.node(node.type)
    if (found?.type.role !== 'trigger') continue
    const { config, errors } = found.load(node.config, node.typeVersion)
    const nothing = { described: null, describeFailed: false, timezone: '', connection: () => null }
    const summary: Localized | null = errors.length === 0 ? (found.type.summary?.(config, nothing) ?? null) : null
    return { type: node.type, summary }
  }
  return null
}

export interface ListDeps {
  readonly db: Kysely<Database>
  readonly registry: Pick<Registry, 'node'>
  /** Counts of errors and warnings of a draft. */
  problems(row: WorkflowRow): Promise<WorkflowItem['problems']>
}

/** A page of workflows, newest change first. `cursor`: `updatedAt id` of the last one. */
export async function listWorkflows(
  deps: ListDeps,
  { workspaceId, limit, cursor }: { workspaceId: string; limit: number; cursor?: string | undefined },
): Promise<{ items: WorkflowItem[]; nextCursor: string | null }> {
  const after = cursor?.split(' ')
  let query = deps.db
    .selectFrom('workflow as w')
    .leftJoin('schedule as s', 's.workflow_id', 'w.id')
    .selectAll('w')
    .select('s.next_fire_at')
    .where('w.workspace_id', '=', workspaceId)
    .where('w.deleted_at', 'is', null)
    .orderBy('w.updated_at', 'desc')
    .orderBy('w.id', 'desc')
    .limit(limit + 1)
  if (after?.[0] && after[1])
    query = query.where(sql<boolean>`(w.updated_at, w.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const [runs, problems] = await Promise.all([
    recentRuns(
      deps.db,
      workspaceId,
      page.map(({ id }) => id),
    ),
    Promise.all(page.map((row) => deps.problems(row))),
  ])
  const items = page.map((row, i): WorkflowItem => {
    const document = row.document as WorkflowDocument
    const recent = runs.get(row.id) ?? []
    return {
      id: row.id,
      name: row.name,
      revision: row.revision,
      enabled: row.enabled,
      published: publishedOf(row),
      problems: problems[i] ?? { errors: 0, warnings: 0 },
      chain: chainOf(document, deps.registry),
      trigger: triggerOf(document, deps.registry),
      nextRunAt: row.next_fire_at,
      lastRun: recent[0] ? lastRunOf(recent[0], row.name) : null,
      recent: recent.toReversed().map((run) => ({
        id: run.id,
        state: RUN_STATES[run.state] ?? 'failed',
        sent: sumOf(run.outcomes, SENT),
        failed: sumOf(run.outcomes, FAILED),
      })),
      updatedAt: row.updated_at,
    }
  })
  const last = page.at(-1)
  return { items, nextCursor: rows.length > limit && last ? `${last.updated_at} ${last.id}` : null }
}
