// Generated from the real tables by server/database/generate-schema.ts; schema.test.ts fails when it is out of date.
import type { GeneratedAlways } from 'kysely'
import type { Default, Digits, Instant, JsonText, Nullable } from './column-types.ts'

export interface AuditEventTable {
  id: GeneratedAlways<string>
  workspace_id: string
  actor: string
  at: Default<Instant>
  action: string
  target_kind: string
  target_id: string
  data: Default<JsonText>
}
export interface ConnectionTable {
  workspace_id: string
  id: string
  kind: string
  name: string
  settings: Default<JsonText>
  secrets_enc: Nullable<Buffer>
  secrets_set: Default<string[]>
  dialect: Nullable<string>
  health: Default<JsonText>
  built_in: Default<boolean>
  revision: Default<number>
  deleted_at: Nullable<Instant>
  visibility: Default<string>
  created_by: Default<string>
  updated_by: Default<string>
  created_at: Default<Instant>
  updated_at: Default<Instant>
  results_edition: Default<number>
}
export interface ConnectionCatalogTable {
  workspace_id: string
  connection_id: string
  revision: number
  read_at: Instant
  content: JsonText
}
export interface ConnectionLeaseTable {
  workspace_id: string
  connection_id: string
  worker: number
  asked: number
  calls: number
}
export interface ConnectionLimitTable {
  workspace_id: string
  connection_id: string
  line_at: Default<Instant>
  reserve_at: Default<Instant>
  pace: Default<number>
  paced_at: Default<Instant>
  day: Nullable<string>
  day_used: Default<number>
  held_until: Default<Instant>
  holds: Default<number>
  score: Default<number>
  opens: Default<number>
  open_until: Nullable<Instant>
  probe_until: Nullable<Instant>
  limited_by: Nullable<JsonText>
  limited_until: Default<Instant>
}
export interface ConnectionNamesTable {
  workspace_id: string
  connection_id: string
  names: JsonText
  revision: Default<number>
  updated_by: string
  updated_at: Default<Instant>
}
export interface ConnectionQueryTable {
  workspace_id: string
  connection_id: string
  id: GeneratedAlways<string>
  at: Instant
  purpose: string
  workflow_id: Nullable<string>
  run_id: Nullable<string>
  node_id: Nullable<string>
  statement: string
  status: string
  times: number
  total_ms: number
  longest_ms: number
  rows: Digits
  slow: boolean
}
export interface DailyTotalTable {
  workspace_id: string
  day: string
  workflow_id: Nullable<string>
  version_id: Nullable<string>
  node_no: number
  state: number
  n: Digits
}
export interface ErasureTable {
  id: string
  workspace_id: string
  hashes: Digits[]
  actor: string
  at: Default<Instant>
  done_at: Nullable<Instant>
  lists_done_at: Nullable<Instant>
}
export interface EventTriggerTable {
  workflow_id: string
  workspace_id: string
  version_id: string
  node_id: string
  event: Nullable<string>
}
export interface KeeperTable {
  task: string
  done_at: Instant
}
export interface ListPartTable {
  workspace_id: string
  list_id: string
  version: number
  no: number
  rows: Buffer
}
export interface ListVersionTable {
  workspace_id: string
  list_id: string
  version: number
  columns: JsonText
  row_count: number
  created_by: string
  created_at: Default<Instant>
  replaced_at: Nullable<Instant>
}
export interface MessagesTable {
  run_no: Digits
  node_no: number
  seq: number
  attempt: Default<number>
  chunk_no: number
  kind: Default<number>
  state: number
  address_hash: Nullable<Digits>
  provider_id: Nullable<string>
  error_code: Nullable<string>
  cost: Nullable<number>
  sent_at: Nullable<Instant>
  final_at: Nullable<Instant>
  history: Nullable<JsonText>
}
export interface NodeDescriptionTable {
  workspace_id: string
  hash: string
  described: Nullable<JsonText>
  error: Nullable<JsonText>
  created_at: Default<Instant>
}
export interface NoticeTable {
  id: string
  workspace_id: string
  kind: string
  subject: string
  run_id: Nullable<string>
  workflow_id: Nullable<string>
  connection_id: Nullable<string>
  code: string
  fields: Default<JsonText>
  state: Default<string>
  turn: Default<number>
  count: Default<number>
  mark: Default<Digits>
  first_seen_at: Default<Instant>
  last_seen_at: Default<Instant>
  changed_at: Default<Instant>
  dismissed_by: Nullable<string>
}
export interface NoticeDeliveryTable {
  id: string
  workspace_id: string
  way: string
  items: JsonText
  state: Default<string>
  attempts: Default<number>
  next_at: Default<Instant>
  claimed_at: Nullable<Instant>
  error: Nullable<JsonText>
  created_at: Default<Instant>
  ended_at: Nullable<Instant>
}
export interface NoticeLookTable {
  one: Default<boolean>
  looked_at: Default<Instant>
  closed_until: Default<Instant>
  missed_until: Default<Digits>
  base_url: Nullable<string>
  memory: Default<JsonText>
}
export interface NoticeSettingsTable {
  workspace_id: string
  kinds: string[]
  failure_percent: number
  wait_minutes: number
  late_minutes: number
  webhook: JsonText
  email: JsonText
  secrets_enc: Nullable<Buffer>
  secrets_set: Default<string[]>
  updated_by: Default<string>
  updated_at: Default<Instant>
}
export interface NoticeToldTable {
  workspace_id: string
  notice_id: string
  way: string
  turn: number
}
export interface PinnedSampleTable {
  workspace_id: string
  workflow_id: string
  node_id: string
  meaning: string
  rows_enc: Buffer
  created_at: Default<Instant>
}
export interface RequestKeyTable {
  workspace_id: string
  scope: string
  key: string
  body_hash: Buffer
  answer: JsonText
  created_at: Default<Instant>
}
export interface RunAnswersTable {
  run_no: Digits
  node_no: number
  chunk_no: number
  answers: Buffer
}
export interface RunCallTable {
  run_no: Digits
  node_no: number
  chunk_no: number
  from_row: number
  epoch: number
  handle: Nullable<string>
  accepted: Nullable<number>
  body_hash: Nullable<Buffer>
  next_poll_at: Nullable<Instant>
  poll_cursor: Nullable<string>
  closes_at: Nullable<Instant>
}
export interface RunChunkTable {
  run_no: Digits
  node_no: number
  no: number
  attempt: Default<number>
  kind: Default<number>
  n: number
  seq_from: number
  seq_to: number
  state: Default<number>
  priority: Default<number>
  claimed: Default<number>
  epoch: Default<number>
  owner: Nullable<number>
  send_deadline: Nullable<Instant>
  ready_at: Default<Instant>
  sent: Default<number>
  failed: Default<number>
  unconfirmed: Default<number>
  skipped: Default<number>
  moved: Default<number>
  doubt: Default<number>
  folded: Default<boolean>
  rows: Buffer
  freed_epoch: Nullable<number>
  came_at: Nullable<Instant>
}
export interface RunDayDeltaTable {
  run_no: Digits
  node_no: number
  day: string
  state: number
  n: number
}
export interface RunEventsTable {
  id: GeneratedAlways<string>
  run_no: Digits
  at: Default<Instant>
  kind: string
  actor: Default<string>
  data: Default<JsonText>
}
export interface RunNodeTable {
  run_no: Digits
  node_no: number
  port: number
  worker: number
  rows: Default<Digits>
}
export interface RunProgressTable {
  run_no: Digits
  worker: number
  node_no: number
  sent: Default<number>
  failed: Default<number>
}
export interface RunReadTable {
  run_no: Digits
  node_no: number
  worker: number
  statements: Default<Digits>
  database_ms: Default<number>
  ambiguous: Default<Digits>
}
export interface RunReportCountsTable {
  run_no: Digits
  node_no: number
  state: number
  shard: number
  n: number
}
export interface SavedObjectTable {
  id: string
  workspace_id: string
  kind: string
  name: string
  description: Default<string>
  category: Default<string>
  tags: Default<string[]>
  body: JsonText
  revision: Default<number>
  usage_count: Default<number>
  last_used_at: Nullable<Instant>
  deleted_at: Nullable<Instant>
  visibility: Default<string>
  created_by: Default<string>
  updated_by: Default<string>
  created_at: Default<Instant>
  updated_at: Default<Instant>
}
export interface SavedObjectFavoriteTable {
  workspace_id: string
  object_id: string
  actor: string
  created_at: Default<Instant>
}
export interface ScheduleTable {
  id: string
  workspace_id: string
  workflow_id: string
  version_id: string
  node_id: string
  cron: string
  timezone: string
  next_fire_at: Nullable<Instant>
  updated_at: Default<Instant>
  missed_policy: Default<string>
  missed_hours: Nullable<number>
  overlap_policy: Default<string>
  held_since: Nullable<Instant>
  held_until: Nullable<Instant>
}
export interface StoredListTable {
  id: string
  workspace_id: string
  name: string
  version: number
  key_enc: Nullable<Buffer>
  deleted_at: Nullable<Instant>
  visibility: Default<string>
  created_by: Default<string>
  updated_by: Default<string>
  created_at: Default<Instant>
  updated_at: Default<Instant>
}
export interface TakenKeyTable {
  workspace_id: string
  scope: string
  key: string
  body_hash: Buffer
  run_id: string
  run_no: Digits
  seq: number
  n: number
  created_at: Default<Instant>
}
export interface TemplateTable {
  id: string
  workspace_id: string
  app_id: Nullable<string>
  workflow_id: Nullable<string>
  node_id: Nullable<string>
  name: string
  visibility: Default<string>
  created_by: Default<string>
  updated_by: Default<string>
  created_at: Default<Instant>
  updated_at: Default<Instant>
}
export interface TemplateVersionTable {
  id: string
  workspace_id: string
  template_id: string
  version: number
  hash: string
  content: JsonText
  created_by: Default<string>
  created_at: Default<Instant>
}
export interface WebhookTable {
  id: string
  workspace_id: string
  workflow_id: string
  node_id: string
  secrets_enc: Buffer
  created_by: Default<string>
  created_at: Default<Instant>
  rotated_at: Nullable<Instant>
}
export interface WorkerTable {
  no: number
  started_at: Default<Instant>
  seen_at: Default<Instant>
  host: string
  pid: number
  node_types: Default<string[]>
  lanes: Default<number>
}
export interface WorkflowTable {
  id: string
  workspace_id: string
  app_id: Nullable<string>
  name: string
  document: JsonText
  revision: Default<number>
  enabled: Default<boolean>
  published_version: Nullable<number>
  published_revision: Nullable<number>
  published_at: Nullable<Instant>
  last_run_number: Default<number>
  deleted_at: Nullable<Instant>
  visibility: Default<string>
  created_by: Default<string>
  updated_by: Default<string>
  created_at: Default<Instant>
  updated_at: Default<Instant>
  built_in: Nullable<string>
}
export interface WorkflowOriginalTable {
  workflow_id: string
  workspace_id: string
  form: string
  content: JsonText
  notes: JsonText
  created_by: Default<string>
  created_at: Default<Instant>
}
export interface WorkflowRunTable {
  id: string
  run_no: Digits
  workspace_id: string
  app_id: Nullable<string>
  workflow_id: string
  version_id: string
  number: number
  kind: Default<number>
  trigger: string
  trigger_payload_enc: Nullable<Buffer>
  schedule_id: Nullable<string>
  fire_at: Nullable<Instant>
  actor: Default<string>
  state: Default<number>
  reason: Nullable<JsonText>
  cancel_requested: Default<boolean>
  pinned: JsonText
  key_enc: Nullable<Buffer>
  total: Nullable<number>
  chosen_out: Default<number>
  outcomes: Nullable<JsonText>
  law: Nullable<JsonText>
  previous_run_at: Nullable<Instant>
  started_at: Default<Instant>
  sending_ended_at: Nullable<Instant>
  closed_at: Nullable<Instant>
  seen_at: Nullable<Instant>
  blocked: Nullable<JsonText>
  pause_requested: Default<boolean>
  approved: Nullable<JsonText>
  first_n: Nullable<number>
  test_addresses_enc: Nullable<Buffer>
  repeats: Nullable<string>
  open_key: Nullable<string>
  rows_closed_at: Nullable<Instant>
  totals_at: Nullable<Instant>
  kept: Nullable<JsonText>
  details_dropped_at: Nullable<Instant>
  erased_at: Nullable<Instant>
  timed_from: Nullable<Instant>
  asks: Default<boolean>
  prepared: Nullable<JsonText>
  lists: Nullable<JsonText>
  rested_ms: Default<number>
}
export interface WorkflowVersionTable {
  id: string
  workspace_id: string
  workflow_id: string
  version: Nullable<number>
  revision: number
  pinned: JsonText
  summaries: Default<JsonText>
  created_by: Default<string>
  created_at: Default<Instant>
}
export interface WorkspaceTable {
  id: string
  name: string
  timezone: Default<string>
  language: Default<string>
  hash_key_enc: Buffer
  created_at: Default<Instant>
  guards: Default<JsonText>
  keep_months: Default<number>
  welcome_workflow_id: Nullable<string>
}
