import type { Kysely } from 'kysely'
import type { ImportNote } from '#schemas/three-step.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { isThreeStep } from '#schemas/is-three-step.ts'
import { convertThreeStep } from '#runtime/three-step/convert.ts'
import type { ListToStore } from '#runtime/three-step/audience.ts'
import type { Fields } from '#runtime/three-step/read-fields.ts'
import { withoutPeople } from '#runtime/three-step/without-people.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import type { Database } from '#server/database/schema.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { checkColumns, checkRows } from '#server/lists/check-rows.ts'
import type { WorkflowRow } from '../rows.ts'
import { WorkflowStore, type Place } from '../store.ts'
import { askedOf } from './asked-of.ts'
import type { ImportWish } from './import-wish.ts'

export interface Imported {
  readonly row: WorkflowRow
  readonly notes: readonly ImportNote[]
  readonly lists: readonly { readonly id: string; readonly name: string }[]
}

/** Makes a workflow of a three-step one, with the lists that it brings, and keeps the original. @throws AppError `not-three-step` */
export async function importThreeStep(parts: Parts, raw: unknown, wish: ImportWish): Promise<Imported> {
  if (!isThreeStep(raw)) throw new AppError('not-three-step', {})
  const fields = raw as Fields // an object, as isThreeStep found
  const asked = await askedOf(parts, fields, wish)
  const { document, lists, notes } = convertThreeStep(fields, { ...asked, provider: wish.provider ?? 'sandbox' })
  const stored = await storeLists(parts, lists, wish)
  const nodes = document.nodes.map((node) => {
    const list = stored.get(node.id)
    return list ? { ...node, config: { ...node.config, list: list.id } } : node
  })
  const row = await keep(parts.db, { ...document, nodes }, { fields, notes, wish })
  return { row, notes, lists: [...stored.values()] }
}

async function storeLists(
  { pool, lists }: Parts,
  wanted: readonly ListToStore[],
  { workspaceId, actor, language }: ImportWish,
): Promise<Map<string, { id: string; name: string }>> {
  const stored = new Map<string, { id: string; name: string }>()
  for (const { nodeId, name, columns, rows } of wanted) {
    // A group of nobody: which list is meant is for a person to say.
    if (rows.length === 0) continue
    const checked = checkColumns(columns, language)
    const cells = checkRows(rows, checked, language)
    await withClient(pool, async (client) => {
      await client.query('begin')
      const made = await lists.create(client, workspaceId, { name, columns: checked, rows: cells, actor })
      await client.query('commit')
      stored.set(nodeId, { id: made.id, name: made.name })
    })
  }
  return stored
}

function keep(
  db: Kysely<Database>,
  document: WorkflowDocument,
  { fields, notes, wish }: { fields: Fields; notes: readonly ImportNote[]; wish: ImportWish },
): Promise<WorkflowRow> {
  const { workspaceId, actor } = wish
  return db.transaction().execute(async (trx) => {
    const row = await new WorkflowStore(trx).create(workspaceId, document, actor)
    await trx
      .insertInto('workflow_original')
      .values({
        workflow_id: row.id,
        workspace_id: workspaceId,
        form: 'three-step',
        content: JSON.stringify(withoutPeople(fields)),
        notes: JSON.stringify(notes),
        created_by: actor,
      })
      .execute()
    return row
  })
}

/** What a workflow was made of. @throws AppError `not-found` */
export async function originalOf(db: Kysely<Database>, { workspaceId, id }: Place) {
  const row = await db
    .selectFrom('workflow_original')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('workflow_id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { what: 'original' })
  // Written above.
  return { form: row.form, content: row.content, notes: row.notes as ImportNote[], createdAt: row.created_at }
}
