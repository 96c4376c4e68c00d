import { runProcess } from '#server/start/process.ts'
import { migrateOnly, startParts } from '#server/start/start.ts'
import { backupCommand } from './backup.ts'
import { restoreCommand } from './restore.ts'

const staying = {
  start: { server: true, worker: true },
  server: { server: true, worker: false },
  worker: { server: false, worker: true },
} as const

/** Runs a part of the product, or works on its database, as this process. */
export async function productCommand(
  command: keyof typeof staying | 'migrate' | 'backup' | 'restore',
  file: string | undefined,
): Promise<never> {
  if (command === 'migrate') return runProcess((work) => migrateOnly(process.env, work), { stays: false })
  if (command === 'backup') return runProcess((work) => backupCommand(file, process.env, work), { stays: false })
  if (command === 'restore') return runProcess((work) => restoreCommand(file, process.env, work), { stays: false })
  return runProcess((work) => startParts(staying[command], process.env, work), { stays: true })
}
