import type { PlanRead, QueryPlan } from '#schemas/query-plan.ts'
import { comparedColumns } from './compared-columns.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type Fields = { readonly [key: string]: Json }

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOf = (value: Json | undefined): number | null => {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : null
}
const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)

const WAYS: Readonly<Record<string, PlanRead['way']>> = {
  ALL: 'all',
  // All of an index is as many entries as the table has rows.
  index: 'all',
  range: 'range',
  index_merge: 'range',
  const: 'one',
  system: 'one',
  eq_ref: 'one',
}

/** `table_name` is the name that the statement gives it; its own where the statement says so. */
function readOf(table: Fields, aliases: ReadonlyMap<string, string>): PlanRead | null {
  const name = textOf(table.table_name)
  const type = textOf(table.access_type)
  if (name === null || type === null || name.startsWith('<')) return null
  const way = WAYS[type] ?? 'lookup'
  const condition = textOf(table.attached_condition) ?? ''
  return {
    table: aliases.get(name.toLowerCase()) ?? name,
    way,
    index: textOf(table.key),
    rows: numberOf(table.rows_examined_per_scan ?? table.rows),
    times: numberOf(table.loops),
    comparedBy: way === 'all' ? comparedColumns(condition) : [],
  }
}

function tablesOf(node: Json | undefined): Fields[] {
  if (Array.isArray(node)) return (node as readonly Json[]).flatMap(tablesOf)
  if (!isFields(node)) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'table' && isFields(value) ? [value, ...tablesOf(value)] : tablesOf(value),
  )
}

function has(node: Json | undefined, pattern: RegExp): boolean {
  if (Array.isArray(node)) return (node as readonly Json[]).some((one) => has(one, pattern))
  if (!isFields(node)) return false
  return Object.entries(node).some(([key, value]) => (pattern.test(key) && value !== false) || has(value, pattern))
}

/** The plan of MySQL or MariaDB (`EXPLAIN FORMAT=JSON`) in the words that all dialects share. */
export function mysqlPlan(json: string, aliases: ReadonlyMap<string, string>): QueryPlan {
  // The server's own document: plain JSON.
  const block = (JSON.parse(json) as Fields).query_block
  const fields = isFields(block) ? block : {}
  const cost = isFields(fields.cost_info) ? numberOf(fields.cost_info.query_cost) : numberOf(fields.cost)
  return {
    reads: tablesOf(fields).flatMap((table) => readOf(table, aliases) ?? []),
    sorts: has(fields, /^(filesort|ordering_operation|read_sorted_file)$/),
    groups: has(fields, /^(grouping_operation|temporary_table)$/),
    rows: null,
    cost,
  }
}
