/**
 * How long the rows of a table stay. `lasting`: as long as what they describe, and why that is no growth without end. `month`: dropped with
 * the partition of their month. `run`: deleted with the details of their run. `age`: deleted when `column` is older. `own`: their owner
 * clears them away.
 */
export type Policy =
  | { readonly kind: 'lasting'; readonly why: string }
  | { readonly kind: 'month' }
  | { readonly kind: 'run' }
  | { readonly kind: 'age'; readonly column: string; readonly hours: number; readonly where?: string }
  | { readonly kind: 'own'; readonly why: string }

const DAY = 24
const made = (what: string): Policy => ({ kind: 'lasting', why: `one row for each ${what} that people make` })

/** Every table with its policy; docs/retention.md shows it, a test compares it with the database. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  audit_event: { kind: 'age', column: 'at', hours: 5 * 365 * DAY },
  connection: made('connection'),
  connection_catalog: made('connection'),
  connection_lease: { kind: 'own', why: 'one row for each connection and worker; those of dead workers go with the next lease' },
  connection_limit: made('connection'),
  connection_names: made('connection'),
  connection_query: { kind: 'age', column: 'at', hours: 7 * DAY },
  daily_total: { kind: 'lasting', why: 'a few rows a day and workflow, no people in them' },
  erasure: { kind: 'lasting', why: 'the proof that somebody was erased: hashes only' },
  event_trigger: made('workflow'),
  keeper: { kind: 'lasting', why: 'one row for each kind of tidying' },
  list_part: { kind: 'own', why: 'deleted with its version' },
  list_version: {
    kind: 'own',
    why: 'the newest stays as long as its list; older ones go an hour after they were replaced, when no open run reads them; one that is still being brought in goes when nobody finished it for a day',
  },
  messages: { kind: 'month' },
  node_description: { kind: 'age', column: 'created_at', hours: 30 * DAY },
  notice: { kind: 'age', column: 'changed_at', hours: 90 * DAY, where: `state <> 'open'` },
  notice_delivery: { kind: 'age', column: 'created_at', hours: 30 * DAY, where: 'ended_at is not null' },
  notice_look: { kind: 'lasting', why: 'one row' },
  notice_settings: made('workspace'),
  notice_told: { kind: 'own', why: 'deleted with its notice' },
  pinned_sample: { kind: 'age', column: 'created_at', hours: 30 * DAY },
  request_key: { kind: 'age', column: 'created_at', hours: 24 },
  run_answers: { kind: 'month' },
  run_call: { kind: 'month' },
  run_chunk: { kind: 'month' },
  run_day_delta: { kind: 'own', why: 'taken away each minute by the fold' },
  run_events: { kind: 'run' },
  run_node: { kind: 'run' },
  run_progress: { kind: 'run' },
  run_read: { kind: 'run' },
  run_report_counts: { kind: 'run' },
  saved_object: { kind: 'age', column: 'deleted_at', hours: 30 * DAY, where: 'deleted_at is not null' },
  saved_object_favorite: { kind: 'own', why: 'deleted with what it marks' },
  schedule: made('workflow'),
  schema_migration: { kind: 'lasting', why: 'one row for each step of the schema' },
  stored_list: { kind: 'lasting', why: 'one row for each list that people paste; its rows go at once when they delete it' },
  taken_key: { kind: 'age', column: 'created_at', hours: 24 },
  template: made('template'),
  template_version: made('template'),
  webhook: made('workflow'),
  worker: { kind: 'age', column: 'seen_at', hours: 7 * DAY },
  workflow: made('workflow'),
  workflow_original: made('workflow'),
  workflow_run: { kind: 'lasting', why: 'a run keeps its row, outcomes, totals and law after its people were deleted' },
  workflow_version: made('version'),
  workspace: made('workspace'),
}

/** Names of the tables of one kind of policy. */
export function tablesOf(kind: Policy['kind']): string[] {
  return Object.entries(POLICIES).flatMap(([table, policy]) => (policy.kind === kind ? [table] : []))
}
