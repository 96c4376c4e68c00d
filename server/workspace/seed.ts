import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { WorkflowDocument } from '#schemas/workflow.ts'
import { projectFolder } from '#server/config.ts'
import type { ConnectionStore } from '#server/connections/store.ts'
import type { Database } from '#server/database/schema.ts'
import type { Box } from '#server/secrets/box.ts'
import { WorkflowStore } from '#server/workflows/store.ts'
import { setWelcome } from './welcome.ts'
import { DEFAULT_WORKSPACE, ensureWorkspace } from './workspace.ts'

/** What lies in the first workspace: the last one comes first in a list that shows the newest on top. */
const EXAMPLES = ['payment-reminder.json', 'weekly-review-report.json']
/** The one that the first start opens. */
const WELCOME = 'weekly-review-report.json'

/** Makes the workspace, its built-in connections and, at the very first start and with the sample shop, the example workflows. */
export async function seedWorkspace(
  db: Kysely<Database>,
  { box, store, sample }: { box: Box; store: ConnectionStore; sample: boolean },
): Promise<void> {
  const first = await ensureWorkspace(db, box)
  await store.ensureBuiltIn(DEFAULT_WORKSPACE, { sample })
  if (!first || !sample) return
  const workflows = new WorkflowStore(db)
  for (const name of EXAMPLES) {
    const text = await readFile(join(projectFolder, 'examples', name), 'utf8')
    // A test holds the examples against the schema.
    const { id } = await workflows.create(DEFAULT_WORKSPACE, JSON.parse(text) as WorkflowDocument, 'alimflow')
    if (name === WELCOME) await setWelcome(db, DEFAULT_WORKSPACE, id)
  }
}
