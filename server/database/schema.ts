// Generated from the real tables by server/database/generate-schema.ts; schema.test.ts fails when it is out of date.
import type * as Tables from './tables.ts'

/** Every table by its name. */
export interface Database {
  audit_event: Tables.AuditEventTable
  connection: Tables.ConnectionTable
  connection_catalog: Tables.ConnectionCatalogTable
  connection_lease: Tables.ConnectionLeaseTable
  connection_limit: Tables.ConnectionLimitTable
  connection_names: Tables.ConnectionNamesTable
  connection_query: Tables.ConnectionQueryTable
  daily_total: Tables.DailyTotalTable
  erasure: Tables.ErasureTable
  event_trigger: Tables.EventTriggerTable
  keeper: Tables.KeeperTable
  list_part: Tables.ListPartTable
  list_version: Tables.ListVersionTable
  messages: Tables.MessagesTable
  node_description: Tables.NodeDescriptionTable
  notice: Tables.NoticeTable
  notice_delivery: Tables.NoticeDeliveryTable
  notice_look: Tables.NoticeLookTable
  notice_settings: Tables.NoticeSettingsTable
  notice_told: Tables.NoticeToldTable
  pinned_sample: Tables.PinnedSampleTable
  request_key: Tables.RequestKeyTable
  run_answers: Tables.RunAnswersTable
  run_call: Tables.RunCallTable
  run_chunk: Tables.RunChunkTable
  run_day_delta: Tables.RunDayDeltaTable
  run_events: Tables.RunEventsTable
  run_node: Tables.RunNodeTable
  run_progress: Tables.RunProgressTable
  run_read: Tables.RunReadTable
  run_report_counts: Tables.RunReportCountsTable
  saved_object: Tables.SavedObjectTable
  saved_object_favorite: Tables.SavedObjectFavoriteTable
  schedule: Tables.ScheduleTable
  stored_list: Tables.StoredListTable
  taken_key: Tables.TakenKeyTable
  template: Tables.TemplateTable
  template_version: Tables.TemplateVersionTable
  webhook: Tables.WebhookTable
  worker: Tables.WorkerTable
  workflow: Tables.WorkflowTable
  workflow_original: Tables.WorkflowOriginalTable
  workflow_run: Tables.WorkflowRunTable
  workflow_version: Tables.WorkflowVersionTable
  workspace: Tables.WorkspaceTable
}
