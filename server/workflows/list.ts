import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Language, Localized } from '#schemas/localized.ts'
import type { RunItem } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { orderOf } from '#runtime/compile/order.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Database } from '#server/database/schema.ts'
import { cursorParts } from '#server/paging.ts'
import type { RunFactsDeps } from '#server/runs/facts.ts'
import { toRunItems } from '#server/runs/list.ts'
import { RUN_COLUMNS, type RunRow } from '#server/runs/run-row.ts'
import type { WorkflowRow } from './rows.ts'
import { publishedOf } from './rows.ts'

const SENT = ['sent', 'delivered', 'converted']
const FAILED = ['failed', 'expired', 'unconfirmed']

const sumOf = (outcomes: Readonly<Record<string, number>>, states: readonly string[]): number =>
  states.reduce((sum, state) => sum + (outcomes[state] ?? 0), 0)

/** The last eight runs of each workflow (tests are none of them), newest first, in one question. */
async function recentRuns(
  deps: ListDeps,
  { workspaceId, ids, language }: { workspaceId: string; ids: readonly string[]; language: Language },
): Promise<Map<string, RunItem[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await deps.reading.pool.query<RunRow>(
    `select ${RUN_COLUMNS} from unnest($2::uuid[]) as wanted(id)
     cross join lateral (
       select * from workflow_run
       where workflow_id = wanted.id and workspace_id = $1 and kind <> 1 order by started_at desc limit 8) r
     join workflow w on w.id = r.workflow_id join workflow_version v on v.id = r.version_id
     order by r.started_at desc`,
    [workspaceId, ids],
  )
  const items = await toRunItems(deps.reading, rows, language)
  return Map.groupBy(items, ({ workflowId }) => workflowId)
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
    const nothing = { described: null, describeFailed: false, timezone: '', connection: () => null, list: () => null }
    const summary: Localized | null = errors.length === 0 ? (found.type.summary?.(config, nothing) ?? null) : null
    return { type: node.type, summary }
  }
  return null
}

export interface ListDeps {
  readonly db: Kysely<Database>
  readonly registry: Pick<Registry, 'node'>
  readonly reading: Pick<RunFactsDeps, 'pool' | 'known'>
  /** Counts of errors and warnings of a draft. */
  problems(row: WorkflowRow): Promise<WorkflowItem['problems']>
}

/** A page of workflows, newest change first. `cursor`: `updatedAt id` of the last one. @throws AppError `invalid-request` */
export async function listWorkflows(
  deps: ListDeps,
  {
    workspaceId,
    limit,
    cursor,
    language,
  }: { workspaceId: string; limit: number; cursor?: string | undefined; language: Language },
): Promise<{ items: WorkflowItem[]; nextCursor: string | null }> {
  const after = cursorParts(cursor, 2)
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
  if (after) query = query.where(sql<boolean>`(w.updated_at, w.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const [runs, problems] = await Promise.all([
    recentRuns(deps, { workspaceId, ids: page.map(({ id }) => id), language }),
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
      lastRun: recent[0] ?? null,
      recent: recent
        .toReversed()
        .map(({ id, state, outcomes }) => ({ id, state, sent: sumOf(outcomes, SENT), failed: sumOf(outcomes, FAILED) })),
      updatedAt: row.updated_at,
    }
  })
  const last = page.at(-1)
  return { items, nextCursor: rows.length > limit && last ? `${last.updated_at} ${last.id}` : null }
}
