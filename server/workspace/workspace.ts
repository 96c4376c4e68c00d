import type { Kysely } from 'kysely'
import type { Guards } from '#schemas/guards.ts'
import type { Database } from '#server/database/schema.ts'
import { makeHashKey } from '#server/ledger/workspace-key.ts'
import type { Box } from '#server/secrets/box.ts'

/** The one workspace until accounts come. */
export const DEFAULT_WORKSPACE = '00000000-0000-7000-8000-000000000001'

export interface Workspace {
  readonly id: string
  readonly name: string
  readonly timezone: string
  readonly language: 'ko' | 'en'
  readonly guards: Guards
}

/** Makes the default workspace at the very first start. @returns true when it was made now */
export async function ensureWorkspace(db: Kysely<Database>, box: Box): Promise<boolean> {
  const made = await db
    .insertInto('workspace')
    .values({ id: DEFAULT_WORKSPACE, name: 'Alimflow', hash_key_enc: makeHashKey(box, DEFAULT_WORKSPACE) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function readWorkspace(db: Kysely<Database>, id: string): Promise<Workspace> {
  const row = await db
    .selectFrom('workspace')
    .select(['id', 'name', 'timezone', 'language', 'guards'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  // Checked against the schema before it was stored.
  return { ...row, language: row.language === 'en' ? 'en' : 'ko', guards: row.guards as Guards }
}
