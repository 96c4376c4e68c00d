import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { AppError } from '#runtime/sdk/index.ts'

/** The account PostgreSQL runs under, when it is not ours. Spread into the options of `spawn` and friends. */
export interface OsUser {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the owner of existing data, else `postgres`,
 * else `nobody`, which every system has. (initdb wants a name in passwd, so an invented number would not do.)
 * Null: we are not root and run it ourselves.
 */
export function databaseUser(data: string): OsUser | null {
  if (process.getuid?.() !== 0) return null
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', 'nobody']) {
    const user = accountOf(name)
    if (user) return user
  }
  throw new AppError('embedded-database-failed', {
    detail: 'PostgreSQL does not run as root, and this machine has neither an account "postgres" nor "nobody".',
  })
}

/** Number and group of an account by name; null: there is none. */
export function accountOf(name: string): OsUser | null {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}
