import type { Kysely } from 'kysely'
import type { PoolClient } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Pinned } from '#schemas/pinned.ts'
import { isPart } from '#schemas/sub-workflow.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import { check, type CheckedWorkflow } from '#runtime/compile/check.ts'
import { compile } from '#runtime/compile/compile.ts'
import { askedAnew } from '#runtime/compile/description-cache.ts'
import { collectInner, type InnerWorkflows } from '#runtime/inner/inner-workflows.ts'
import { pinnedInner } from '#runtime/inner/pinned.ts'
import { unfold } from '#runtime/inner/unfold.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import type { HostAbout } from '#server/connections/host.ts'
import type { Database } from '#server/database/schema.ts'
import { DetailedError } from '#server/plugins/errors.ts'
import { startRun } from '#server/runs/start.ts'
import { startsByEvents, syncEvents } from '#server/events/sync.ts'
import { syncSchedule } from '#server/schedules/sync.ts'
import { readWorkspace } from '#server/workspace/workspace.ts'
import { noteWorkflow } from './audit.ts'
import { checkTestAddresses } from './check-test-addresses.ts'
import { freezeVersion } from './freeze.ts'
import { answeredBefore, oncePerKey } from './once-per-key.ts'
import { toWorkflow, type WorkflowRow } from './rows.ts'
import { stale, WorkflowStore, type Place } from './store.ts'

export interface WorkflowServiceDeps {
  readonly parts: Parts
  readonly boss: PgBoss
}

/** Who starts a run, and how. */
export interface Executing {
  readonly actor: string
  readonly signal: AbortSignal
  /** `Idempotency-Key`; null: each call is a wish of its own. */
  readonly key: string | null
  /** Send to so many first, then wait for an approval. */
  readonly first?: number | undefined
  /** Prepare, then wait for a person's word. */
  readonly asks?: boolean | undefined
  /** A test run to these addresses. */
  readonly testAddresses?: readonly string[] | undefined
}

/** What a key stands for. Of test addresses only how many: a hash of phone numbers is no secret. */
function bodyOf(version: 'draft' | number | undefined, { first, asks, testAddresses }: Executing): object {
  return { version, first, ...(asks && { asks }), test: testAddresses?.length }
}

interface Judged {
  readonly checked: CheckedWorkflow
  readonly document: WorkflowDocument
  readonly timezone: string
}

const errorsOf = ({ problems }: Pick<CheckedWorkflow, 'problems'>) => problems.filter(({ severity }) => severity === 'error')

/** What can be done with a workflow besides saving it. */
export class WorkflowService {
  readonly store: WorkflowStore
  readonly #parts: Parts
  readonly #boss: PgBoss

  constructor({ parts, boss }: WorkflowServiceDeps) {
    this.#parts = parts
    this.#boss = boss
    this.store = new WorkflowStore(parts.db)
  }

  /** What `check` and `preview` need for this workspace. */
  async checkDeps(workspaceId: string, signal: AbortSignal, about: HostAbout = {}) {
    const { registry, cache, db } = this.#parts
    const [host, workspace] = await Promise.all([this.#parts.host(workspaceId, undefined, about), readWorkspace(db, workspaceId)])
    return { registry, host, cache, timezone: workspace.timezone, signal, self: about.workflowId }
  }

  /** `fresh`: the sources are asked again, though their columns are known from the last minutes. `self`: id of the document's own workflow. */
  async check(
    workspaceId: string,
    document: unknown,
    { signal, fresh = false, self }: { signal: AbortSignal; fresh?: boolean | undefined; self?: string | undefined },
  ): Promise<CheckedWorkflow> {
    const deps = await this.checkDeps(workspaceId, signal, { workflowId: self })
    return check(document, fresh ? { ...deps, cache: askedAnew(deps.cache) } : deps)
  }

  /** What the graph alone says of a draft: asks no database. What a statement's answer would show is left open. */
  async checkGraphAlone(row: Pick<WorkflowRow, 'document' | 'workspace_id'>): Promise<CheckedWorkflow['problems']> {
    const { registry, host, timezone } = await this.checkDeps(row.workspace_id, new AbortController().signal)
    // Checked against the schema before it was stored.
    const document = row.document as WorkflowDocument
    const inner = await collectInner(document, host.inner)
    const failed = new Set(unfold(document, inner).document.nodes.map(({ id }) => id))
    const known = {
      described: {},
      failed,
      timezone,
      connection: (id: string) => host.known(id),
      list: (id: string) => host.lists.known(id),
    }
    return compile(document, { registry, known, inner }).problems
  }

  async show(row: WorkflowRow, signal: AbortSignal): Promise<Workflow> {
    const [checked, nextRunAt] = await Promise.all([
      this.check(row.workspace_id, row.document, { signal, self: row.id }),
      this.nextRunAt(row),
    ])
    return toWorkflow(row, { problems: checked.problems, nextRunAt })
  }

  async nextRunAt(row: Pick<WorkflowRow, 'id' | 'workspace_id'>): Promise<string | null> {
    const schedule = await this.#parts.db
      .selectFrom('schedule')
      .select('next_fire_at')
      .where('workspace_id', '=', row.workspace_id)
      .where('workflow_id', '=', row.id)
      .executeTakeFirst()
    return schedule?.next_fire_at ?? null
  }

  /** Makes immutable version n of the draft. @throws AppError `has-problems`, with the problems */
  async publish(place: Place, actor: string, signal: AbortSignal): Promise<{ version: number }> {
    const row = await this.store.read(place)
    const judged = await this.#judge(row, signal)
    const known = await this.#parts.connections.known(place.workspaceId)
    return this.#parts.db.transaction().execute(async (trx) => {
      const current = await this.store.lock(trx, place)
      if (current.revision !== row.revision) throw stale(current)
      const version = (current.published_version ?? 0) + 1
      const frozen = await freezeVersion(trx, {
        ...this.#freezing(row, judged, actor),
        known: (id) => known.get(id) ?? null,
        version,
      })
      await trx
        .updateTable('workflow')
        .set({ published_version: version, published_revision: row.revision, published_at: new Date() })
        .where('id', '=', place.id)
        .where('workspace_id', '=', place.workspaceId)
        .execute()
      await this.#sync(trx, { place, enabled: current.enabled, ...frozen })
      await noteWorkflow(trx, place, { action: 'publish', actor, data: { version } })
      return { version }
    })
  }

  /** On or off. @throws AppError `not-published` */
  async enable(place: Place, enabled: boolean, actor: string): Promise<WorkflowRow> {
    return this.#parts.db.transaction().execute(async (trx) => {
      const row = await this.store.lock(trx, place)
      if (enabled && row.published_version === null) throw new AppError('not-published', {})
      const version = await this.#version(trx, place, row.published_version)
      if (enabled && version && isPart(version.pinned.document)) throw new AppError('part-cannot-run', {})
      await this.#sync(trx, { place, enabled, id: version?.id ?? null, pinned: version?.pinned ?? null })
      await noteWorkflow(trx, place, { action: enabled ? 'enable' : 'disable', actor })
      return trx
        .updateTable('workflow')
        .set({ enabled, updated_by: actor })
        .where('id', '=', place.id)
        .where('workspace_id', '=', place.workspaceId)
        .returningAll()
        .executeTakeFirstOrThrow()
    })
  }

  /**
   * Starts a run of a version, of the draft (which is frozen first), or, without a wish, of the published version and else the draft. With a
   * key the same call starts one run only.
   * @throws AppError `has-problems`, `nothing-to-run`, `idempotency-key-reused`, `ask-of-test`
   */
  async execute(place: Place, wish: 'draft' | number | undefined, by: Executing): Promise<{ runId: string }> {
    const { pool } = this.#parts
    if (by.asks && by.testAddresses) throw new AppError('ask-of-test', {})
    const keyed = by.key === null ? null : { ...place, scope: `execute:${place.id}`, key: by.key, body: bodyOf(wish, by) }
    const before = keyed && (await answeredBefore(pool, keyed))
    // Remembered by this very call.
    if (before) return before as { runId: string }
    const versionId = await this.#versionToRun(place, wish, by)
    const start = async (client?: PoolClient): Promise<{ runId: string }> => {
      const started = await startRun(this.#parts.runs(this.#boss), {
        workspaceId: place.workspaceId,
        workflowId: place.id,
        versionId,
        trigger: 'manual',
        actor: by.actor,
        ...(by.first !== undefined && { first: by.first }),
        ...(by.asks && { asks: true }),
        ...(by.testAddresses && { kind: 'test' as const, testAddresses: by.testAddresses }),
        ...(client && { client }),
      })
      if (!started) throw new Error('a run by hand was taken for a schedule that had fired')
      return started
    }
    return keyed ? oncePerKey(pool, keyed, start) : start()
  }

  async #versionToRun(place: Place, wish: 'draft' | number | undefined, by: Executing): Promise<string> {
    const row = await this.store.read(place)
    const wanted = wish ?? row.published_version ?? 'draft'
    const version = wanted === 'draft' ? undefined : await this.#version(this.#parts.db, place, wanted)
    // A draft was checked against the schema before it was stored.
    const document = version?.pinned.document ?? (row.document as WorkflowDocument)
    if (isPart(document)) throw new AppError('part-cannot-run', {})
    if (startsByEvents(document, this.#parts.registry)) throw new AppError('starts-by-event', {})
    if (by.testAddresses) {
      const { registry } = this.#parts
      const inner = version ? pinnedInner(version.pinned) : await this.#innerOf(place, document)
      checkTestAddresses(by.testAddresses, { nodes: unfold(document, inner).document.nodes, registry })
    }
    const id = wanted === 'draft' ? await this.#freezeDraft(row, by) : version?.id
    if (id === undefined) throw new AppError('nothing-to-run', { version: wanted })
    return id
  }

  async #innerOf({ workspaceId }: Place, document: WorkflowDocument): Promise<InnerWorkflows> {
    const host = await this.#parts.host(workspaceId)
    return collectInner(document, host.inner)
  }

  async #freezeDraft(row: WorkflowRow, { actor, signal }: Executing): Promise<string> {
    const judged = await this.#judge(row, signal)
    const known = await this.#parts.connections.known(row.workspace_id)
    return this.#parts.db.transaction().execute(async (trx) => {
      const frozen = await freezeVersion(trx, {
        ...this.#freezing(row, judged, actor),
        known: (id) => known.get(id) ?? null,
        version: null,
      })
      return frozen.id
    })
  }

  async #judge(row: WorkflowRow, signal: AbortSignal): Promise<Judged> {
    const deps = await this.checkDeps(row.workspace_id, signal, { workflowId: row.id })
    // Checked against the schema before it was stored.
    const document = row.document as WorkflowDocument
    // What is frozen is pinned with what the sources say now.
    const checked = await check(document, { ...deps, cache: askedAnew(deps.cache) })
    const errors = errorsOf(checked)
    // What others use inside has no plan of its own.
    if (errors.length > 0 || !(checked.plan || checked.isPart)) {
      throw new DetailedError(new AppError('has-problems', { count: errors.length }), { problems: checked.problems })
    }
    return { checked, document, timezone: deps.timezone }
  }

  #freezing(row: WorkflowRow, { checked, document, timezone }: Judged, actor: string) {
    const place: Place = { workspaceId: row.workspace_id, id: row.id }
    return { place, document, checked, registry: this.#parts.registry, revision: row.revision, timezone, actor }
  }

  async #version(
    db: Kysely<Database>,
    { workspaceId, id }: Place,
    version: number | null,
  ): Promise<{ id: string; pinned: Pinned } | undefined> {
    if (version === null) return undefined
    const found = await db
      .selectFrom('workflow_version')
      .select(['id', 'pinned'])
      .where('workspace_id', '=', workspaceId)
      .where('workflow_id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    // Written by freezeVersion.
    return found && { id: found.id, pinned: found.pinned as Pinned }
  }

  async #sync(
    trx: Parameters<typeof syncSchedule>[0],
    { place, enabled, id, pinned }: { place: Place; enabled: boolean; id: string | null; pinned: Pinned | null },
  ): Promise<void> {
    const { registry, clock } = this.#parts
    await syncEvents(trx, { workspaceId: place.workspaceId, workflowId: place.id, enabled, versionId: id, pinned, registry })
    await syncSchedule(trx, {
      workspaceId: place.workspaceId,
      workflowId: place.id,
      enabled,
      versionId: id,
      pinned,
      registry,
      now: clock.now(),
    })
  }
}
