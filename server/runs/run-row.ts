import type { Pool } from 'pg'
import type { Language } from '#schemas/localized.ts'
import type { RunItem, RunReason } from '#schemas/run.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { StateCounts } from '#schemas/states.ts'
import { AppError, restoreError, type StoredError } from '#runtime/sdk/index.ts'
import { RUN_ENDS, runStateOf } from '#runtime/states/run-states.ts'
import type { RunSums } from './sums.ts'
import { isUuid } from './uuid.ts'

/** A run with the names of what it belongs to. */
export interface RunRow {
  readonly id: string
  readonly run_no: string
  readonly workspace_id: string
  readonly workflow_id: string
  readonly workflow_name: string
  readonly version: number | null
  readonly number: number
  readonly kind: number
  readonly trigger: string
  readonly state: number
  readonly reason: StoredError | null
  readonly cancel_requested: boolean
  /** No living worker can do it, and why. */
  readonly blocked: StoredError | null
  /** To be paused as soon as its audience is read. */
  readonly pause_requested: boolean
  /** Its key is deleted: nothing of its people can be read any more. */
  readonly erased: boolean
  readonly repeats: string | null
  readonly total: number | null
  readonly chosen_out: number
  readonly outcomes: StateCounts | null
  readonly law: { holds: boolean } | null
  readonly started_at: string
  /** From when the time of its messages counts; null: its start. */
  readonly timed_from: string | null
  readonly sending_ended_at: string | null
  /** Between an end and being opened again; milliseconds. */
  readonly rested_ms: number
  readonly closed_at: string | null
}

/** A run with the graph that ran. */
export interface PinnedRunRow extends RunRow {
  readonly pinned: Pinned
  readonly summaries: Readonly<Record<string, { en: string; ko: string }>>
  /** Its sums, where its chunks were dropped. */
  readonly kept: { readonly sums: RunSums; readonly excluded: Readonly<Record<string, number>> } | null
  readonly erased_at: string | null
  readonly details_dropped_at: string | null
  /** How long its workspace keeps people. */
  readonly keep_months: number
}

/** Everything of a run but its graph, which lists do not need. */
export const RUN_COLUMNS = `r.id, r.run_no, r.workspace_id, r.workflow_id, w.name as workflow_name, v.version, r.number, r.kind, r.trigger, r.state, r.reason,
  r.cancel_requested, r.blocked, r.pause_requested, r.key_enc is null as erased, r.repeats, r.total, r.chosen_out, r.outcomes, r.law, r.started_at, r.timed_from, r.sending_ended_at, r.closed_at, r.rested_ms`
const PINNED_COLUMNS = `r.pinned, v.summaries, case when r.details_dropped_at is not null then r.kept end as kept, r.erased_at, r.details_dropped_at,
  (select max(keep_months) from workspace) as keep_months`
export const RUN_TABLES = `workflow_run r join workflow w on w.id = r.workflow_id join workflow_version v on v.id = r.version_id`

/** @throws AppError `not-found` */
export async function readRunRow(pool: Pool, place: { workspaceId: string; runId: string }): Promise<PinnedRunRow> {
  const { rows } = isUuid(place.runId)
    ? await pool.query<PinnedRunRow>(
        `select ${RUN_COLUMNS}, ${PINNED_COLUMNS} from ${RUN_TABLES} where r.id = $1 and r.workspace_id = $2`,
        [place.runId, place.workspaceId],
      )
    : { rows: [] }
  const row = rows[0]
  if (!row) throw new AppError('not-found', { what: 'run' })
  return row
}

/** The same by the run's number inside the tables. @throws AppError `not-found` */
export async function readRunRowByNo(pool: Pool, place: { workspaceId: string; runNo: number }): Promise<PinnedRunRow> {
  const { rows } = await pool.query<PinnedRunRow>(
    `select ${RUN_COLUMNS}, ${PINNED_COLUMNS} from ${RUN_TABLES} where r.run_no = $1 and r.workspace_id = $2`,
    [place.runNo, place.workspaceId],
  )
  const row = rows[0]
  if (!row) throw new AppError('not-found', { what: 'run' })
  return row
}

export function isOver(row: Pick<RunRow, 'state'>): boolean {
  return RUN_ENDS.includes(runStateOf(row.state))
}

/** Those who are recipients: numbered rows without those that a later step did not choose. Null while the audience is read. */
export function recipientsOf(row: Pick<RunRow, 'total' | 'chosen_out'>): number | null {
  return row.total === null ? null : row.total - row.chosen_out
}

/** Why a run stands or ended, in the reader's language. */
export function runReason(row: Pick<RunRow, 'reason'>, language: Language): RunReason | null {
  if (!row.reason) return null
  const { code, fields } = row.reason
  return { code, message: restoreError(row.reason).text[language], fields: given(fields) }
}

function given(fields: StoredError['fields']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, value]])),
  )
}

/** A run as lists show it; `outcomes`: what is known now where the run goes on. */
export function toRunItem(row: RunRow, { outcomes, language }: { outcomes: StateCounts; language: Language }): RunItem {
  return {
    id: row.id,
    number: row.number,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    version: row.version ?? 'draft',
    kind: row.kind === 1 ? 'test' : row.kind === 2 ? 'open' : 'live',
    trigger: row.trigger,
    state: runStateOf(row.state),
    reason: runReason(row, language),
    startedAt: row.started_at,
    sendingEndedAt: row.sending_ended_at,
    closedAt: row.closed_at,
    ...(row.rested_ms > 0 && { restedMs: Math.round(row.rested_ms) }),
    recipients: recipientsOf(row),
    outcomes,
  }
}
