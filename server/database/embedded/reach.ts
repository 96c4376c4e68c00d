import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import type { OsUser } from './user.ts'

/** A unix socket's path may have 107 bytes; the file name PostgreSQL adds has 17 with the lock file's. */
const longestSocketFolder = 85

export const socketFolderPrefix = 'alimflow-pg-'

/** May this account read (`r`) a file, or pass (`x`) a folder, with every folder above it? */
function reaches(path: string, right: 'r' | 'x', user: OsUser | null): boolean {
  try {
    execFileSync('test', [`-${right}`, path], { ...user, stdio: 'ignore', cwd: '/' })
    return true
  } catch {
    return false
  }
}

/**
 * Where the binaries can be used from. Below a home that only root may enter, the other account cannot start them:
 * then they are copied once (60 MB) to a public folder that only root can write.
 */
export function reachableBinaries(native: string, user: OsUser | null, log: Log): string {
  if (!user || reaches(join(native, 'bin/postgres'), 'r', user)) return native
  // The package's own file is the only place that names the version of the binaries.
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const copy = join('/var/tmp', `alimflow-postgres-${version}`)
  if (existsSync(copy)) {
    if (lstatSync(copy).uid === 0 && lstatSync(copy).isDirectory()) return copy
    throw new AppError('embedded-database-failed', { detail: `${copy} was not made by root. Remove it, then start again.` })
  }
  const part = mkdtempSync(`${copy}-`)
  cpSync(native, part, { recursive: true, verbatimSymlinks: true })
  chmodSync(part, 0o755)
  renameSync(part, copy)
  log.info(`Only root can read ${dirname(native)}, so PostgreSQL's programs were copied to ${copy}.`)
  return copy
}

/**
 * The folder that holds the data folder `db`: `root` itself, or, where the other account cannot pass the folders above
 * it, one below /var/lib that `root/db-folder` names from then on, so that a later change of rights loses no data.
 */
export function reachableFolder(root: string, user: OsUser | null, log: Log): string {
  const pointer = join(root, 'db-folder')
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim()
  if (!user) return root
  if (existsSync(join(root, 'db')) || reaches(root, 'x', user)) return root
  chmodSync(root, 0o711)
  if (reaches(root, 'x', user)) return root
  mkdirSync('/var/lib/alimflow', { recursive: true, mode: 0o711 })
  const other = mkdtempSync('/var/lib/alimflow/data-')
  chmodSync(other, 0o711)
  writeFileSync(pointer, `${other}\n`)
  log.info(`Only root can enter ${root}, so the database's files are kept in ${other}.`)
  return other
}

/** A new private folder for the socket, owned by the account PostgreSQL runs under. */
export function makeSocketFolder(user: OsUser | null): string {
  const places = [tmpdir(), '/tmp', '/var/tmp']
  const place = places.find((path) => Buffer.byteLength(path) < longestSocketFolder - 20 && reaches(path, 'x', user))
  if (!place) throw new AppError('embedded-database-failed', { detail: `No folder for a socket in ${places.join(', ')}.` })
  const folder = mkdtempSync(join(place, socketFolderPrefix))
  if (user) chownSync(folder, user.uid, user.gid)
  return folder
}

/** Is it a socket folder of ours? What a killed process left behind may be removed then. */
export const isSocketFolder = (path: string): boolean => basename(path).startsWith(socketFolderPrefix)
