import type { Plan } from '#runtime/compile/plan.ts'
import type { Host } from '#runtime/host.ts'
import { nodeContext } from '#runtime/flow/context.ts'
import { rememberAnswers } from '#runtime/queries/remember.ts'
import type { ContextFor } from '#runtime/run/sender.ts'
import { planForTest } from '#runtime/run/test-addresses.ts'
import type { Row, RunFacts } from '#runtime/sdk/index.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { PinnedLists } from '#server/lists/read-list.ts'
import type { AddressHash } from '#server/ledger/address-hash.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import { openAddressHash } from '#server/ledger/workspace-key.ts'
import { openPayload } from '#server/runs/payload.ts'
import { EVENTS } from '#server/runs/run-kinds.ts'
import { openTestAddresses } from '#server/runs/test-addresses.ts'
import { databaseClock } from './database-clock.ts'
import type { EngineDeps } from './engine-deps.ts'

/** A run with everything that its work needs, made once a worker. Nothing of it changes: it is pinned. */
export interface OpenRun {
  readonly runId: string
  readonly runNo: number
  /** A test, events or single sends: somebody waits for it. */
  readonly urgent: boolean
  readonly workspaceId: string
  readonly pinned: Pinned
  readonly plan: Plan
  /** Versions of the lists that it reads. */
  readonly lists: PinnedLists
  /** A test: where its messages go instead; `plan` is `planForTest`'s. */
  readonly testAddresses: readonly string[] | null
  /** Its data key; empty: it was deleted, and nothing of its people can be read (`erased` of RunSource). */
  readonly key: Buffer
  readonly hash: AddressHash
  readonly startedAt: Date
  /** ms since 1970 by the database's clock, which `startedAt` and the times of rows are of. */
  readonly now: () => number
  context(signal: AbortSignal): ContextFor
}

interface RunRow {
  run_no: string
  kind: number
  workspace_id: string
  workflow_id: string
  pinned: Pinned
  lists: PinnedLists | null
  key_enc: Buffer | null
  trigger_payload_enc: Buffer | null
  test_addresses_enc: Buffer | null
  started_at: string
  previous_run_at: string | null
  now_ms: number
}

/** At most so many runs stay open in one worker; the oldest is read again when it is needed. */
const KEPT = 50

/** The key of a run whose key was deleted. */
const NO_KEY = Buffer.alloc(0)

type RunSource = Pick<EngineDeps, 'pool' | 'runKeys' | 'workspaceKeys' | 'plans' | 'host'> & {
  /** Also opens runs whose key was deleted: what happened can be shown, not to whom. */
  readonly erased?: boolean
}

/** A run as it is once its key was deleted, whatever a process still holds. */
export const withoutKey = (run: OpenRun): OpenRun => ({ ...run, key: NO_KEY })

/** Runs by id. What fails to open is not kept. */
export class OpenRuns {
  readonly #deps: RunSource
  readonly #runs = new Map<string, Promise<OpenRun>>()
  readonly #hashes = new Map<string, Promise<AddressHash>>()

  constructor(deps: RunSource) {
    this.#deps = deps
  }

  /** Throws what makes the run impossible: `has-problems`, `secret-unreadable` … */
  get(runId: string): Promise<OpenRun> {
    const known = this.#runs.get(runId)
    if (known) return known
    const opening = this.#open(runId)
    this.#runs.set(runId, opening)
    opening.catch(() => this.#runs.delete(runId))
    const oldest = this.#runs.keys().next().value
    if (this.#runs.size > KEPT && oldest !== undefined) this.#runs.delete(oldest)
    return opening
  }

  /** Lets go of a run: its key was deleted. */
  forget(runId: string): void {
    this.#runs.delete(runId)
  }

  async #open(runId: string): Promise<OpenRun> {
    const { pool, runKeys, plans } = this.#deps
    const { rows } = await pool.query<RunRow>(
      `select run_no, kind, workspace_id, workflow_id, pinned, lists, key_enc, trigger_payload_enc, test_addresses_enc, started_at, previous_run_at,
              (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms
       from workflow_run where id = $1`,
      [runId],
    )
    const row = rows[0]
    if (!row || (!row.key_enc && !this.#deps.erased)) throw new Error(`Run ${runId} does not exist, or its key was deleted`)
    const now = databaseClock(row.now_ms)
    const key = row.key_enc ? openRunKey(runKeys, runId, row.key_enc) : NO_KEY
    const workspace = await this.#deps.host(row.workspace_id, row.lists ?? {}, { runId, workflowId: row.workflow_id })
    // Two events about the same thing come within moments, and each is about what it is then.
    const host = row.kind === EVENTS ? workspace : { ...workspace, queries: rememberAnswers(workspace.queries) }
    // Times that steps make (until when somebody waits) are compared with the database's.
    const timed = { ...host, clock: { ...host.clock, now: () => new Date(now()) } }
    const pinnedPlan = await plans.plan(row.pinned, row.workspace_id)
    const plan = row.test_addresses_enc ? planForTest(pinnedPlan) : pinnedPlan
    const run: RunFacts = {
      startedAt: row.started_at,
      previousRunAt: row.previous_run_at,
      trigger: payloadOf(row, { key, runId }),
    }
    return {
      runId,
      runNo: Number(row.run_no),
      urgent: row.kind !== 0,
      workspaceId: row.workspace_id,
      pinned: row.pinned,
      plan,
      lists: row.lists ?? {},
      testAddresses: openTestAddresses(row.test_addresses_enc, { key, runId }),
      key,
      hash: await this.#hash(row.workspace_id),
      startedAt: new Date(row.started_at),
      now,
      context: (signal) => contextFor({ host: timed, plan, pinned: row.pinned, run, signal }),
    }
  }

  #hash(workspaceId: string): Promise<AddressHash> {
    const known = this.#hashes.get(workspaceId)
    if (known) return known
    const opening = openAddressHash(this.#deps.pool, this.#deps.workspaceKeys, workspaceId)
    this.#hashes.set(workspaceId, opening)
    opening.catch(() => this.#hashes.delete(workspaceId))
    return opening
  }
}

function payloadOf(row: RunRow, { key, runId }: { key: Buffer; runId: string }): Row {
  return row.trigger_payload_enc && key.length > 0 ? openPayload(row.trigger_payload_enc, { key, runId }) : {}
}

function contextFor(facts: { host: Host; plan: Plan; pinned: Pinned; run: RunFacts; signal: AbortSignal }): ContextFor {
  const { host, plan, pinned, run, signal } = facts
  return (nodeId, report) => {
    const node = plan.nodes[nodeId]
    if (!node) throw new Error(`The plan has no node ${nodeId}`)
    const template = pinned.templates[nodeId] ?? null
    return nodeContext({ host, node, run, signal, timezone: plan.timezone, preview: false, template, report })
  }
}
