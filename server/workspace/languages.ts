import type { Kysely } from 'kysely'
import type { Language } from '#schemas/localized.ts'
import type { Database } from '#server/database/schema.ts'
import { readWorkspace } from './workspace.ts'

/** Another server may have changed it: so long an old one may still be spoken. */
const FRESH_MS = 10_000

/** The workspaces' languages, at hand without asking: even the answer that the database is down is in the right one. */
export interface Languages {
  /** What is known; asks anew in the background when that is old. */
  of(workspaceId: string): Language
  /** Asks now. A database that does not answer changes nothing. */
  load(workspaceId: string): Promise<void>
}

export function createLanguages(db: Kysely<Database>): Languages {
  const known = new Map<string, { language: Language; at: number }>()
  const load = async (workspaceId: string): Promise<void> => {
    const before = known.get(workspaceId)?.language ?? 'ko'
    known.set(workspaceId, { language: before, at: Date.now() })
    const language = await readWorkspace(db, workspaceId).then(
      (workspace) => workspace.language,
      () => before,
    )
    known.set(workspaceId, { language, at: Date.now() })
  }
  return {
    load,
    of(workspaceId) {
      const found = known.get(workspaceId)
      if (!found || Date.now() - found.at > FRESH_MS) void load(workspaceId)
      return found?.language ?? 'ko'
    },
  }
}
