import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#runtime/sdk/index.ts'
import { keyLength } from './box.ts'

/** A key as text: 64 hexadecimal digits, or base64 (also base64url) of 32 bytes. Throws `setting-invalid` under `name`. */
export function parseKey(text: string, name: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (key.length === keyLength && /^[\w+/=-]+$/.test(trimmed)) return key
  // The value itself is a secret: it is not repeated.
  const detail = `it must be 32 bytes as 64 hexadecimal digits or as base64 (it has ${trimmed.length} characters). Make one: openssl rand -hex 32`
  throw new AppError('setting-invalid', { name, value: '…', detail })
}

/**
 * The key in `<folder>/secret-key`, made there at the first start (mode 0600). Whoever has it can read the secrets of all
 * connections, so rights for others are taken away where they were given. Lose it, and those secrets are lost.
 */
export function keyFromFile(folder: string): Buffer {
  const file = join(folder, 'secret-key')
  try {
    writeFileSync(file, `${randomBytes(keyLength).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
  return parseKey(readFileSync(file, 'utf8'), file)
}
