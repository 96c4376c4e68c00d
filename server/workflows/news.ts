import { sql, type Kysely } from 'kysely'
import type { Database } from '#server/database/schema.ts'

/** All servers say on it who has which workflow open (server/live/open-workflows.ts), and that a draft was saved. */
export const WORKFLOW_CHANNEL = 'alimflow_workflow'

/** Tells whoever has the workflow open, on any server, that there is a newer draft. */
export async function tellSaved(db: Kysely<Database>, { id, revision }: { id: string; revision: number }): Promise<void> {
  const news = JSON.stringify({ kind: 'saved', workflow: id, revision })
  await sql`select pg_notify(${WORKFLOW_CHANNEL}, ${news})`.execute(db)
}
