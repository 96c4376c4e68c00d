import type { PlanRead, QueryPlan } from '#schemas/query-plan.ts'
import { comparedColumns } from './compared-columns.ts'

/** What of a node of `EXPLAIN (FORMAT JSON, VERBOSE)` is looked at (documentation of EXPLAIN; names as they come). */
export interface PostgresNode {
  readonly 'Node Type': string
  readonly Schema?: string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Plan Rows'?: number
  readonly 'Total Cost'?: number
  readonly Filter?: string
  readonly Plans?: readonly PostgresNode[]
}

/** Rows of a table by `schema.name`, as the server's statistics have it. */
export type TableRows = ReadonlyMap<string, number>

const nodesOf = (node: PostgresNode): PostgresNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

export const tableKey = (node: PostgresNode): string => `${node.Schema ?? ''}.${node['Relation Name'] ?? ''}`

/** The tables that a plan reads from end to end. */
export const wholeTablesOf = (root: PostgresNode): string[] => [
  ...new Set(nodesOf(root).flatMap((node) => (node['Node Type'] === 'Seq Scan' ? [tableKey(node)] : []))),
]

function readOf(node: PostgresNode, { rows, times }: { rows: TableRows; times: number | null }): PlanRead | null {
  const type = node['Node Type']
  const table = node['Relation Name']
  if (table === undefined || !type.endsWith('Scan')) return null
  const all = type === 'Seq Scan'
  const index = node['Index Name'] ?? node.Plans?.map((plan) => plan['Index Name']).find((name) => name !== undefined) ?? null
  return {
    table,
    way: all ? 'all' : 'lookup',
    index,
    rows: (all ? rows.get(tableKey(node)) : undefined) ?? node['Plan Rows'] ?? null,
    times,
    comparedBy: all ? comparedColumns(node.Filter ?? '') : [],
  }
}

/** The inner side of a nested loop is gone through once for each row of the outer one. */
function readsOf(node: PostgresNode, { rows, times }: { rows: TableRows; times: number }): PlanRead[] {
  const own = readOf(node, { rows, times })
  const [outer, ...inner] = node.Plans ?? []
  const again = node['Node Type'] === 'Nested Loop' ? times * Math.max(1, outer?.['Plan Rows'] ?? 1) : times
  return [
    ...(own ? [own] : []),
    ...(outer ? readsOf(outer, { rows, times }) : []),
    ...inner.flatMap((plan) => readsOf(plan, { rows, times: again })),
  ]
}

/** The plan of PostgreSQL in the words that all dialects share. */
export function postgresPlan(root: PostgresNode, rows: TableRows): QueryPlan {
  const types = nodesOf(root).map((node) => node['Node Type'])
  return {
    reads: readsOf(root, { rows, times: 1 }),
    sorts: types.some((type) => type.endsWith('Sort')),
    groups: types.some((type) => /Aggregate|Group/.test(type)),
    rows: root['Plan Rows'] ?? null,
    cost: root['Total Cost'] ?? null,
  }
}
