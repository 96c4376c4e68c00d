import type { Kysely } from 'kysely'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { DetailedError } from '#server/plugins/errors.ts'
import type { Database } from '#server/database/schema.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import type { WorkflowRow } from './rows.ts'

/** Whose workflow, and which. */
export interface Place {
  readonly workspaceId: string
  readonly id: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The drafts: created, saved, deleted. Never judged here: a draft with problems is fine. */
export class WorkflowStore {
  readonly #db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  /** @throws AppError `not-found` */
  async read({ workspaceId, id }: Place): Promise<WorkflowRow> {
    const row = UUID.test(id)
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
    if (saved) return saved
    const current = await this.read(place)
    throw new DetailedError(new AppError('stale-revision', {}), {
      current: { revision: current.revision, document: current.document, updatedAt: current.updated_at },
    })
  }

  /** @throws AppError `workflow-in-use`, `not-found` */
  async remove(place: Place, actor: string): Promise<void> {
    await this.read(place)
    const open = await this.#db
      .selectFrom('workflow_run')
      .select('id')
      .where('workspace_id', '=', place.workspaceId)
      .where('workflow_id', '=', place.id)
      .where('state', 'in', [0, 1, 2, 3, 4])
      .limit(1)
      .executeTakeFirst()
    if (open) throw new AppError('workflow-in-use', {})
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('schedule').where('workflow_id', '=', place.id).where('workspace_id', '=', place.workspaceId).execute()
      await trx
        .updateTable('workflow')
        .set({ deleted_at: new Date(), enabled: false, updated_by: actor })
        .where('workspace_id', '=', place.workspaceId)
        .where('id', '=', place.id)
        .execute()
    })
  }
}
