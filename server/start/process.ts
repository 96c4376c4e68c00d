import { dirname } from 'node:path'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { createLog } from '#server/log.ts'
import { terminalLanguage } from './language.ts'
import { createShutdown, endOnSignals, type Shutdown } from './shutdown.ts'

/** What a process gives to the work it runs. */
export interface Work {
  log: Log
  shutdown: Shutdown
}

/** Runs a part of the product as this process, from start to orderly end; sets the exit code, then exits. */
export async function runProcess(begin: (work: Work) => Promise<void>, { stays }: { stays: boolean }): Promise<never> {
  const log = createLog('start')
  const shutdown = createShutdown(log)
  endOnSignals(shutdown)
  let failure: unknown = null
  try {
    await begin({ log, shutdown })
    if (stays) failure = await shutdown.wanted
  } catch (error) {
    // The wish to end breaks off a start that is under way: no failure, unless something failed before.
    failure = shutdown.signal.aborted ? await shutdown.wanted : error
  }
  if (failure !== null) process.stderr.write(`\n${explain(failure)}\n`)
  await shutdown.closeAll()
  process.exit(failure === null ? 0 : 1)
}

/** What a person reads: the sentence in their language and its code; for a fault of ours all we know. */
function explain(reason: unknown): string {
  const error = asFolderError(reason)
  if (error instanceof AppError) return `${error.text[terminalLanguage()]} [${error.code}]`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Files of the data folder that another user made, a disk that is full or read-only: a matter of the folder, not a fault of ours. */
function asFolderError(error: unknown): unknown {
  const codes: unknown[] = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC']
  if (!(error instanceof Error && 'code' in error && 'path' in error) || !codes.includes(error.code)) return error
  return new AppError('folder-not-writable', { folder: dirname(String(error.path)), detail: error.message }, { cause: error })
}
