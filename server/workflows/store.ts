import type { Kysely, Transaction } from 'kysely'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { OPEN_RUN_STATES } from './open-runs.ts'
import { DetailedError } from '#server/plugins/errors.ts'
import type { Database } from '#server/database/schema.ts'
import { isUuid, uuidV7 } from '#server/runs/uuid.ts'
import { noteWorkflow } from './audit.ts'
import { tellSaved } from './news.ts'
import { partUsers } from './parts.ts'
import type { WorkflowRow } from './rows.ts'

/** Whose workflow, and which. */
export interface Place {
  readonly workspaceId: string
  readonly id: string
}

/** The refusal to save over something newer, with what is newer. */
export function stale(current: WorkflowRow): DetailedError {
  const { revision, document, updated_at: updatedAt } = current
  return new DetailedError(new AppError('stale-revision', {}), { current: { revision, document, updatedAt } })
}

/** The drafts: created, saved, deleted. Never judged here: a draft with problems is fine. */
export class WorkflowStore {
  readonly #db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  /** @throws AppError `not-found` */
  async read({ workspaceId, id }: Place): Promise<WorkflowRow> {
    const row = isUuid(id)
      ? await this.#db
          .selectFrom('workflow')
          .selectAll()
          .where('workspace_id', '=', workspaceId)
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .executeTakeFirst()
      : undefined
    if (!row) throw new AppError('not-found', { what: 'workflow' })
    return row
  }

  async create(workspaceId: string, document: WorkflowDocument, actor: string): Promise<WorkflowRow> {
    return this.#db
      .insertInto('workflow')
      .values({
        id: uuidV7(),
        workspace_id: workspaceId,
        name: document.name,
        document: JSON.stringify(document),
        created_by: actor,
        updated_by: actor,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  }

  /** Saves over the revision that the caller knew. @throws AppError `stale-revision` (with the newer state), `not-found` */
  async save(place: Place, change: { revision: number; document: WorkflowDocument }, actor: string): Promise<WorkflowRow> {
    const saved = await this.#db
      .updateTable('workflow')
      .set((eb) => ({
        name: change.document.name,
        document: JSON.stringify(change.document),
        revision: eb('revision', '+', 1),
        updated_by: actor,
        updated_at: new Date(),
      }))
      .where('workspace_id', '=', place.workspaceId)
      .where('id', '=', place.id)
      .where('deleted_at', 'is', null)
      .where('revision', '=', change.revision)
      .returningAll()
      .executeTakeFirst()
    if (saved) {
      await tellSaved(this.#db, saved)
      return saved
    }
    throw stale(await this.read(place))
  }

  /** Reads a workflow and keeps others from changing it until the transaction ends. @throws AppError `not-found` */
  async lock(trx: Transaction<Database>, { workspaceId, id }: Place): Promise<WorkflowRow> {
    const row = isUuid(id)
      ? await trx
          .selectFrom('workflow')
          .selectAll()
          .where('workspace_id', '=', workspaceId)
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .forUpdate()
          .executeTakeFirst()
      : undefined
    if (!row) throw new AppError('not-found', { what: 'workflow' })
    return row
  }

  /** @throws AppError `workflow-in-use`, `workflow-is-part`, `not-found` */
  async remove(place: Place, actor: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      // A run that starts now counts itself on this row: it is seen below, or finds the workflow gone.
      await this.lock(trx, place)
      const open = await trx
        .selectFrom('workflow_run')
        .select('id')
        .where('workspace_id', '=', place.workspaceId)
        .where('workflow_id', '=', place.id)
        .where('state', 'in', OPEN_RUN_STATES)
        .limit(1)
        .executeTakeFirst()
      if (open) throw new AppError('workflow-in-use', {})
      const users = await partUsers(trx, place)
      if (users.length > 0) throw new AppError('workflow-is-part', { workflows: users.map(({ name }) => name).join(', ') })
      await trx
        .deleteFrom('event_trigger')
        .where('workflow_id', '=', place.id)
        .where('workspace_id', '=', place.workspaceId)
        .execute()
      await trx
        .deleteFrom('pinned_sample')
        .where('workflow_id', '=', place.id)
        .where('workspace_id', '=', place.workspaceId)
        .execute()
      await trx
        .deleteFrom('workflow_original')
        .where('workflow_id', '=', place.id)
        .where('workspace_id', '=', place.workspaceId)
        .execute()
      await trx.deleteFrom('schedule').where('workflow_id', '=', place.id).where('workspace_id', '=', place.workspaceId).execute()
      await trx
        .updateTable('workflow')
        .set({ deleted_at: new Date(), enabled: false, updated_by: actor })
        .where('workspace_id', '=', place.workspaceId)
        .where('id', '=', place.id)
        .execute()
      await noteWorkflow(trx, place, { action: 'delete', actor })
    })
  }
}
