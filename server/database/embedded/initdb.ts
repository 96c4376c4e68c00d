import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '#runtime/sdk/index.ts'
import { makeSocketFolder } from './reach.ts'
import type { OsUser } from './user.ts'

/** PostgreSQL's programs get nothing of our environment that could change how they work. */
export const databaseEnv = { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' }

export const superuser = 'alimflow'

export interface ClusterPlace {
  /** Folder with PostgreSQL's `bin`. */
  readonly native: string
  /** Folder that holds the data folder `db`. */
  readonly folder: string
  /** The data folder of Alimflow: holds the superuser's password. */
  readonly root: string
  readonly user: OsUser | null
}

export const dataFolder = (place: { folder: string }): string => join(place.folder, 'db')

/**
 * Makes the cluster if there is none; true: it was made now. It is made beside its final name and renamed when complete,
 * so a start that was killed half-way leaves nothing that looks like data. Needs no locale of the system.
 */
export async function ensureCluster(place: ClusterPlace): Promise<boolean> {
  if (existsSync(dataFolder(place))) return false
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith('db.new-')) rmSync(join(place.folder, name), { recursive: true, force: true })
  }
  const made = join(place.folder, `db.new-${process.pid}`)
  mkdirSync(made, { mode: 0o700 })
  if (place.user) chownSync(made, place.user.uid, place.user.gid)
  const password = randomBytes(24).toString('base64url')
  try {
    await runInitdb(place, made, password)
  } catch (error) {
    rmSync(made, { recursive: true, force: true })
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new AppError('embedded-database-failed', { detail: stderr.trim() }, { cause: error })
  }
  writeFileSync(passwordFile(place), password, { mode: 0o600 })
  renameSync(made, dataFolder(place))
  return true
}

async function runInitdb(place: ClusterPlace, made: string, password: string): Promise<void> {
  // The password goes by a file in a private folder: an argument could be read in the list of processes.
  const secret = makeSocketFolder(place.user)
  const file = join(secret, 'password')
  writeFileSync(file, password, { mode: 0o600 })
  if (place.user) chownSync(file, place.user.uid, place.user.gid)
  const options = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions']
  try {
    await promisify(execFile)(
      join(place.native, 'bin/initdb'),
      ['-D', made, '-U', superuser, '--auth=scram-sha-256', `--pwfile=${file}`, ...options],
      { ...place.user, env: databaseEnv, cwd: '/' },
    )
  } finally {
    rmSync(secret, { recursive: true, force: true })
  }
}

/** The superuser's password, made with the cluster. */
export function superuserPassword(place: ClusterPlace): string {
  const file = passwordFile(place)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  throw new AppError('embedded-database-failed', {
    detail: `The password of the database in ${dataFolder(place)} is gone: ${file} is missing. Put the file back from a backup.`,
  })
}

const passwordFile = (place: ClusterPlace): string => join(place.root, 'db-password')
