import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '#runtime/sdk/index.ts'
import { startEmbedded, type EmbeddedDatabase } from './start.ts'

/** Nothing of it has to survive a power cut, so nothing waits for the disk. */
const throwAway = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' }

/** A cluster in a folder of its own that is gone after `stop()`: for tests, measurements and generators. */
export async function startTemporary(log: Log, settings: Record<string, string> = {}): Promise<EmbeddedDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-temporary-'))
  chmodSync(folder, 0o711) // the account PostgreSQL runs under must be able to pass
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const database = await startEmbedded(join(folder, 'data'), log, { ...throwAway, ...settings })
    return {
      ...database,
      async stop() {
        await database.stop()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}
