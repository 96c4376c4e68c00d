import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { restoreError, type AppError, type StoredError } from '#runtime/sdk/index.ts'
import { broken } from './plugin-file.ts'
import { typeMistakes } from './type-check.ts'

/** For a file that never comes to an end while it is imported, ms. */
const PATIENCE_MS = 20_000

/**
 * Looks at a node file that was changed before anybody here imports it: in a process of its own, and with the compiler where there is one.
 * The first thing to mend, or null.
 */
export async function checkChanged(path: string, file: string): Promise<AppError | null> {
  const [fault, mistakes] = await Promise.all([importFault(path, file), typeMistakes(path, file)])
  return fault ?? mistakes?.[0] ?? null
}

function importFault(path: string, file: string): Promise<AppError | null> {
  return new Promise((resolve) => {
    const { PATH, LANG } = process.env
    const program = join(import.meta.dirname, 'check-plugin.ts')
    execFile(process.execPath, [program, path, file], { timeout: PATIENCE_MS, env: { PATH, LANG } }, (error, stdout) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? ''
      if (last === 'null') return resolve(null)
      // Whatever the file itself printed stands before the last line.
      if (last.startsWith('{"code":')) return resolve(restoreError(JSON.parse(last) as StoredError))
      const detail = error?.killed
        ? `it was not loaded after ${PATIENCE_MS / 1000} s.`
        : 'loading it ended the process. Nothing may happen at the top of the file.'
      return resolve(broken(file, detail))
    })
  })
}
